//! What is true of the server as a whole.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use api::config::TileSettings;
use contract::community::VERSION;
use domain::community::Settings;

use crate::support::app::TestApp;
use crate::support::caller::Raw;

#[actix_web::test]
async fn health_and_the_document_need_no_token() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    let get = async |path: &str| anonymous.send_raw("GET", path, "", "").await;
    assert_eq!(get("/health/live").await.status, 204);
    assert_eq!(get("/health/ready").await.status, 200);
    let document: serde_json::Value = serde_json::from_slice(&get("/openapi.json").await.body).unwrap();
    assert_eq!(document, api::openapi::document());
    assert!(get("/docs/").await.text().contains("Swagger UI"));
    assert_eq!(anonymous.call(&VERSION, &[], &()).await.ok().api, "v1");
}

#[actix_web::test]
async fn a_server_whose_database_has_fallen_behind_is_not_ready() {
    let app = TestApp::start().await;
    app.query(
        "with it as (delete from __diesel_schema_migrations returning version) select version::text as text from it",
    )
    .await;
    assert_eq!(app.anonymous().send_raw("GET", "/health/ready", "", "").await.status, 503);
}

#[actix_web::test]
async fn every_answer_of_the_api_is_private_and_says_which_request_it_answers() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let id = "01900000-0000-7000-8000-000000000000";
    for path in ["/api/v1/account", "/api/v1/communities/willow-park", "/api/v1/nothing", "/api/v1/version"] {
        let answer = Raw::of(ann.request(reqwest::Method::GET, path).header("x-request-id", id)).await;
        assert_eq!(answer.header("x-request-id"), id, "{path}");
        assert_eq!(answer.header("cache-control"), "private, no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
    let made_up =
        Raw::of(ann.request(reqwest::Method::GET, "/api/v1/account").header("x-request-id", "<script>"))
            .await;
    assert!(made_up.header("x-request-id").parse::<uuid::Uuid>().is_ok());
}

#[actix_web::test]
async fn a_foreign_page_gets_no_permission_to_read() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let asked =
        ann.request(reqwest::Method::OPTIONS, "/api/v1/account").header("origin", "https://evil.test");
    let preflight = Raw::of(asked.header("access-control-request-method", "GET")).await;
    let simple = ann.request(reqwest::Method::GET, "/api/v1/account").header("origin", "https://evil.test");
    let simple = Raw::of(simple).await;
    for answer in [preflight, simple] {
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

#[actix_web::test]
async fn problems_are_told_in_a_language_that_the_caller_reads() {
    let app = TestApp::start().await;
    for wish in ["en-GB,en;q=0.8", "xx", "*", ";;q=,", ""] {
        let request = app.anonymous().request(reqwest::Method::GET, "/api/v1/account");
        let answer = Raw::of(request.header("accept-language", wish)).await;
        assert_eq!(answer.problem().title, "You are not signed in", "{wish}");
        assert_eq!(answer.header("content-language"), "en", "{wish}");
    }
}

#[actix_web::test]
async fn hashed_files_are_kept_for_a_year_and_the_page_never_whatever_way_leads_to_it() {
    let app = TestApp::configured(Settings::default(), |config| {
        let web = config.data_dir.join("web");
        std::fs::create_dir_all(web.join("assets")).unwrap();
        std::fs::write(web.join("index.html"), "<!doctype html><title>Kommunity</title>").unwrap();
        std::fs::write(web.join("assets/app-1a2b.js"), "export {};").unwrap();
        config.web_dir = Some(web);
    })
    .await;
    let anonymous = app.anonymous();
    let address = anonymous.address();
    let cache = |path: &str| {
        // By hand: clients tidy addresses up before they send them.
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let line = answer.lines().find_map(|line| line.strip_prefix("cache-control: ").map(str::to_owned));
        line.unwrap_or_else(|| panic!("{path} says nothing of caches: {answer}"))
    };
    assert_eq!(cache("/assets/app-1a2b.js"), "public, max-age=31536000, immutable");
    for page in ["/", "/c/willow-park", "/assets/../index.html", "/assets/%2e%2e/%2e%2e/index.html"] {
        assert_eq!(cache(page), "no-cache", "{page}");
    }
}

#[actix_web::test]
async fn maps_get_their_pictures_from_one_server_and_the_pages_from_nowhere_else() {
    let tiles = TileSettings {
        tile_url: "https://{s}.tiles.test/{z}/{x}/{y}.png".into(),
        tile_attribution: "© Somebody".into(),
    };
    let tiles = tiles.check().unwrap();
    let app = TestApp::configured(Settings::default(), |config| config.tiles = tiles).await;
    let told = app.anonymous().call(&VERSION, &[], &()).await.ok().tiles.unwrap();
    assert_eq!(
        (told.url.as_str(), told.attribution.as_str()),
        ("https://{s}.tiles.test/{z}/{x}/{y}.png", "© Somebody")
    );
    let page = app.anonymous().send_raw("GET", "/", "", "").await;
    let policy = page.header("content-security-policy");
    let pictures = policy.split(';').find(|part| part.trim().starts_with("img-src")).unwrap();
    assert_eq!(pictures.trim(), "img-src 'self' blob: data: https://*.tiles.test");
    assert_eq!(policy.matches("tiles.test").count(), 1);

    let without = TestApp::start().await;
    assert!(without.anonymous().call(&VERSION, &[], &()).await.ok().tiles.is_none());
    let page = without.anonymous().send_raw("GET", "/", "", "").await;
    assert!(!page.header("content-security-policy").contains("http"));
}
