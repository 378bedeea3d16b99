//! GeoJSON as people have it: a polygon, a feature with one, or a collection that begins with one.

use contract::zone::{Polygon, PolygonKind};
use domain::place;
use domain::rule::Fault;
use serde_json::Value;

/// The first polygon in a text, checked like the server checks it; nothing where nothing is written.
pub fn read(text: &str) -> Result<Option<Polygon>, Fault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let unreadable = || Fault::new("not_geojson");
    let value: Value = serde_json::from_str(text).map_err(|_| unreadable())?;
    let rings = rings(&value).ok_or_else(unreadable)?;
    let coordinates: Vec<Vec<[f64; 2]>> = serde_json::from_value(rings.clone()).map_err(|_| unreadable())?;
    let [ring] = coordinates.as_slice() else { return Err(Fault::new("has_holes")) };
    place::ring(ring)?;
    Ok(Some(Polygon { kind: PolygonKind::Polygon, coordinates }))
}

fn rings(value: &Value) -> Option<&Value> {
    match value["type"].as_str()? {
        "Polygon" => Some(&value["coordinates"]),
        "Feature" => rings(&value["geometry"]),
        "FeatureCollection" => rings(value["features"].get(0)?),
        _ => None,
    }
}

/// A ring as a text to go on with.
pub fn write(ring: &[[f64; 2]]) -> String {
    let corners: Vec<String> = ring.iter().map(|[lng, lat]| format!("    [{lng}, {lat}]")).collect();
    format!("{{\n  \"type\": \"Polygon\",\n  \"coordinates\": [[\n{}\n  ]]\n}}", corners.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = r#"{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}"#;

    #[test]
    fn a_polygon_is_found_in_whatever_is_around_it() {
        let feature = format!(r#"{{"type": "Feature", "properties": {{}}, "geometry": {SQUARE}}}"#);
        let collection = format!(r#"{{"type": "FeatureCollection", "features": [{feature}]}}"#);
        for text in [SQUARE, &feature, &collection] {
            assert_eq!(read(text).unwrap().unwrap().coordinates[0].len(), 4, "{text}");
        }
        assert_eq!(read("  ").unwrap(), None);
    }

    #[test]
    fn what_is_no_polygon_is_refused_with_the_reason() {
        for (text, code) in [
            ("nonsense", "not_geojson"),
            (r#"{"type": "Point", "coordinates": [0, 0]}"#, "not_geojson"),
            (r#"{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]}"#, "too_few"),
            (r#"{"type": "Polygon", "coordinates": [[], []]}"#, "has_holes"),
        ] {
            assert_eq!(read(text).unwrap_err().code, code, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let ring = [[-9.27, 38.77], [-9.26, 38.77], [-9.26, 38.78], [-9.27, 38.77]];
        assert_eq!(read(&write(&ring)).unwrap().unwrap().coordinates[0], ring);
    }
}
