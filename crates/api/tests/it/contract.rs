//! The contract, the document that the server serves, and the one that is committed: three times the same.

use std::collections::BTreeSet;

use contract::endpoint::Access;
use contract::{BASE_PATH, OPERATIONS};
use serde_json::Value;

fn operations(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().iter().map(move |(method, operation)| {
                let id = operation["operationId"].as_str().unwrap_or("without id");
                format!("{id}: {} {path}", method.to_uppercase())
            })
        })
        .collect()
}

#[test]
fn the_document_has_every_operation_of_the_contract_and_no_other() {
    let contract: BTreeSet<String> = OPERATIONS
        .iter()
        .map(|operation| {
            format!("{}: {} {BASE_PATH}{}", operation.id, operation.method.as_str(), operation.path)
        })
        .collect();
    assert_eq!(contract.len(), OPERATIONS.len(), "ids, methods and paths are unique");
    assert_eq!(operations(&api::openapi::document()), contract);
}

#[test]
fn the_committed_document_is_the_servers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/openapi.json");
    let committed: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(
        committed == api::openapi::document(),
        "openapi/openapi.json is stale: run `cargo xtask openapi` and review what changes"
    );
}

#[test]
fn every_operation_says_what_it_is_and_what_can_go_wrong() {
    let document = api::openapi::document();
    for operation in OPERATIONS {
        let method = operation.method.as_str().to_lowercase();
        let it = &document["paths"][format!("{BASE_PATH}{}", operation.path)][method];
        let id = operation.id;
        assert!(it["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{id} has no summary");
        assert!(it["tags"].as_array().is_some_and(|tags| tags.len() == 1), "{id} has not one tag");
        let responses = it["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{id} never succeeds");
        for (status, response) in responses.iter().filter(|(status, _)| status.as_str() >= "400") {
            let shared =
                response["$ref"].as_str().and_then(|it| document.pointer(it.trim_start_matches('#')));
            let schema = &shared.unwrap()["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/Problem", "{id} {status}");
        }
        let signed_in = operation.access != Access::Public;
        assert_eq!(it["security"] != serde_json::json!([]), signed_in, "{id} and its lock");
        if signed_in {
            assert!(responses.contains_key("401"), "{id} does not speak of 401");
        }
        if let Access::Needs(permission) = operation.access {
            let words = it["description"].as_str().unwrap();
            assert!(words.contains(permission.as_str()), "{id} does not say what it needs");
            assert_eq!(it["x-permission"], permission.as_str(), "{id}");
            assert!(responses.contains_key("403"), "{id} does not speak of 403");
        }
        for name in operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            let parameters = it["parameters"].as_array().unwrap();
            let known = parameters.iter().any(|one| one["name"] == name && one["in"] == "path");
            assert!(known, "{id} does not describe {name}");
        }
    }
}

#[test]
fn words_stand_in_the_document_as_they_stand_on_the_wire() {
    use domain::{
        announcement, audience, audit, category, community, event, job, member, question, role,
        service_request,
    };
    let document = api::openapi::document();
    let mut checked = BTreeSet::new();
    macro_rules! check {
        ($($module:ident::$name:ident)*) => {$(
            let words = serde_json::to_value($module::$name::ALL).unwrap();
            assert_eq!(document["components"]["schemas"][stringify!($name)]["enum"], words, stringify!($name));
            checked.insert(stringify!($name));
        )*};
    }
    check! {
        announcement::AnnouncementAction announcement::AnnouncementStatus announcement::AnnouncementView
        announcement::ReadBy announcement::ReceiptState audience::AudienceTie audit::ActorKind category::CategoryAction category::Hue question::QuestionKind
        event::EventGroup event::MailChoice event::SubjectKind job::DeliveryFault job::DeliveryState job::Kind
        community::CommunityKind community::Joining community::MemberStatus community::OccupancyKind
        member::MemberAction role::Permission role::Role service_request::AttachmentKind
        service_request::Audience service_request::HoldReason service_request::Priority
        service_request::RejectReason service_request::RequestAction service_request::RequestChannel
        service_request::RequestSort
        service_request::RequestStatus service_request::RequestVisibility service_request::Shift service_request::Urgency
        service_request::Voice
    }
    use contract::problem::Code;
    use domain::service_request::workflow::Field;
    assert_eq!(document["components"]["schemas"]["Field"]["enum"], serde_json::to_value(Field::ALL).unwrap());
    assert_eq!(document["components"]["schemas"]["Code"]["enum"], serde_json::to_value(Code::ALL).unwrap());
    assert_eq!(document["components"]["schemas"]["PolygonKind"]["enum"], serde_json::json!(["Polygon"]));
    checked.extend(["Field", "Code", "PolygonKind"]);
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let words = schemas.iter().filter(|(_, schema)| schema.get("enum").is_some());
    let words: BTreeSet<&str> = words.map(|(name, _)| name.as_str()).collect();
    assert_eq!(checked, words, "show here how the new words are checked");
}

#[test]
fn every_reference_within_the_document_leads_somewhere() {
    let document = api::openapi::document();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(ToOwned::to_owned));
            fields.values().for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}
