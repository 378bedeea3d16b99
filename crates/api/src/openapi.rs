//! The API document: collected from the handlers, completed from the contract.

use std::collections::HashSet;
use std::sync::LazyLock;

use contract::endpoint::{Access, Operation};
use contract::problem::{Code, FieldError, Problem};
use contract::{BASE_PATH, OPERATIONS};
use serde_json::{Map, Value, json};
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
        (name = "members", description = "Who belongs to a community, as what, and who is invited."),
        (name = "attachments", description = "Photos."),
        (name = "audit", description = "Who did what, when; sealed against rewriting."),
        (name = "service-requests", description = "One thing somebody wants done, from report to closed."),
    ),
    components(schemas(Problem, FieldError, Code, domain::id::SessionId))
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
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
    let mut document = serde_json::to_value(&collected).unwrap_or_default();
    for operation in OPERATIONS {
        complete(&mut document, operation);
    }
    document
}

/// Whether an operation has parameters behind its path.
pub fn takes_parameters(operation: &str) -> bool {
    static ALL: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let document = document();
        let paths = document["paths"].as_object().into_iter().flat_map(Map::values);
        paths
            .flat_map(|item| item.as_object().into_iter().flat_map(Map::values))
            .filter(|operation| {
                let parameters = operation["parameters"].as_array();
                parameters.is_some_and(|all| all.iter().any(|one| one["in"] == "query"))
            })
            .filter_map(|operation| operation["operationId"].as_str().map(str::to_owned))
            .collect()
    });
    ALL.contains(operation)
}

/// What the contract knows of every operation: its access, and the problems that it can answer.
fn complete(document: &mut Value, operation: &Operation) {
    let path = format!("{BASE_PATH}{}", operation.path);
    let method = operation.method.as_str().to_ascii_lowercase();
    let Some(found) = document["paths"].get_mut(&path).and_then(|item| item.get_mut(&method)) else { return };
    let has_body = found.get("requestBody").is_some();
    found["operationId"] = json!(operation.id);
    match operation.access {
        Access::Public => found["security"] = json!([]),
        Access::SignedIn | Access::Member => found["security"] = json!([{ "bearer": [] }]),
        Access::Needs(permission) => {
            found["security"] = json!([{ "bearer": [] }]);
            found["x-permission"] = json!(permission);
        }
    }
    for code in problems(operation, has_body) {
        found["responses"][code.status().to_string()] = json!({
            "description": description(code.status()),
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
    }
    for (status, response) in found["responses"].as_object_mut().into_iter().flatten() {
        if response["description"].as_str().is_none_or(str::is_empty) {
            response["description"] = json!(if status == "201" { "Created" } else { "The answer" });
        }
    }
    // A body takes no fields but its own; the server names every other.
    let schema = found.pointer("/requestBody/content/application~1json/schema/$ref").and_then(Value::as_str);
    if let Some(name) = schema.and_then(|schema| schema.rsplit('/').next()).map(str::to_owned) {
        document["components"]["schemas"][name]["additionalProperties"] = json!(false);
    }
}

fn problems(operation: &Operation, has_body: bool) -> Vec<Code> {
    let mut codes = vec![Code::Malformed, Code::NotFound, Code::Invalid, Code::Internal, Code::Unavailable];
    if operation.access != Access::Public || operation.path.starts_with("/session") {
        codes.push(Code::NotSignedIn);
    }
    if matches!(operation.access, Access::Needs(_)) || operation.path == "/session/refresh" {
        codes.push(Code::NotAllowed);
    }
    if has_body {
        codes.extend([Code::TooLarge, Code::UnsupportedMediaType, Code::WrongState]);
    }
    codes
}

fn description(status: u16) -> &'static str {
    match status {
        400 => "The request cannot be read",
        401 => "Not signed in, or wrong credentials",
        403 => "This needs a right that the caller does not have",
        404 => "It does not exist, or is not the caller's to see",
        409 => "It does not fit the present state, or somebody else was faster",
        413 => "Too large",
        415 => "Not this kind of content",
        422 => "Against the rules; `errors` names every fault",
        503 => "Not just now; try again",
        _ => "Something went wrong on the server's side",
    }
}
