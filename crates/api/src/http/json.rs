//! JSON as it was sent, with what no tree of values can show: fields that were given twice.

use std::collections::HashSet;
use std::fmt;

use contract::problem::Code;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::error::{FAULTS_MAX, Result};

/// The deepest nesting that is read at all.
const DEPTH_MAX: usize = 32;
/// The longest name of a field that is read at all, in bytes: names are told back, with all that stand above them.
const NAME_BYTES_MAX: usize = 256;

/// The value, and pointers to the fields that stand in it more than once, as far as anybody will be told of them. Takes
/// time in proportion to the length of the text, whatever it says.
pub fn read(bytes: &[u8]) -> Result<(Value, Vec<String>)> {
    let mut place = Place::default();
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Here(&mut place).deserialize(&mut reader).map_err(|_| Code::Malformed)?;
    reader.end().map_err(|_| Code::Malformed)?;
    Ok((value, place.twice))
}

/// A segment of a JSON pointer (RFC 6901).
pub fn escaped(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}

/// The same number without its fraction of zero: to JSON Schema `72.0` is as whole as `72`.
fn whole(value: f64) -> Option<Number> {
    /// From here on, some whole numbers have no `f64` of their own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_whole = value.fract() == 0.0 && value.abs() < EXACT;
    // Zero is added because there is a negative one.
    is_whole.then(|| format!("{:.0}", value + 0.0).parse().ok()).flatten()
}

/// Where the reader stands, and what it found.
#[derive(Default)]
struct Place {
    path: Vec<String>,
    twice: Vec<String>,
}

impl Place {
    /// The field that was read last stood there before.
    fn repeated(&mut self) {
        if self.twice.len() < FAULTS_MAX {
            self.twice.push(self.path.iter().map(|segment| format!("/{}", escaped(segment))).collect());
        }
    }
}

/// The value that is read next.
struct Here<'a>(&'a mut Place);

impl<'de> DeserializeSeed<'de> for Here<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> std::result::Result<Value, D::Error> {
        if self.0.path.len() > DEPTH_MAX {
            return Err(D::Error::custom("too deep"));
        }
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Here<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> std::result::Result<Value, E> {
        Ok(whole(value).or_else(|| Number::from_f64(value)).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            self.0.path.push(list.len().to_string());
            let item = items.next_element_seed(Here(self.0))?;
            self.0.path.pop();
            match item {
                Some(item) => list.push(item),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> std::result::Result<Value, A::Error> {
        let (mut object, mut told) = (Map::new(), HashSet::new());
        while let Some(name) = fields.next_key::<String>()? {
            if name.len() > NAME_BYTES_MAX {
                return Err(A::Error::custom("too long a name"));
            }
            self.0.path.push(name.clone());
            let value = fields.next_value_seed(Here(self.0))?;
            if object.contains_key(&name) && told.insert(name.clone()) {
                self.0.repeated();
            }
            self.0.path.pop();
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_stands_twice_is_named_once_by_its_pointer() {
        let (value, twice) =
            read(br#"{"a": 1, "b": {"c/d": 1, "c/d": 2, "c/d": 3}, "a": [{"x": 1, "x": 2}]}"#).unwrap();
        assert_eq!(value, json!({ "a": [{ "x": 2 }], "b": { "c/d": 3 } }));
        assert_eq!(twice, ["/b/c~1d", "/a/0/x", "/a"]);
    }

    #[test]
    fn of_countless_fields_that_stand_twice_so_many_are_named() {
        let fields: Vec<String> = (0..50_000).map(|nth| format!("\"{nth}\":0,\"{nth}\":0")).collect();
        let (_, twice) = read(format!("{{{}}}", fields.join(",")).as_bytes()).unwrap();
        assert_eq!(twice.len(), FAULTS_MAX);
        assert!(read(format!("{{\"{}\":0}}", "n".repeat(NAME_BYTES_MAX + 1)).as_bytes()).is_err());
    }

    #[test]
    fn a_fraction_of_zero_is_none() {
        let (value, _) = read(b"[72.0, -3.00, 1e2, 0.0, -0.0, 0.5]").unwrap();
        assert_eq!(value, json!([72, -3, 100, 0, 0, 0.5]));
    }

    #[test]
    fn everything_else_is_read_as_ever() {
        let text = json!([null, true, -1, 18_446_744_073_709_551_615_u64, 1.5, 1e300, "ä", { "a": {} }, []])
            .to_string();
        let (value, twice) = read(text.as_bytes()).unwrap();
        assert_eq!((value.to_string(), twice), (text, Vec::new()));
        for bad in
            ["", "{", "1 2", "{\"a\": }", &"[".repeat(40), &format!("{}{}", "[".repeat(40), "]".repeat(40))]
        {
            assert!(read(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
