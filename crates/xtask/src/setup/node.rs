//! Node.js, and what the browser app takes from npm.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use super::packages::{self, Packages};
use crate::{environment, files, project, run, ui};

/// The oldest release the browser tests run on.
const OLDEST: u32 = 20;

/// What npm brings when the machine's own Node.js is too old.
const NEWER: &str = "node@22";

const PACKAGES: Packages = Packages { apt: &["nodejs", "npm"], brew: &["node"] };

/// Node.js, new enough.
pub fn node() -> Result<PathBuf> {
    if let Some(node) = environment::which("node").filter(is_new_enough) {
        return Ok(node);
    }
    let own = project::local("tools/node")?;
    let node = own.join("node_modules/.bin/node");
    if is_new_enough(&node) {
        return Ok(node);
    }
    let npm = npm()?;
    // Installing npm may have brought a Node.js that is new enough.
    if let Some(node) = environment::which("node").filter(is_new_enough) {
        return Ok(node);
    }
    ui::start(format_args!("getting Node.js {OLDEST} or newer into {}", project::short(&own)));
    fs::create_dir_all(&own)?;
    install(npm, &own, NEWER)?;
    Ok(node)
}

/// Installs a package from npm into a folder of its own.
pub fn install(mut npm: Command, folder: &Path, package: &str) -> Result<()> {
    run::logged(npm.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(folder).arg(package), "npm")
        .with_context(|| format!("npm could not get {package}"))
}

/// npm, whatever its Node.js.
pub fn npm() -> Result<Command> {
    if environment::which("npm").is_none() {
        packages::install("Node.js with npm", &PACKAGES)?;
    }
    Ok(run::command("npm"))
}

/// Brings `frontend/node_modules` up to the lock file.
pub fn modules() -> Result<PathBuf> {
    let modules = project::path("frontend/node_modules");
    let stamp = modules.join(".lock-digest");
    let lock = files::digest(&files::read_bytes(&project::path("frontend/package-lock.json"))?);
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(modules);
    }
    ui::start("getting the browser app's packages from npm");
    run::logged(npm()?.current_dir(project::path("frontend")).args(["ci", "--no-audit", "--no-fund"]), "npm")
        .context("npm could not get the packages in frontend/package-lock.json")?;
    files::write(&stamp, lock)?;
    Ok(modules)
}

fn is_new_enough(node: &PathBuf) -> bool {
    let version = run::output(run::command(node).arg("--version")).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    major.is_some_and(|major: u32| major >= OLDEST)
}
