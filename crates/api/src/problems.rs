//! `/problems/`: what each kind of problem means and how to mend it. The `type` of a problem leads here.

use actix_web::http::header::{ACCEPT_LANGUAGE, ALLOW, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, VARY};
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use contract::problem::Code;
use minijinja::{Environment, context};
use serde_json::Map;

use crate::app::App;
use crate::messages::Messages;

const PAGE: &str = include_str!("../messages/problem.html");
const STYLE: &str = include_str!("../messages/problem.css");
const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub fn routes(cfg: &mut web::ServiceConfig) {
    let only = |path: &str| {
        web::resource(path.to_owned()).default_service(web::to(|| async {
            HttpResponse::MethodNotAllowed().insert_header((ALLOW, "GET, HEAD")).finish()
        }))
    };
    cfg.service(only("/problems").get(list))
        .service(only("/problems/").get(list))
        .service(only("/problems/style.css").get(style))
        .service(only("/problems/{code}").get(show));
}

async fn style() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(STYLE)
}

async fn list(app: Data<App>, request: HttpRequest) -> HttpResponse {
    page(&app.messages, &request, None)
}

async fn show(app: Data<App>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    match Code::ALL.iter().find(|known| known.as_str() == code.as_str()) {
        Some(code) => page(&app.messages, &request, Some(*code)),
        None => HttpResponse::NotFound().finish(),
    }
}

/// The page of a problem, or the list of all.
fn page(messages: &Messages, request: &HttpRequest, code: Option<Code>) -> HttpResponse {
    let wish = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = messages.negotiate(wish);
    let words = |key: &str| messages.get(language, key, &Map::new());
    let part = |code: Code, part: &str| words(&format!("problem.{}.{part}", code.as_str()));
    let problem = code.map(|code| {
        context! {
            code => code.as_str(),
            status => code.status(),
            kind => code.kind(),
            meaning => part(code, "detail"),
            mend => part(code, "mend"),
        }
    });
    let all: Vec<_> = Code::ALL
        .iter()
        .map(
            |code| context! { code => code.as_str(), status => code.status(), title => part(*code, "title") },
        )
        .collect();
    let faults: Vec<_> = messages
        .below(language, "fault.")
        .into_iter()
        .filter(|_| code == Some(Code::Invalid))
        .map(|(code, sentence)| context! { code, sentence })
        .collect();
    let title = code.map_or_else(|| words("problems.title"), |code| part(code, "title"));
    let labels = context! {
        status => words("problems.status"),
        meaning => words("problems.meaning"),
        mend => words("problems.mend"),
        faults => words("problems.faults"),
        all => words("problems.all"),
        introduction => words("problems.introduction"),
    };
    let page = context! { language, title, problem, faults, all, words => labels };
    match Environment::new().render_named_str("problem.html", PAGE, page) {
        Ok(html) => HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((CONTENT_LANGUAGE, language))
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .insert_header((VARY, "Accept-Encoding, Accept-Language"))
            .body(html),
        Err(error) => {
            tracing::error!(%error, "a problem's page cannot be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}
