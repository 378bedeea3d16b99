//! What is true of every operation by the contract: who may call it, what it takes and says beside its body, and how it
//! can fail.

use std::collections::HashSet;

use contract::BASE_PATH;
use contract::endpoint::{Access, Method, Operation};
use contract::invitation::{PREVIEW, REVOKE};
use contract::problem::Code;
use serde_json::{Value, json};

/// Headers of requests: name, whether a call fails without it, and what it does.
const TAKEN: [(&str, bool, &str, &str); 3] = [
    (
        "Idempotency-Key",
        false,
        "8 to 128 visible characters, bare or as a quoted string. Repeating the call with the same key answers as the first \
         time, for a day, and does nothing twice.",
        "8e03978e-40d5-43e8-bc93-6894a57f9324",
    ),
    ("If-Match", true, "The `ETag` of what you loaded, or `*`. Its version counts.", "\"7.Zk3_x1y2\""),
    (
        "If-None-Match",
        false,
        "An `ETag` that you have: 304 if it is still the present one.",
        "\"7.Zk3_x1y2\"",
    ),
];

/// What an `Idempotency-Key` looks like, bare or as a quoted string, where somebody is signed in.
const KEY: &str = r#"^([!#-~][!-~]{7,127}|"([!#-\[\]-~]|\\["\\]){8,128}")$"#;

/// Headers of replies.
const TOLD: [(&str, &str, &str); 8] = [
    ("ETag", "`\"<version>.<digest>\"`; version 0 for what has none.", "\"7.Zk3_x1y2\""),
    ("Idempotent-Replayed", "`true` where this is the kept answer of an earlier call.", "true"),
    ("Link", "The address of the next page, `rel=\"next\"`.", "</api/v1/x?cursor=eyJ>; rel=\"next\""),
    (
        "Location",
        "Where what was made can be found.",
        "/api/v1/communities/willow-park/service-requests/MNT-2026-0007",
    ),
    (
        "RateLimit",
        "What is left of each limit, and in how many seconds all of it is back.",
        "\"user\";r=599;t=1",
    ),
    (
        "RateLimit-Policy",
        "The limits that were counted: so many requests in so many seconds.",
        "\"user\";q=600;w=60",
    ),
    ("Retry-After", "Seconds after which trying again may help.", "2"),
    (
        "X-Request-Id",
        "The id of this request: yours, if you sent one.",
        "0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1",
    ),
];

/// The ways in which calls fail: status, name of the shared response, and what it means.
const FAILURES: &[(u16, &str, &str)] = &[
    (400, "Malformed", "The request cannot be read"),
    (401, "NotSignedIn", "Not signed in, or wrong credentials"),
    (403, "NotAllowed", "This needs a right that the caller does not have"),
    (404, "NotFound", "It does not exist, or is not the caller's to see"),
    (405, "MethodNotAllowed", "The address does not take this method; `Allow` lists those that it takes"),
    (408, "TooSlow", "The body did not arrive in time"),
    (409, "Conflict", "It does not fit the present state, or somebody else was faster"),
    (410, "Gone", "A link or a code that has been used, taken back or outlived"),
    (412, "PreconditionFailed", "`If-Match` names another version than the present one"),
    (413, "TooLarge", "Too large"),
    (415, "UnsupportedMediaType", "Not this kind of content"),
    (422, "Invalid", "Against the rules; `errors` names every fault"),
    (428, "PreconditionRequired", "`If-Match` is needed here"),
    (429, "TooManyRequests", "Too often; `violated-policies` names the limits"),
    (500, "Internal", "Something went wrong on the server's side"),
    (503, "Unavailable", "Not just now; try again"),
];

fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

