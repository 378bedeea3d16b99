//! The API's description, which is reviewed like code: written from the handlers, kept in the repository.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::{
    files, project, run,
    server::{self, Profile},
    ui,
};

/// Writes the document anew.
pub fn write() -> Result<()> {
    let document = describe(&server::build(Profile::Dev)?)?;
    files::write(&path(), document)?;
    ui::done("openapi/openapi.json is written");
    Ok(())
}

/// Does the document say what the handlers do?
pub fn check(program: &Path) -> Result<()> {
    if std::fs::read_to_string(path()).unwrap_or_default() == describe(program)? {
        ui::done("openapi/openapi.json says what the handlers do");
        return Ok(());
    }
    bail!(
        "openapi/openapi.json is not what the handlers say. Run `cargo xtask openapi` and look at the difference"
    )
}

fn describe(program: &Path) -> Result<String> {
    let document = run::output(run::command(program).arg("openapi"))?;
    Ok(format!("{}\n", document.trim_end()))
}

fn path() -> PathBuf {
    project::path("openapi/openapi.json")
}
