//! The document tells the rules: what is just within a limit of its is good, what is just beyond it is refused by name, and
//! whatever callers write has a limit.

use std::collections::BTreeMap;

use contract::BASE_PATH;
use contract::endpoint::{Method, Operation};
use serde_json::{Map, Value, json};

use super::Stage;
use crate::support::caller::Raw;
use crate::support::calls::Call;

/// What no body and no query has: so that whatever else is in it, it is refused, and nothing is ever done.
const UNKNOWN: &str = "no_such_field";

fn described<'a>(document: &'a Value, operation: &Operation) -> &'a Value {
    let method = operation.method.as_str().to_lowercase();
    &document["paths"][format!("{BASE_PATH}{}", operation.path)][method]
}

/// A schema without what stands between it and its keywords: references, and that it may be null.
fn plain<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return plain(document, document.pointer(reference.trim_start_matches('#')).unwrap());
    }
    match schema["oneOf"].as_array() {
        Some(choices) => plain(document, choices.iter().find(|choice| choice["type"] != "null").unwrap()),
        None => schema,
    }
}

fn may_be_null(schema: &Value) -> bool {
    let among = |kinds: &Value| kinds.as_array().is_some_and(|kinds| kinds.contains(&json!("null")));
    let choices = schema["oneOf"].as_array();
    among(&schema["type"]) || choices.is_some_and(|all| all.iter().any(|choice| choice["type"] == "null"))
}

fn is_a(schema: &Value, kind: &str) -> bool {
    schema["type"] == kind || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind)))
}

fn text(schema: &Value, length: u64) -> Value {
    let length = usize::try_from(length).unwrap();
    if length > 100 && (schema["format"] == "email" || schema["example"] == "resident@demo.test") {
        return json!(format!("{}@{}.test", "l".repeat(64), "d".repeat(length - 70)));
    }
    json!("a".repeat(length))
}

/// Something that fits a schema of what a list is made of.
fn sample(document: &Value, items: &Value) -> Value {
    let items = plain(document, items);
    let stands = items.get("example").or_else(|| items["enum"].get(0));
    match stands {
        Some(value) => value.clone(),
        None if items["format"] == "email" => json!("ann@example.com"),
        None if is_a(items, "array") => json!([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]),
        None => json!(uuid::Uuid::nil()),
    }
}

/// Values at the limits of a schema, and whether each is within; nothing where there ought to be a limit and is none.
fn edges(document: &Value, schema: &Value) -> Option<Vec<(Value, bool)>> {
    let schema = plain(document, schema);
    let limit = |name: &str| schema[name].as_u64();
    if is_a(schema, "string") {
        if schema.get("enum").is_some()
            || ["uuid", "date-time", "date"].iter().any(|it| schema["format"] == *it)
        {
            return Some(Vec::new());
        }
        let max = limit("maxLength")?;
        let mut all = vec![(text(schema, max), true), (text(schema, max + 1), false)];
        if let Some(min) = limit("minLength").filter(|_| schema["format"] != "email") {
            all.push((text(schema, min - 1), false));
            // The shortest login is longer than one character.
            all.extend((schema["example"] != "resident@demo.test").then(|| (text(schema, min), true)));
        }
        return Some(all);
    }
    if is_a(schema, "integer") || is_a(schema, "number") {
        if schema["format"] == "int64" {
            return Some(Vec::new());
        }
        let (min, max) = (schema["minimum"].as_i64()?, schema["maximum"].as_i64()?);
        return Some(
            [(min, true), (min - 1, false), (max, true), (max + 1, false)]
                .map(|(n, good)| (json!(n), good))
                .into(),
        );
    }
    if is_a(schema, "array") {
        let item = sample(document, &schema["items"]);
        let list = |length: u64| json!(vec![item.clone(); usize::try_from(length).unwrap()]);
        let max = limit("maxItems")?;
        let mut all = vec![(list(max), true), (list(max + 1), false)];
        all.extend(limit("minItems").into_iter().flat_map(|min| [(list(min), true), (list(min - 1), false)]));
        return Some(all);
    }
    if is_a(schema, "object") && schema.get("properties").is_none() {
        // Of any names.
        let max = limit("maxProperties")?;
        let many =
            |length: u64| Value::Object((0..length).map(|nth| (format!("a{nth}"), json!([]))).collect());
        return Some(vec![(many(max), true), (many(max + 1), false)]);
    }
    if is_a(schema, "object") {
        let fields = schema["properties"].as_object()?;
        let middle: Map<String, Value> = match schema["example"].as_object() {
            Some(example) => example.clone(),
            None => fields.keys().map(|name| (name.clone(), json!(0))).collect(),
        };
        let mut all = Vec::new();
        for (name, field) in fields {
            for (value, good) in edges(document, field)? {
                let mut whole = middle.clone();
                whole.insert(name.clone(), value);
                all.push((json!(whole), good));
            }
        }
        return Some(all);
    }
    Some(Vec::new())
}

