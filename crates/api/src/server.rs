//! The HTTP server: one address for the API, its document, health and the web app.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::http::header::{self, CONTENT_SECURITY_POLICY};
use actix_web::middleware::{Compress, Condition, DefaultHeaders, from_fn};
use actix_web::{App as ActixApp, HttpResponse, HttpServer, web};
use contract::BASE_PATH;
use utoipa_actix_web::{AppExt, scope};
use utoipa_swagger_ui::SwaggerUi;

use crate::app::{App, Shared};
use crate::http::{cors, finish, gate, idempotency, load, rates, tag};
use crate::{openapi, problems, routes, web as webapp};

/// Swagger UI brings inline styles of its own; it may have them, and nothing else.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                           connect-src 'self'; font-src 'self'; frame-ancestors 'none'";

/// Starts answering on a listener; runs when it is awaited. Each thread gets connections of its own.
pub fn start(listener: TcpListener, shared: &Arc<Shared>) -> anyhow::Result<Server> {
    let document: Arc<str> = serde_json::to_string(&openapi::document())?.into();
    let policy =
        web::Data::new(webapp::Policy::of(shared.config.web_dir.as_deref(), shared.config.tiles.as_ref()));
    let threads = shared.config.threads;
    let shared = Arc::clone(shared);
    // A pool opens nothing before it is used, so it can only fail on settings: better here than in a thread.
    App::new(&shared)?;
    let server = HttpServer::new(move || {
        let app = App::new(&shared).map(web::Data::new);
        let web_dir = shared.config.web_dir.clone().filter(|folder| folder.join("index.html").exists());
        let (document, policy) = (Arc::clone(&document), policy.clone());
        ActixApp::new()
            .wrap(from_fn(tag::tag))
            .wrap(from_fn(idempotency::idempotency))
            .wrap(Compress::default())
            .wrap(from_fn(webapp::headers))
            .wrap(from_fn(gate::gate))
            .wrap(from_fn(load::load))
            .wrap(from_fn(rates::rates))
            .wrap(Condition::new(
                !shared.config.edge.cors_origins.is_empty(),
                cors::policy(&shared.config.edge),
            ))
            .wrap(from_fn(finish::finish))
            .app_data(policy)
            .configure(|cfg| {
                if let Ok(app) = app {
                    cfg.app_data(app);
                }
            })
            .into_utoipa_app()
            .service(scope::scope(BASE_PATH).configure(routes::api))
            .into_app()
            .service(only_get("/health/live").get(HttpResponse::NoContent))
            .service(only_get("/health/ready").get(ready))
            .service(only_get("/openapi.json").get(move || {
                let document = Arc::clone(&document);
                async move { HttpResponse::Ok().content_type("application/json").body(document.to_string()) }
            }))
            .service(
                only_get("/docs").get(|| async {
                    HttpResponse::Found().insert_header((header::LOCATION, "/docs/")).finish()
                }),
            )
            .configure(problems::routes)
            .service(
                web::resource("/unsubscribe/{link}")
                    .guard(actix_web::guard::Post())
                    .to(crate::notification::unsubscribe::by_program),
            )
            .service(
                web::scope("/docs")
                    .wrap(DefaultHeaders::new().add((CONTENT_SECURITY_POLICY, DOCS_POLICY)))
                    .service(
                        SwaggerUi::new("/{_:.*}").config(utoipa_swagger_ui::Config::from("/openapi.json")),
                    ),
            )
            .configure(|cfg| match web_dir {
                Some(folder) => {
                    cfg.service(webapp::files(folder));
                }
                None => {
                    cfg.default_service(web::get().to(webapp::not_built));
                }
            })
    })
    .workers(threads)
    .client_request_timeout(Duration::from_secs(10))
    .shutdown_timeout(15)
    .listen(listener)?
    .run();
    Ok(server)
}

/// An address beside the API, which says so to whoever tries another method.
fn only_get(path: &str) -> actix_web::Resource {
    web::resource(path).default_service(web::to(|| async {
        HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD")).finish()
    }))
}

/// Whether requests can be answered: the database is there and has the shape that this build expects, and
/// the file store can be reached.
async fn ready(app: web::Data<App>) -> HttpResponse {
    match db::migrate::is_current(&app.db).await {
        Ok(true) => match app.files.is_reachable().await {
            Ok(()) => HttpResponse::Ok().json(serde_json::json!({ "status": "ready" })),
            Err(error) => {
                tracing::warn!(%error, "not ready");
                HttpResponse::ServiceUnavailable()
                    .json(serde_json::json!({ "status": "file store unavailable" }))
            }
        },
        Ok(false) => {
            HttpResponse::ServiceUnavailable().json(serde_json::json!({ "status": "migrations missing" }))
        }
        Err(_) => {
            HttpResponse::ServiceUnavailable().json(serde_json::json!({ "status": "database unavailable" }))
        }
    }
}
