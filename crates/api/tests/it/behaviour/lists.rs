//! Lists: pages by cursor, and filters that exist.

use contract::BASE_PATH;
use contract::endpoint::{Method, Operation};
use serde_json::Value;

use super::Stage;
use crate::support::caller::brief;

/// Lists that are always told whole: catalogues, which are small.
const WHOLE: &[&str] = &[
    "list_categories",
    "list_zones",
    "list_professionals",
    "list_response_templates",
    "list_saved_filters",
    "list_people_to_mention",
    "list_tags",
    "list_teams",
    "list_announcement_categories",
];

/// What the document says of an operation.
fn documented(operation: &Operation) -> Value {
    let document = api::openapi::document();
    let method = operation.method.as_str().to_lowercase();
    document["paths"][format!("{BASE_PATH}{}", operation.path)][method].clone()
}

fn is_list(operation: &Operation) -> bool {
    operation.method == Method::Get && operation.id.starts_with("list_")
}

#[actix_web::test]
async fn every_list_can_be_walked_page_by_page() {
    let stage = Stage::new().await;
    for _ in 0..3 {
        stage.cast.report().await;
    }
    stage.app.run_outbox().await;
    for call in stage.calls(is_list).await {
        let id = call.operation.id;
        let whole: Value = serde_json::from_slice(&stage.get(&call.path).await.body).unwrap();
        assert!(whole["data"].is_array() && whole.get("next_cursor").is_some(), "{id}: {whole}");
        let described = documented(&call.operation);
        let has = |name: &str| {
            described["parameters"].as_array().is_some_and(|all| all.iter().any(|it| it["name"] == name))
        };
        if WHOLE.contains(&id) {
            assert!(!has("limit") && !has("cursor") && whole["next_cursor"].is_null(), "{id}");
            continue;
        }
        assert!(has("limit") && has("cursor"), "{id} is not paged; or add it to WHOLE");
        let mut walked = Vec::new();
        let mut next = Some(format!("{}?limit=1", call.path));
        while let Some(path) = next {
            let answer = stage.get(&path).await;
            let page: Value = serde_json::from_slice(&answer.body).unwrap();
            assert!(page["data"].as_array().unwrap().len() <= 1, "{id}");
            walked.extend(page["data"].as_array().unwrap().clone());
            let link =
                answer.header("link").strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\""));
            assert_eq!(link.is_some(), !page["next_cursor"].is_null(), "{id}: {page}");
            next = link.map(ToOwned::to_owned);
        }
        assert_eq!(Value::from(walked), whole["data"], "{id}");
    }
}

#[actix_web::test]
async fn no_operation_takes_a_parameter_that_it_does_not_know() {
    let stage = Stage::new().await;
    for call in stage.calls(|operation| operation.method == Method::Get).await {
        let separator = if call.path.contains('?') { '&' } else { '?' };
        let answer = stage.get(&format!("{}{separator}no_such=1", call.path)).await;
        let told = brief(&answer.problem());
        assert_eq!(told, "422 invalid: no_such unknown_parameter", "{}", call.operation.id);
    }
}

#[actix_web::test]
async fn no_operation_takes_a_field_that_it_does_not_know_or_one_twice() {
    let stage = Stage::new().await;
    for call in stage.calls(|operation| operation.method != Method::Get).await {
        if call.content_type != "application/json" {
            continue;
        }
        let id = call.operation.id;
        let text = String::from_utf8(call.body.clone()).unwrap();
        let inner = text.strip_prefix('{').unwrap();
        let rest = if inner == "}" { inner.to_owned() } else { format!(", {inner}") };
        let unknown = call.with_body(format!("{{\"no_such\": 1{rest}"));
        let answer = unknown.send(&stage.all).await;
        assert_eq!(brief(&answer.problem()), "422 invalid: #/no_such unknown_field", "{id}");
        let twice = call.with_body(format!("{{\"no_such\": 1, \"no_such\": 2{rest}"));
        let answer = twice.send(&stage.all).await;
        let told = brief(&answer.problem());
        assert_eq!(told, "422 invalid: #/no_such unknown_field, #/no_such duplicate_field", "{id}");
    }
}