/// Whether an answer names a place among its faults.
fn names(answer: &Raw, place: &str) -> bool {
    let problem = answer.problem();
    let mut told =
        problem.errors.iter().filter_map(|fault| fault.pointer.as_ref().or(fault.parameter.as_ref()));
    told.any(|told| told == place || told.starts_with(&format!("{place}/")))
}

/// The same of a call that had to be refused for something else, which shows that everything has been looked at.
fn names_too(answer: &Raw, place: &str, call: &Call) -> bool {
    let unknown = if place.starts_with('#') { format!("#/{UNKNOWN}") } else { UNKNOWN.to_owned() };
    assert!(names(answer, &unknown), "{call:?} {place}: {}", answer.text());
    names(answer, place)
}

fn fields<'a>(document: &'a Value, operation: &Operation) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let schema = &described(document, operation)["requestBody"]["content"]["application/json"]["schema"];
    plain(document, schema)["properties"].as_object().into_iter().flatten()
}

#[actix_web::test]
async fn every_limit_of_a_body_is_told_and_is_the_rule() {
    let (stage, document) = (Stage::new().await, api::openapi::document());
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for call in stage.calls(|operation| operation.method != Method::Get).await {
        for (name, schema) in fields(&document, &call.operation) {
            let Some(edges) = edges(&document, schema) else {
                wrong.push(format!("{}: {name} has no limit", call.operation.id));
                continue;
            };
            for (value, good) in edges {
                let mut body: Value = serde_json::from_slice(&call.body).unwrap();
                (body[name], body[UNKNOWN]) = (value.clone(), json!(true));
                let answer = call.with_body(body.to_string()).send(&stage.all).await;
                if names_too(&answer, &format!("#/{name}"), &call) == good {
                    wrong.push(format!("{}: {name} {value} {}", call.operation.id, answer.text()));
                }
                tried += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 150, "only {tried} limits");
}

#[actix_web::test]
async fn every_limit_of_a_query_is_told_and_is_the_rule() {
    let (stage, document) = (Stage::new().await, api::openapi::document());
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for call in stage.calls(|operation| operation.method == Method::Get).await {
        let parameters = described(&document, &call.operation)["parameters"].as_array().into_iter().flatten();
        for parameter in parameters.filter(|parameter| parameter["in"] == "query") {
            let name = parameter["name"].as_str().unwrap();
            let Some(edges) = edges(&document, &parameter["schema"]) else {
                wrong.push(format!("{}: {name} has no limit", call.operation.id));
                continue;
            };
            // An empty one counts as absent.
            for (value, good) in edges.into_iter().filter(|(value, _)| value != "") {
                let (path, query) = call.path.split_once('?').unwrap_or((&call.path, ""));
                let given = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                let mut pairs: BTreeMap<&str, &str> = pairs.collect();
                pairs.extend([(name, given.as_str()), (UNKNOWN, "true")]);
                let pairs: Vec<String> =
                    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
                let answer = stage.get(&format!("{path}?{}", pairs.join("&"))).await;
                if names_too(&answer, name, &call) == good {
                    wrong.push(format!("{}: {name} {value} {}", call.operation.id, answer.text()));
                }
                tried += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 40, "only {tried} limits");
}

#[actix_web::test]
async fn null_empties_what_can_be_empty_and_is_refused_everywhere_else() {
    let (stage, document) = (Stage::new().await, api::openapi::document());
    let mut told = Vec::new();
    for call in stage.calls(|operation| operation.method == Method::Patch).await {
        let described = &described(&document, &call.operation)["requestBody"]["content"];
        let kinds: Vec<&String> = described.as_object().unwrap().keys().collect();
        assert_eq!(kinds, ["application/json", "application/merge-patch+json"], "{}", call.operation.id);
        for kind in kinds {
            for (name, schema) in fields(&document, &call.operation) {
                let body = json!({ name: null, UNKNOWN: true }).to_string();
                let mut call = call.with_body(body);
                call.content_type.clone_from(kind);
                let answer = call.send(&stage.all).await;
                let is_refused = names(&answer, &format!("#/{name}"));
                assert_ne!(is_refused, may_be_null(schema), "{call:?} {name}: {}", answer.text());
                let line =
                    format!("{}: {name} {}", call.operation.id, if is_refused { "never" } else { "may be" });
                told.push(line);
            }
        }
    }
    told.dedup();
    told.sort();
    told.dedup();
    insta::assert_snapshot!(told.join("\n"), @r"
    tick_checklist_item: done never
    update_account: locale never
    update_announcement: acknowledgement never
    update_announcement: attachment_ids never
    update_announcement: audience never
    update_announcement: body never
    update_announcement: category_id never
    update_announcement: comments_allowed never
    update_announcement: pinned never
    update_announcement: title never
    update_announcement: urgent never
    update_announcement: valid_until may be
    update_announcement_category: archived never
    update_announcement_category: color never
    update_announcement_category: icon never
    update_announcement_category: name never
    update_announcement_category: urgent never
    update_announcement_comment: body never
    update_category: anonymous_allowed never
    update_category: auto_triage never
    update_category: building_fabric never
    update_category: checklist never
    update_category: checklist_required never
    update_category: color never
    update_category: default_priority never
    update_category: default_visibility never
    update_category: description never
    update_category: duplicate_radius_m never
    update_category: duplicate_window_days never
    update_category: evidence_required never
    update_category: icon never
    update_category: name never
    update_category: parent_id may be
    update_category: priority_max never
    update_category: priority_min never
    update_category: questions never
    update_category: required_skills never
    update_category: target_hours never
    update_comment: body never
    update_comment: mention_ids never
    update_member: display_name never
    update_member: tags never
    update_occupancy: from_date never
    update_occupancy: is_primary never
    update_occupancy: kind never
    update_occupancy: resides never
    update_occupancy: to_date may be
    update_response_template: body never
    update_response_template: category_id may be
    update_response_template: title never
    update_saved_filter: name never
    update_saved_filter: query never
    update_saved_filter: shared never
    update_service_request: attachment_ids never
    update_service_request: description never
    update_service_request: title never
    update_service_request_handling: actual_cost may be
    update_service_request_handling: estimated_cost may be
    update_service_request_handling: tags never
    update_settings: anonymous_reports never
    update_settings: auto_close_days never
    update_settings: committee_triages never
    update_settings: joining never
    update_settings: professionals_claim never
    update_settings: professionals_take_part never
    update_settings: public_pages never
    update_settings: reopen_days never
    update_settings: residents_create_events never
    update_team: member_ids never
    update_team: name never
    update_team: shift never
    update_team: skills never
    update_team: zone_ids never
    update_unit: at may be
    update_unit: block may be
    update_unit: number never
    update_unit: postal_code may be
    update_unit: street may be
    update_unit: suburb may be
    update_unit: zone_id may be
    update_zone: area may be
    update_zone: name never
    ");
}