/// What operations share.
pub fn components(document: &mut Value) {
    let components = &mut document["components"];
    // The derive does not see names that a macro has written.
    components["schemas"]["Code"]["enum"] = json!(Code::ALL);
    for (name, required, description, example) in TAKEN {
        components["parameters"][name] = json!({
            "name": name, "in": "header", "required": required, "description": description,
            "schema": { "type": "string" }, "example": example,
        });
    }
    components["parameters"]["Idempotency-Key"]["schema"]["pattern"] = json!(KEY);
    for (name, description, example) in TOLD {
        components["headers"][name] =
            json!({ "description": description, "schema": { "type": "string" }, "example": example });
    }
    for (status, name, description) in FAILURES {
        let mut headers = json!({});
        let retried = [409, 429, 503].contains(status).then_some("Retry-After");
        for header in ["RateLimit", "RateLimit-Policy", "X-Request-Id"].into_iter().chain(retried) {
            headers[header] = reference("headers", header);
        }
        if *status == 405 {
            headers["Allow"] =
                json!({ "description": "The methods that it takes.", "schema": { "type": "string" } });
        }
        let code = Code::ALL.iter().find(|code| code.status() == *status).copied().unwrap_or(Code::Internal);
        components["responses"][name] = json!({
            "description": description,
            "headers": headers,
            "content": { "application/problem+json": {
                "schema": reference("schemas", "Problem"),
                "example": {
                    "type": code.kind(), "title": description, "status": status,
                    "instance": "urn:uuid:0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1", "code": code,
                },
            } },
        });
    }
    components["responses"]["NotModified"] = json!({
        "description": "You have it already: `If-None-Match` names the present version",
        "headers": { "ETag": reference("headers", "ETag"), "X-Request-Id": reference("headers", "X-Request-Id") },
    });
}

/// Puts limits where `#[wire]` has ended a description with the name of a rule. Those of a parameter belong to its schema.
pub fn limits(value: &mut Value) {
    if let Some((description, limits)) = value["description"].as_str().and_then(limited) {
        match description {
            "" => drop(value.as_object_mut().and_then(|fields| fields.remove("description"))),
            words => value["description"] = json!(words),
        }
        merge(if value.get("in").is_some() { &mut value["schema"] } else { &mut *value }, limits);
    }
    match value {
        Value::Object(fields) => fields.values_mut().for_each(limits),
        Value::Array(items) => items.iter_mut().for_each(limits),
        _ => {}
    }
}

/// A description without the name of the rule at its end, and what the rule says.
fn limited(description: &str) -> Option<(&str, Value)> {
    let (words, last) = description.rsplit_once('\n').unwrap_or(("", description));
    Some((words.trim_end(), contract::rules::limits(last.trim().strip_prefix("rule:")?)?))
}

fn merge(into: &mut Value, limits: Value) {
    match limits {
        Value::Object(fields) => fields.into_iter().for_each(|(name, value)| merge(&mut into[name], value)),
        value => *into = value,
    }
}

/// Leaves out what nobody refers to.
pub fn prune(document: &mut Value) {
    loop {
        let mut named = HashSet::new();
        references(document, &mut named);
        let mut left_out = false;
        for kind in ["headers", "parameters", "responses", "schemas"] {
            let Some(all) = document["components"][kind].as_object_mut() else { continue };
            let before = all.len();
            all.retain(|name, _| named.contains(&format!("#/components/{kind}/{name}")));
            left_out |= all.len() < before;
        }
        if !left_out {
            return;
        }
    }
}

fn references(value: &Value, named: &mut HashSet<String>) {
    match value {
        Value::Object(fields) => {
            named.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| references(value, named));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, named)),
        _ => {}
    }
}

pub fn operation(document: &mut Value, operation: &Operation) {
    let path = format!("{BASE_PATH}{}", operation.path);
    let method = operation.method.as_str().to_ascii_lowercase();
    let Some(found) = document["paths"].get_mut(&path).and_then(|item| item.get_mut(&method)) else { return };
    let has_body = found.get("requestBody").is_some();
    found["operationId"] = json!(operation.id);
    access(found, operation);
    let is_json = is_json(found);
    take(found, operation, is_json);
    tell(found, operation);
    if operation.method == Method::Get && is_json {
        found["responses"]["304"] = reference("responses", "NotModified");
    }
    for (status, name, _) in FAILURES.iter().filter(|(status, ..)| can_fail(operation, has_body, *status)) {
        found["responses"][status.to_string()] = reference("responses", name);
    }
    if operation.method == Method::Patch
        && let Some(content) = found.pointer_mut("/requestBody/content")
    {
        content["application/merge-patch+json"] = content["application/json"].clone();
    }
    let mut bodies = HashSet::new();
    references(&found["requestBody"], &mut bodies);
    close(&mut document["components"]["schemas"], bodies);
}

