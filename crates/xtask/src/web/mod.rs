//! Builds the browser app: `frontend/` in, `frontend/dist` out, ready to be served by anything that serves files.

mod app;
mod bundle;
mod compress;
mod csp;
mod map;
mod pieces;
mod style;
pub mod weight;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context as _, Result, bail};

use crate::{
    files, project,
    setup::{node, wasm},
    ui,
};
use bundle::Bundle;

/// What the build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be served: small and precompressed.
    Serve,
    /// To be looked at while it is being written: built fast.
    Develop,
}

/// Everything the app is made from, below the checkout's root.
const SOURCES: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "crates/contract",
    "crates/contract-macros",
    "crates/domain",
    "crates/xtask/src/web",
    "frontend",
];

/// Folders in `frontend` that the app is not made from.
const NOT_SOURCES: &[&str] = &["dist", "e2e", "node_modules"];

/// Where the finished app is.
pub fn dist() -> PathBuf {
    project::path("frontend/dist")
}

/// Builds the app, unless it is already built from what is here now.
pub fn build(purpose: Purpose) -> Result<()> {
    let begun = Instant::now();
    if !project::path("frontend/index.html").exists() {
        ui::note("the browser app: none yet (there is no frontend/index.html)");
        return Ok(());
    }
    let _lock = project::only_one("web")?;
    let stamp = project::local("web-built-from")?;
    let sources = format!("{purpose:?} {}", files::digest_of_files(&sources()?)?);
    if dist().join("index.html").exists() && fs::read_to_string(&stamp).is_ok_and(|built| built == sources) {
        ui::done("the browser app is up to date");
        return Ok(());
    }
    let compiler = wasm::compiler()?;
    let modules = node::modules()?;
    let app = app::build(&compiler, &modules, purpose)?;
    let mut bundle = assemble(app, &modules)?;
    if purpose == Purpose::Serve {
        compress::add_compressed(&mut bundle)?;
    }
    replace_dist(&bundle)?;
    files::write(&stamp, sources)?;
    ui::done(format_args!("the browser app is built ({})", ui::time(begun.elapsed())));
    Ok(())
}

/// Every file the app is made from.
pub fn sources() -> Result<Vec<PathBuf>> {
    let frontend = project::path("frontend");
    let mut sources = Vec::new();
    for source in SOURCES.iter().map(|source| project::path(source)) {
        if source.is_file() {
            sources.push(source);
        } else {
            let made = |path: &Path| NOT_SOURCES.iter().any(|not| path.starts_with(frontend.join(not)));
            sources.extend(files::under_except(&source, &made)?);
        }
    }
    Ok(sources)
}

/// Gives everything its name and fills the names into the page.
fn assemble(app: app::App, modules: &Path) -> Result<Bundle> {
    let frontend = project::path("frontend");
    let mut bundle = Bundle::default();

    let fonts = style::fonts(&mut bundle, modules)?;
    bundle.add_folder(&frontend.join("public"))?;
    let folder = bundle.add_hashed_folder("app", app.files);
    let (wasm, script) = (format!("{folder}/{}", app::CORE), format!("{folder}/{}", app::SCRIPT));
    weight::note_pieces(&mut bundle, &folder, app.pieces)?;
    let map = map::add(&mut bundle, &frontend, modules)?;
    let sheet = bundle.with_hashed_names(&style::sheet(&frontend, &fonts)?);
    let style = bundle.add_hashed("style.css", sheet.into_bytes());

    let page = files::read(&frontend.join("index.html"))?
        .replace("{{style}}", &style)
        .replace("{{script}}", &script)
        .replace("{{wasm}}", &wasm)
        .replace("{{map}}", &map)
        .replace("{{fonts}}", &style::preload(&fonts));
    if let Some(at) = page.find("{{") {
        let rest: String = page[at..].chars().take(30).collect();
        bail!("frontend/index.html has a place-holder that nothing fills: {rest}");
    }
    let page = bundle.with_hashed_names(&page);
    bundle.add("csp.json".into(), csp::of(&page)?.into_bytes());
    bundle.add("index.html".into(), page.into_bytes());
    Ok(bundle)
}

/// Puts the new app in the old one's place in one move, so that nobody is served half of each.
fn replace_dist(bundle: &Bundle) -> Result<()> {
    let (dist, fresh) = (dist(), project::path("frontend/dist.new"));
    files::remove_folder(&fresh)?;
    for (path, content) in bundle.files() {
        files::write(&fresh.join(path), content)?;
    }
    files::remove_folder(&dist)?;
    fs::rename(&fresh, &dist).context("frontend/dist could not be replaced")
}
