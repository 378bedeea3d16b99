//! How much a first visit downloads, and how much it may.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Result, bail};

use super::{bundle::Bundle, map, pieces::Pieces};
use crate::{files, ui};

/// The WebAssembly that a first visit to any page needs, compressed: the core and the page's piece.
const WASM_AT_MOST: usize = 430_000;

/// All else a first visit needs, compressed; typefaces are shown but not counted.
const REST_AT_MOST: usize = 100_000;

/// The map, compressed: its files are fetched by the pages that show one, after everything else.
const MAP_AT_MOST: usize = 60_000;

/// Says which files each piece of the app consists of.
const PIECES: &str = "pieces.json";

/// What the app weighs.
pub struct Weight {
    /// The core, which every visit needs.
    core: usize,
    /// What each piece adds when it is the first.
    pieces: BTreeMap<String, usize>,
    rest: usize,
    /// What is fetched only where a map is shown.
    map: usize,
    fonts: usize,
    lines: Vec<String>,
}

/// Weighs what the page asks for at a first visit.
pub fn weigh(dist: &Path) -> Result<Weight> {
    let page = files::read(&dist.join("index.html"))?;
    let style = files::under(&dist.join("assets"))?;
    let named_by_style: String = style
        .iter()
        .filter(|path| files::has_extension(path, &["css"]))
        .map(|path| files::read(path))
        .collect::<Result<_>>()?;
    let pieces = pieces(dist)?;
    let mut weight = Weight { core: 0, pieces, rest: 0, map: 0, fonts: 0, lines: Vec::new() };
    let of_the_map = format!("assets/{}-", map::FOLDER);
    for path in files::under(dist)? {
        let name = path.strip_prefix(dist)?.display().to_string();
        if files::has_extension(&path, &["br", "gz"]) {
            continue;
        }
        // The page names its script, but asks for it only where a map is shown.
        if name.starts_with(&of_the_map) {
            weight.map += sent(dist, &name)?;
            continue;
        }
        let asked_for = name == "index.html"
            || page.contains(&format!("/{name}"))
            || (name.ends_with(".woff2") && named_by_style.contains(&name));
        if !asked_for {
            continue;
        }
        let raw = files::read_bytes(&path)?.len();
        let sent = sent(dist, &name)?;
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("wasm") => weight.core += sent,
            Some("woff2") => weight.fonts += sent,
            _ => weight.rest += sent,
        }
        weight.lines.push(format!("{name:40} {:>10} {:>10} sent", ui::size(raw), ui::size(sent)));
    }
    Ok(weight)
}

/// Notes for [`weigh`] what each piece of the app, in this folder, consists of.
pub fn note_pieces(bundle: &mut Bundle, folder: &str, pieces: Pieces) -> Result<()> {
    let addresses = |names: Vec<String>| names.iter().map(|name| format!("{folder}/{name}")).collect();
    let pieces: Pieces = pieces.into_iter().map(|(piece, names)| (piece, addresses(names))).collect();
    bundle.add(PIECES.into(), serde_json::to_vec_pretty(&pieces)?);
    Ok(())
}

fn pieces(dist: &Path) -> Result<BTreeMap<String, usize>> {
    let pieces: serde_json::Value = serde_json::from_str(&files::read(&dist.join(PIECES))?)?;
    let Some(pieces) = pieces.as_object() else { bail!("{PIECES} lists no pieces") };
    let weigh = |addresses: &serde_json::Value| -> Result<usize> {
        let names = addresses.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
        names.map(|name| sent(dist, name.trim_start_matches('/'))).sum()
    };
    pieces.iter().map(|(piece, addresses)| Ok((piece.clone(), weigh(addresses)?))).collect()
}

/// What is sent of a file: as it is compressed, where it is.
fn sent(dist: &Path, name: &str) -> Result<usize> {
    match std::fs::metadata(dist.join(format!("{name}.br"))) {
        Ok(compressed) => Ok(compressed.len() as usize),
        Err(_) => Ok(files::read_bytes(&dist.join(name))?.len()),
    }
}

impl Weight {
    /// The WebAssembly of the heaviest first visit.
    fn wasm(&self) -> usize {
        self.core + self.pieces.values().max().copied().unwrap_or_default()
    }

    pub fn print(&self) {
        for line in &self.lines {
            eprintln!("  {line}");
        }
        for (piece, added) in &self.pieces {
            eprintln!("  pages of {piece:31} {:>21} sent", ui::size(*added));
        }
        eprintln!("  {:40} {:>21} sent where a map is shown", "the map", ui::size(self.map));
        ui::note(format_args!(
            "the heaviest first visit: WebAssembly {} of {}, the rest {} of {}, typefaces {}",
            ui::size(self.wasm()),
            ui::size(WASM_AT_MOST),
            ui::size(self.rest),
            ui::size(REST_AT_MOST),
            ui::size(self.fonts),
        ));
    }

    pub fn within_budget(&self) -> Result<()> {
        if self.map > MAP_AT_MOST {
            bail!("the map weighs {}, and may weigh {}", ui::size(self.map), ui::size(MAP_AT_MOST));
        }
        if self.wasm() > WASM_AT_MOST || self.rest > REST_AT_MOST {
            bail!(
                "a first visit downloads more than it may. `cargo tree -p frontend --target wasm32-unknown-unknown` \
                 shows what the app is made of; heavy pages belong into a piece of their own \
                 (frontend/src/pages.rs)"
            );
        }
        Ok(())
    }
}
