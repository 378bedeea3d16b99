//! The pages behind the `type` of every problem.

use contract::problem::Code;

use crate::support::app::TestApp;
use crate::support::caller::Raw;

#[actix_web::test]
async fn every_problem_has_a_page_and_its_type_leads_there() {
    let app = TestApp::start().await;
    let get = async |path: &str| app.anonymous().send_raw("GET", path, "", "").await;
    let all = get("/problems/").await.text();
    for code in Code::ALL {
        let path = format!("/problems/{}", code.as_str());
        if code.kind().starts_with('/') {
            assert_eq!(code.kind(), path);
        }
        let page = get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("content-language"), "en");
        assert!(page.header("vary").contains("Accept-Language"));
        assert!(!page.header("content-security-policy").contains("unsafe-inline"));
        let text = page.text();
        assert!(!text.contains(&format!("problem.{}", code.as_str())), "words are missing: {text}");
        assert!(text.contains(&code.status().to_string()) && !text.contains("<style"), "{text}");
        assert!(all.contains(&format!("href=\"{path}\"")), "{path} is not listed");
    }
    let invalid = get("/problems/invalid").await.text();
    for fault in ["too_long", "unknown_field", "duplicate_field", "wrong_type"] {
        assert!(invalid.contains(&format!("<code>{fault}</code>")), "{fault}");
    }
    assert_eq!(get("/problems/no-such-thing").await.status, 404);
    assert!(get("/problems/style.css").await.header("content-type").starts_with("text/css"));
}

#[actix_web::test]
async fn a_page_is_told_in_a_language_that_its_reader_reads() {
    let app = TestApp::start().await;
    for wish in ["en-GB", "xx", "*"] {
        let request = app.anonymous().request(reqwest::Method::GET, "/problems/invalid");
        let page = Raw::of(request.header("accept-language", wish)).await;
        assert!(page.text().contains("<html lang=\"en\">"), "{wish}");
    }
}