/// A body takes no fields but its own, however deep; the server names every other.
fn close(schemas: &mut Value, bodies: HashSet<String>) {
    for name in bodies.iter().filter_map(|reference| reference.rsplit('/').next()) {
        let schema = &mut schemas[name];
        if schema["type"] == "object" && schema.get("additionalProperties").is_none() {
            schema["additionalProperties"] = json!(false);
            let mut parts = HashSet::new();
            references(schema, &mut parts);
            close(schemas, parts);
        }
    }
}

/// Who may call it, for programs and in words.
fn access(found: &mut Value, operation: &Operation) {
    let who = match operation.access {
        Access::Public => "Anybody may call this.".to_owned(),
        Access::SignedIn => "Whoever is signed in may call this.".to_owned(),
        Access::Member => "Every member of the community may call this.".to_owned(),
        Access::Needs(permission) => format!("Needs the permission `{permission}`."),
    };
    found["security"] = match operation.access {
        Access::Public => json!([]),
        Access::SignedIn | Access::Member | Access::Needs(_) => json!([{ "bearer": [] }]),
    };
    if let Access::Needs(permission) = operation.access {
        found["x-permission"] = json!(permission);
    }
    found["description"] = match found["description"].as_str() {
        Some(text) if !text.is_empty() => json!(format!("{text}\n\n{who}")),
        _ => json!(who),
    };
}

fn is_json(found: &Value) -> bool {
    let responses = found["responses"].as_object().into_iter().flatten();
    responses
        .filter(|(status, _)| status.starts_with('2'))
        .any(|(_, response)| response.pointer("/content/application~1json").is_some())
}

/// The headers that it heeds.
fn take(found: &mut Value, operation: &Operation, is_json: bool) {
    let heeded = [
        ("Idempotency-Key", operation.idempotent),
        ("If-Match", operation.versioned),
        ("If-None-Match", operation.method == Method::Get && is_json),
    ];
    let names =
        heeded.into_iter().filter(|(_, heeded)| *heeded).map(|(name, _)| reference("parameters", name));
    let mut parameters = found["parameters"].as_array().cloned().unwrap_or_default();
    // An empty one counts as absent.
    for parameter in parameters.iter_mut().filter(|it| it["in"] == "query" && it["required"] == false) {
        parameter["allowEmptyValue"] = json!(true);
    }
    parameters.extend(names);
    if !parameters.is_empty() {
        found["parameters"] = json!(parameters);
    }
}

/// The headers of its good replies.
fn tell(found: &mut Value, operation: &Operation) {
    let tagged = operation.idempotent || operation.method != Method::Post;
    for (status, response) in found["responses"].as_object_mut().into_iter().flatten() {
        if !status.starts_with('2') {
            continue;
        }
        if response["description"].as_str().is_none_or(str::is_empty) {
            response["description"] = json!(if status == "201" { "Created" } else { "The answer" });
        }
        let schema = response.pointer("/content/application~1json/schema/$ref").and_then(Value::as_str);
        let told = [
            ("ETag", tagged && schema.is_some()),
            ("Idempotent-Replayed", operation.idempotent),
            ("Link", schema.is_some_and(|schema| schema.contains("/Page_"))),
            ("Location", status == "201"),
            ("RateLimit", true),
            ("RateLimit-Policy", true),
            ("X-Request-Id", true),
        ];
        for (name, _) in told.into_iter().filter(|(_, told)| *told) {
            response["headers"][name] = reference("headers", name);
        }
    }
}

fn can_fail(operation: &Operation, has_body: bool, status: u16) -> bool {
    let is_public = operation.access == Access::Public;
    let is_session = operation.path.starts_with("/session");
    let changes = operation.method != Method::Get;
    match status {
        401 => !is_public || is_session,
        403 => !is_public || operation.id == "refresh_session",
        408 | 413 | 415 => has_body,
        409 => changes,
        410 => operation.method == Method::Post || [PREVIEW.operation, REVOKE.operation].contains(operation),
        412 | 428 => operation.versioned,
        _ => true,
    }
}
