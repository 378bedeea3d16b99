//! The one style sheet, and the typeface it names.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::bundle::Bundle;
use crate::files;

/// The alphabets our languages need; the first is wanted at once.
const SUBSETS: &[&str] = &["latin", "latin-ext"];

/// What the other sheets build on comes first.
const FIRST: &[&str] = &["tokens.css", "base.css", "layout.css"];

/// One alphabet of the typeface.
pub struct Font {
    address: String,
    face: String,
}

/// Adds the typeface's files.
pub fn fonts(bundle: &mut Bundle, modules: &Path) -> Result<Vec<Font>> {
    let package = modules.join("@fontsource-variable/inter");
    let faces = files::read(&package.join("wght.css"))?;
    SUBSETS
        .iter()
        .map(|subset| {
            let file = format!("inter-{subset}-wght-normal.woff2");
            let name =
                if *subset == "latin" { "inter.woff2".to_owned() } else { format!("inter-{subset}.woff2") };
            let address = bundle.add_hashed(&name, files::read_bytes(&package.join("files").join(&file))?);
            let face = faces
                .split_inclusive('}')
                .filter_map(|face| face.find("@font-face").map(|at| &face[at..]))
                .find(|face| face.contains(&format!("/{file})")))
                .with_context(|| format!("the typeface's own style sheet does not mention {file}"))?
                .replace(&format!("./files/{file}"), &address);
            Ok(Font { address, face })
        })
        .collect()
}

/// The line that makes a browser fetch the first alphabet before it has read the style sheet.
pub fn preload(fonts: &[Font]) -> String {
    fonts.first().map_or_else(String::new, |font| {
        format!(r#"<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>"#, font.address)
    })
}

/// Everything in `styles/`, then what stands beside the components.
pub fn sheet(frontend: &Path, fonts: &[Font]) -> Result<String> {
    let mut shared = files::under(&frontend.join("styles"))?;
    shared.sort_by_key(|path| FIRST.iter().position(|first| path.ends_with(first)).unwrap_or(FIRST.len()));
    let components = files::under(&frontend.join("src"))?;
    let mut sheet = String::new();
    for path in shared.iter().chain(&components).filter(|path| files::has_extension(path, &["css"])) {
        sheet.push_str(&files::read(path)?);
        sheet.push('\n');
    }
    // After the rest: a sheet that orders its layers does so in its first rule.
    for font in fonts {
        sheet.push_str(&font.face);
        sheet.push('\n');
    }
    Ok(sheet)
}
