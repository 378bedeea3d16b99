//! E-mail addresses out of whatever was pasted.

use domain::rule;

/// What was found in a text: addresses, each once and in their order, and what is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    pub good: Vec<String>,
    pub bad: Vec<String>,
}

/// Takes lists as mail programs and spreadsheets write them: `Ann Lee <ann@example.com>; bo@example.com`.
pub fn find(text: &str) -> Found {
    let mut found = Found::default();
    let pieces = text.split([',', ';', '\n', '\r', '\t']).flat_map(|piece| match piece.split_once('<') {
        Some((_, inside)) => vec![inside.split('>').next().unwrap_or_default()],
        None => piece.split_whitespace().collect(),
    });
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        let address = rule::normal_email(piece.trim_matches(['"', '\'', '(', ')', '.']));
        if rule::email(&address).is_err() {
            found.bad.push(piece.to_owned());
        } else if !found.good.contains(&address) {
            found.good.push(address);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_however_they_are_listed() {
        let found = find(
            "Ann Lee <Ann@Example.com>, bo@example.com; bo@example.com\ncy@example.com dee@example.org.",
        );
        assert_eq!(found.good, ["ann@example.com", "bo@example.com", "cy@example.com", "dee@example.org"]);
        assert_eq!(found.bad, Vec::<String>::new());
    }

    #[test]
    fn what_is_no_address_is_named() {
        let found = find("ann@example.com, bo@example, somebody");
        assert_eq!(found.good, ["ann@example.com"]);
        assert_eq!(found.bad, ["bo@example", "somebody"]);
        assert_eq!(find(" \n "), Found::default());
    }
}
