//! An example of every body and every reply, made of the examples, words and bounds that stand in the schemas.

use serde_json::{Map, Value, json};

/// Deeper than any of our types.
const DEPTH_MAX: usize = 12;

/// Puts an example beside every schema of a body or a good reply.
pub fn give(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let paths = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in paths.flat_map(|item| item.as_object_mut().into_iter().flat_map(Map::values_mut)) {
        let mut places = Vec::new();
        if let Some(content) = operation.get_mut("requestBody").and_then(|body| body.get_mut("content")) {
            places.push(content.take());
        }
        for content in places {
            operation["requestBody"]["content"] = with_examples(content, &schemas);
        }
        for response in operation["responses"].as_object_mut().into_iter().flat_map(Map::values_mut) {
            if let Some(content) = response.get_mut("content") {
                *content = with_examples(content.take(), &schemas);
            }
        }
    }
}

fn with_examples(mut content: Value, schemas: &Value) -> Value {
    for (kind, media) in content.as_object_mut().into_iter().flatten() {
        if kind.ends_with("json") && media.get("example").is_none() {
            media["example"] = of(&media["schema"], schemas, 0);
        }
    }
    content
}

fn of(schema: &Value, schemas: &Value, depth: usize) -> Value {
    if let Some(example) = schema.get("example").or_else(|| schema["examples"].get(0)) {
        return example.clone();
    }
    if depth > DEPTH_MAX {
        return Value::Null;
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        return of(&schemas[name], schemas, depth + 1);
    }
    if let Some(word) = schema["enum"].get(0).or_else(|| schema.get("const")) {
        return word.clone();
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut whole = Map::new();
        for part in parts {
            if let Value::Object(fields) = of(part, schemas, depth + 1) {
                whole.extend(fields);
            }
        }
        return Value::Object(whole);
    }
    if let Some(choices) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
        let first = choices.iter().find(|choice| choice["type"] != "null");
        return first.map_or(Value::Null, |choice| of(choice, schemas, depth + 1));
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| **kind != "null").and_then(Value::as_str),
        kind => kind.as_str(),
    };
    match kind {
        Some("object") => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            fields.map(|(name, field)| (name.clone(), of(field, schemas, depth + 1))).collect()
        }
        Some("array") => json!([of(&schema["items"], schemas, depth + 1)]),
        Some("boolean") => json!(false),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        Some("string") => text(schema),
        _ => Value::Null,
    }
}

fn text(schema: &Value) -> Value {
    match schema["format"].as_str() {
        Some("uuid") => json!("0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1"),
        Some("date-time") => json!("2026-06-15T08:00:00Z"),
        Some("date") => json!("2026-06-15"),
        Some("uri") => json!("https://kommunity.example/join/0197b1b07d5c7cc0"),
        Some("email") => json!("ann@willow-park.example"),
        _ => {
            let shortest = schema["minLength"].as_u64().and_then(|length| usize::try_from(length).ok());
            let word = "text";
            json!(word.repeat(shortest.unwrap_or(1).div_ceil(word.len()).max(1)))
        }
    }
}
