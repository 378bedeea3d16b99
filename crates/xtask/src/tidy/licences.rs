//! Whether what comes in from outside may come in: `deny.toml` says what may, for cargo-deny and for us.

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Complaints;
use crate::{files, project, run};

pub fn complaints() -> Result<Complaints> {
    let rules = files::read(&project::path("deny.toml"))?;
    let allowed = allowed(&rules)?;
    let banned: Vec<_> =
        rules.lines().filter_map(|line| line.split_once("crate = \"")?.1.split('"').next()).collect();
    let metadata = run::output(run::cargo().args(["metadata", "--format-version", "1"]))?;
    let metadata: Value =
        serde_json::from_str(&metadata).context("cargo described the workspace in an unknown way")?;
    let mut complaints = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or_default();
        if banned.contains(&name) {
            complaints.push(format!(
                "{name} is banned in deny.toml: `cargo tree -i {name}` says through whom it came"
            ));
        }
        if !meets(licence, &allowed) {
            complaints.push(format!(
                "{name} has the licence \"{licence}\", which deny.toml does not allow: use something else, or allow it \
                 there if it asks nothing of those who run Kommunity"
            ));
        }
    }
    Ok(complaints)
}

/// The quoted words of `allow = [ … ]`.
fn allowed(rules: &str) -> Result<Vec<&str>> {
    let list = rules.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']'));
    let (list, _) = list.context("deny.toml has no list of licences that are allowed")?;
    Ok(list.split('"').skip(1).step_by(2).collect())
}

fn meets(licence: &str, allowed: &[&str]) -> bool {
    let mut expression = Expression::new(licence);
    expression.any(allowed) && expression.at == expression.words.len()
}

/// A licence expression like `(MIT OR Apache-2.0) AND Unicode-3.0`.
struct Expression<'a> {
    words: Vec<&'a str>,
    at: usize,
}

impl<'a> Expression<'a> {
    fn new(text: &'a str) -> Self {
        let mut words = Vec::new();
        for word in text.split_inclusive(['(', ')', '/', ' ']) {
            let mark = word.len() - usize::from(word.ends_with(['(', ')', '/', ' ']));
            let (name, mark) = word.split_at(mark);
            words.extend([name, mark.trim()].into_iter().filter(|word| !word.is_empty()));
        }
        Self { words, at: 0 }
    }

    /// `a OR b`, which old manifests write as `a/b`.
    fn any(&mut self, allowed: &[&str]) -> bool {
        let mut met = self.all(allowed);
        while self.take("OR") || self.take("/") {
            met |= self.all(allowed);
        }
        met
    }

    fn all(&mut self, allowed: &[&str]) -> bool {
        let mut met = self.one(allowed);
        while self.take("AND") {
            met &= self.one(allowed);
        }
        met
    }

    fn one(&mut self, allowed: &[&str]) -> bool {
        if self.take("(") {
            let met = self.any(allowed);
            return self.take(")") && met;
        }
        let licence = self.next();
        if self.take("WITH") {
            let exception = self.next();
            return allowed.contains(&format!("{licence} WITH {exception}").as_str());
        }
        allowed.contains(&licence)
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at) == Some(&word);
        self.at += usize::from(found);
        found
    }

    fn next(&mut self) -> &'a str {
        self.at += 1;
        self.words.get(self.at - 1).unwrap_or(&"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_allowed_choice_is_enough_but_every_condition_counts() {
        let allowed = ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
        let met = |licence| meets(licence, &allowed);
        assert!(met("MIT"));
        assert!(met("MIT/Apache-2.0"));
        assert!(met("GPL-3.0-or-later OR MIT"));
        assert!(met("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(met("Apache-2.0 WITH LLVM-exception OR Apache-2.0"));
        assert!(!met("GPL-3.0-or-later"));
        assert!(!met("MIT AND GPL-3.0-or-later"));
        assert!(!met("(MIT AND GPL-2.0) OR LGPL-2.1"));
        assert!(!met(""));
    }
}
