//! The map: Leaflet as it comes from npm, behind a script of our own, in a folder that is fetched where a map is shown.

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;

use super::bundle::Bundle;
use crate::files;

/// What of Leaflet is served: no pictures, because ours are drawn.
const LEAFLET: &[&str] = &["leaflet.js", "leaflet.css"];

/// Adds the map's files and gives the address of its script.
pub fn add(bundle: &mut Bundle, frontend: &Path, modules: &Path) -> Result<String> {
    let mut map = BTreeMap::new();
    for name in LEAFLET {
        map.insert((*name).to_owned(), files::read_bytes(&modules.join("leaflet/dist").join(name))?);
    }
    let own = frontend.join("map");
    for path in files::under(&own)? {
        map.insert(path.strip_prefix(&own)?.to_string_lossy().into_owned(), files::read_bytes(&path)?);
    }
    Ok(format!("{}/map.js", bundle.add_hashed_folder(FOLDER, map)))
}

/// The name that the folder begins with.
pub const FOLDER: &str = "map";
