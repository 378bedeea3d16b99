//! Which crate may know which: the cut between what runs in a browser, what speaks SQL and what speaks HTTP.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Complaints;
use crate::{run, setup::wasm};

/// What a crate of ours may use.
enum Rule {
    /// These and nothing else.
    Only(&'static [&'static str]),
    /// Anything but what starts like these.
    Never(&'static [&'static str]),
}

const RULES: &[(&str, Rule, &str)] = &[
    (
        "domain",
        Rule::Only(&["serde", "chrono", "uuid", "thiserror", "diesel", "utoipa"]),
        "domain holds decisions and no machinery; move what needs it to api or db",
    ),
    (
        "contract",
        Rule::Never(&["db", "api", "diesel", "actix"]),
        "contract is what crosses the wire, on both sides; move what needs it to api or db",
    ),
    (
        "db",
        Rule::Never(&["contract", "api", "actix"]),
        "db speaks rows, not requests; map them in api's view.rs",
    ),
    ("api", Rule::Never(&["diesel"]), "SQL lives in db; add a function there"),
    ("frontend", Rule::Never(&["db", "api", "regex"]), "the browser knows only contract and domain"),
];

/// Too heavy for a browser, or of no use in one.
const NEVER_IN_BROWSER: &[&str] =
    &["actix", "chrono-tz", "diesel", "reqwest", "tokio", "utoipa", "validator"];

pub fn complaints() -> Result<Complaints> {
    let used = direct_dependencies()?;
    let mut complaints = Vec::new();
    for (package, rule, advice) in RULES {
        for dependency in used.get(*package).into_iter().flatten() {
            let fine = match rule {
                Rule::Only(names) => names.contains(&dependency.as_str()),
                Rule::Never(names) => !names.iter().any(|name| is_or_belongs_to(dependency, name)),
            };
            if !fine {
                complaints.push(format!("{package}/Cargo.toml uses {dependency}: {advice}"));
            }
        }
    }
    for package in packages_in_browser()? {
        if NEVER_IN_BROWSER.iter().any(|name| is_or_belongs_to(&package, name)) {
            complaints.push(format!(
                "the browser app contains {package}: `cargo tree -p frontend --target {} -i {package}` says through whom",
                wasm::TARGET
            ));
        }
    }
    Ok(complaints)
}

/// `actix-web` belongs to `actix`.
fn is_or_belongs_to(package: &str, name: &str) -> bool {
    package.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

/// What each of our crates names in its manifest, tests aside.
fn direct_dependencies() -> Result<BTreeMap<String, Vec<String>>> {
    let metadata = run::output(run::cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Value =
        serde_json::from_str(&metadata).context("cargo described the workspace in an unknown way")?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let used = |package: &Value| {
        let dependencies = list(&package["dependencies"]);
        dependencies.iter().filter(|dependency| dependency["kind"].is_null()).map(name).collect()
    };
    Ok(list(&metadata["packages"]).iter().map(|package| (name(package), used(package))).collect())
}

/// Everything that is compiled into the browser app.
fn packages_in_browser() -> Result<Vec<String>> {
    let tree = run::output(run::cargo().args([
        "tree",
        "--package=frontend",
        "--target",
        wasm::TARGET,
        "--edges=normal,no-proc-macro",
        "--prefix=none",
    ]))?;
    let mut packages: Vec<_> =
        tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    packages.sort();
    packages.dedup();
    Ok(packages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_of_crates_goes_by_its_first_name() {
        assert!(is_or_belongs_to("actix-web", "actix"));
        assert!(is_or_belongs_to("diesel_migrations", "diesel"));
        assert!(!is_or_belongs_to("dbus", "db"));
    }
}
