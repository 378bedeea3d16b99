//! `PATCH` as JSON merge patch (RFC 7396): what is absent stays, what is null is emptied.
//!
//! `#[wire(patch)]` reads every field with [`given`]. So an `Option<T>` takes a `T` and no null, because there is nothing
//! that null could make of it; an `Option<Option<T>>` takes null as `Some(None)`: empty it.

use serde::{Deserialize, Deserializer};

/// A field that is there, whatever it says.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(value: D) -> Result<Option<T>, D::Error> {
    T::deserialize(value).map(Some)
}

#[cfg(test)]
mod tests {
    use contract_macros::wire;

    #[wire(patch)]
    #[derive(Default)]
    struct Change {
        name: Option<String>,
        note: Option<Option<String>>,
    }

    #[test]
    fn null_empties_what_can_be_empty_and_is_refused_elsewhere() {
        let read = |text| serde_json::from_str::<Change>(text);
        assert_eq!(read("{}").unwrap(), Change::default());
        assert_eq!(read(r#"{"note": null}"#).unwrap(), Change { name: None, note: Some(None) });
        assert_eq!(read(r#"{"name": "Ann"}"#).unwrap(), Change { name: Some("Ann".into()), note: None });
        assert!(read(r#"{"name": null}"#).is_err());
        assert_eq!(serde_json::to_string(&read(r#"{"note": null}"#).unwrap()).unwrap(), r#"{"note":null}"#);
    }
}
