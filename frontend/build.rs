//! Turns the message files in `locales/` into functions, so that a missing word or a wrong figure is a compile error.
//!
//! `"sign_in": { "title": "Sign in" }` becomes `words::sign_in::title()`. A message with place-holders takes them as
//! arguments, in the order of the alphabet: `"{number} is on its way"` becomes `sent(number)`. A message that is an
//! object of plural forms (`one`, `other`, …) takes a `count` first. Every language must have exactly the messages of
//! the first.

use std::{collections::BTreeSet, env, error::Error, fmt::Write as _, fs, path::Path};

use serde_json::{Map, Value};

/// The first is complete by definition; the others are held against it.
const LANGUAGES: &[&str] = &["en"];

/// Keys that make an object a message in several plural forms (CLDR) instead of a group of messages.
const PLURAL_FORMS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales");
    let mut languages = Vec::new();
    for language in LANGUAGES {
        let path = format!("locales/{language}.json");
        let file: Map<String, Value> = serde_json::from_str(&fs::read_to_string(&path)?)?;
        languages.push(file);
    }
    let mut code = String::new();
    group(&mut code, &languages.iter().collect::<Vec<_>>(), "")?;
    let out = env::var_os("OUT_DIR").ok_or("cargo says where to put it")?;
    fs::write(Path::new(&out).join("words.rs"), code)?;
    Ok(())
}

/// Writes one group of messages, with the groups inside it as modules.
fn group(code: &mut String, languages: &[&Map<String, Value>], path: &str) -> Result<(), Box<dyn Error>> {
    let [first, others @ ..] = languages else { return Ok(()) };
    for other in others {
        if let Some(strange) = other.keys().find(|key| !first.contains_key(*key)) {
            return Err(format!("{path}{strange} is in one language only").into());
        }
    }
    for key in first.keys() {
        let path = format!("{path}{key}.");
        let values = languages
            .iter()
            .map(|language| language.get(key).ok_or_else(|| format!("a language lacks {path}")))
            .collect::<Result<Vec<_>, _>>()?;
        let groups: Option<Vec<_>> = values.iter().map(|value| value.as_object()).collect();
        match groups {
            Some(groups) if !groups.iter().all(|group| is_plural(group)) => {
                writeln!(code, "pub mod {key} {{")?;
                self::group(code, &groups, &path)?;
                writeln!(code, "}}")?;
            }
            _ => message(code, key, &values)?,
        }
    }
    Ok(())
}

fn is_plural(group: &Map<String, Value>) -> bool {
    group.contains_key("other") && group.keys().all(|key| PLURAL_FORMS.contains(&key.as_str()))
}

/// Writes the function of one message.
fn message(code: &mut String, name: &str, languages: &[&Value]) -> Result<(), Box<dyn Error>> {
    let plural = languages[0].is_object();
    let arguments: BTreeSet<&str> =
        languages.iter().flat_map(|value| forms(value)).flat_map(|(_, text)| holes(text)).collect();
    let mut taken: Vec<String> = Vec::new();
    if plural {
        taken.push("count: i64".into());
    }
    taken.extend(arguments.iter().filter(|name| **name != "count").map(|name| format!("{name}: &str")));
    let whole = !plural && arguments.is_empty();
    let returned = if whole { "&'static str" } else { "String" };
    writeln!(code, "pub fn {name}({}) -> {returned} {{", taken.join(", "))?;
    writeln!(code, "match crate::language::current() {{")?;
    for (index, value) in languages.iter().enumerate() {
        let arm = if index + 1 == languages.len() { "_".to_owned() } else { index.to_string() };
        if plural {
            writeln!(code, "{arm} => match crate::language::plural_form(count) {{")?;
            let forms = forms(value);
            for (form, text) in forms.iter().filter(|(form, _)| *form != "other") {
                writeln!(code, "{form:?} => format!({text:?}),")?;
            }
            for (_, text) in forms.iter().filter(|(form, _)| *form == "other") {
                writeln!(code, "_ => format!({text:?}),")?;
            }
            writeln!(code, "}},")?;
        } else {
            let text = value.as_str().ok_or_else(|| format!("{name} is not a text"))?;
            if whole {
                writeln!(code, "{arm} => {text:?},")?;
            } else {
                writeln!(code, "{arm} => format!({text:?}),")?;
            }
        }
    }
    writeln!(code, "}} }}")?;
    Ok(())
}

/// The plural forms of a message, or its only one.
fn forms(value: &Value) -> Vec<(&str, &str)> {
    match value {
        Value::String(text) => vec![("other", text)],
        Value::Object(forms) => {
            forms.iter().filter_map(|(form, text)| Some((form.as_str(), text.as_str()?))).collect()
        }
        _ => Vec::new(),
    }
}

/// The names between braces.
fn holes(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
