//! The API document: collected from the handlers, completed from the contract.

mod complete;
mod example;

use std::collections::HashSet;
use std::sync::LazyLock;

use contract::problem::{Code, FieldError, Problem};
use contract::{BASE_PATH, OPERATIONS};
use serde_json::{Map, Value};
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_actix_web::{AppExt, scope};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kommunity",
        description = "One platform on which a community runs its daily life: requests from report to closed, and the people and places around them.",
        license(name = "MIT", identifier = "MIT"),
        contact(name = "The Kommunity authors")
    ),
    servers((url = "/", description = "This server")),
    tags(
        (name = "session", description = "Signing in and out."),
        (name = "account", description = "The signed-in user."),
        (name = "notifications", description = "What the user has been told."),
        (name = "platform", description = "The server itself, and what its operators see."),
        (name = "communities", description = "A community and what its requests hang on."),
        (name = "public", description = "What anybody sees and does without an account, in communities that want it so."),
        (name = "categories", description = "What requests can be about, what is asked and demanded, and what staff answer with."),
        (name = "places", description = "Zones and units, and who lives in them."),
        (name = "members", description = "Who belongs to a community, as what, and who is invited."),
        (name = "attachments", description = "Photos."),
        (name = "audit", description = "Who did what, when; sealed against rewriting."),
        (name = "service-requests", description = "One thing somebody wants done, from report to closed."),
        (name = "announcements", description = "What a community tells its members, whom it is for, and who has read it."),
    ),
    components(schemas(
        Problem, FieldError, Code, domain::id::SessionId, domain::service_request::RequestSort,
        domain::announcement::AnnouncementView, domain::announcement::ReceiptState
    ))
)]
struct Frame;

/// The whole document, ready to be served, committed and compared.
pub fn document() -> Value {
    let (_, collected) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(Frame::openapi())
        .service(scope::scope(BASE_PATH).configure(crate::routes::api))
        .split_for_parts();
    let mut collected = collected;
    if let Some(components) = collected.components.as_mut() {
        let mut bearer = Http::new(HttpAuthScheme::Bearer);
        bearer.bearer_format = Some("JWT".into());
        bearer.description = Some("The access token of a session; good for ten minutes.".into());
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
    let mut document = serde_json::to_value(&collected).unwrap_or_default();
    complete::limits(&mut document);
    complete::components(&mut document);
    for operation in OPERATIONS {
        complete::operation(&mut document, operation);
    }
    complete::prune(&mut document);
    example::give(&mut document);
    document
}

/// Whether an operation has parameters behind its path.
pub fn takes_parameters(operation: &str) -> bool {
    static ALL: LazyLock<HashSet<String>> = LazyLock::new(|| {
        operations(|operation| {
            let parameters = operation["parameters"].as_array();
            parameters.is_some_and(|all| all.iter().any(|one| one["in"] == "query"))
        })
    });
    ALL.contains(operation)
}

/// Whether an operation takes a form, with a file in it.
pub fn takes_form(operation: &str) -> bool {
    static ALL: LazyLock<HashSet<String>> = LazyLock::new(|| {
        operations(|operation| operation["requestBody"]["content"].get("multipart/form-data").is_some())
    });
    ALL.contains(operation)
}

/// The ids of such operations.
fn operations(such: impl Fn(&Value) -> bool) -> HashSet<String> {
    let document = document();
    let paths = document["paths"].as_object().into_iter().flat_map(Map::values);
    paths
        .flat_map(|item| item.as_object().into_iter().flat_map(Map::values))
        .filter(|operation| such(operation))
        .filter_map(|operation| operation["operationId"].as_str().map(str::to_owned))
        .collect()
}
