//! How much a first visit downloads, and how much it may.

use std::path::Path;

use anyhow::{Result, bail};

use crate::{files, ui};

/// The WebAssembly, compressed.
const WASM_AT_MOST: usize = 470_000;

/// All else a first visit needs, compressed; typefaces are shown but not counted.
const REST_AT_MOST: usize = 100_000;

/// What the app weighs.
pub struct Weight {
    wasm: usize,
    rest: usize,
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
    let mut weight = Weight { wasm: 0, rest: 0, fonts: 0, lines: Vec::new() };
    for path in files::under(dist)? {
        let name = path.strip_prefix(dist)?.display().to_string();
        let asked_for = name == "index.html"
            || page.contains(&format!("/{name}"))
            || (name.ends_with(".woff2") && named_by_style.contains(&name));
        if !asked_for || files::has_extension(&path, &["br", "gz"]) {
            continue;
        }
        let raw = files::read_bytes(&path)?.len();
        let sent = std::fs::metadata(dist.join(format!("{name}.br"))).map_or(raw, |file| file.len() as usize);
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("wasm") => weight.wasm += sent,
            Some("woff2") => weight.fonts += sent,
            _ => weight.rest += sent,
        }
        weight.lines.push(format!("{name:40} {:>10} {:>10} sent", ui::size(raw), ui::size(sent)));
    }
    Ok(weight)
}

impl Weight {
    pub fn print(&self) {
        for line in &self.lines {
            eprintln!("  {line}");
        }
        ui::note(format_args!(
            "a first visit: WebAssembly {} of {}, the rest {} of {}, typefaces {}",
            ui::size(self.wasm),
            ui::size(WASM_AT_MOST),
            ui::size(self.rest),
            ui::size(REST_AT_MOST),
            ui::size(self.fonts),
        ));
    }

    pub fn within_budget(&self) -> Result<()> {
        if self.wasm > WASM_AT_MOST || self.rest > REST_AT_MOST {
            bail!(
                "a first visit downloads more than it may. `cargo tree -p frontend --target wasm32-unknown-unknown` \
                 shows what the app is made of; heavy things belong behind a dynamic import"
            );
        }
        Ok(())
    }
}
