//! Schemathesis, a program in Python, in an environment of its own.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, bail};

use super::packages::{self, Packages};
use crate::{environment, files, project, run, ui};

/// The oldest Python that Schemathesis runs on.
const OLDEST: &str = "3.10";

const PACKAGES: Packages = Packages { apt: &["python3", "python3-venv"], brew: &["python"] };

/// The program, of the version in `fuzz/requirements.txt`.
pub fn program() -> Result<PathBuf> {
    let wanted = project::path("fuzz/requirements.txt");
    let digest = files::digest(&files::read_bytes(&wanted)?);
    let own = project::local("tools/schemathesis")?;
    let (program, stamp) = (own.join("bin/schemathesis"), own.join(".requirements-digest"));
    if environment::is_program(&program) && fs::read_to_string(&stamp).is_ok_and(|had| had == digest) {
        return Ok(program);
    }
    files::remove_folder(&own)?;
    if make(&own).is_err() {
        packages::install("Python with venv", &PACKAGES).and_then(|()| make(&own)).with_context(|| {
            format!(
                "there is no Python {OLDEST} or newer here that can make an environment of its own: install python3 and its \
                 module venv (Debian and Ubuntu have it in the package python3-venv), and run the command again"
            )
        })?;
    }
    ui::start(format_args!("getting Schemathesis from PyPI into {}", project::short(&own)));
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    run::logged(run::command(own.join("bin/python")).args(pip).arg(&wanted), "pip")
        .context("pip could not get what is in fuzz/requirements.txt")?;
    files::write(&stamp, digest)?;
    Ok(program)
}

fn make(own: &PathBuf) -> Result<()> {
    let Some(python) = environment::which("python3") else { bail!("python3 is not installed") };
    let new_enough = format!("import sys; sys.exit(sys.version_info < ({}))", OLDEST.replace('.', ", "));
    if !run::succeeds(run::command(&python).args(["-c", &new_enough])) {
        bail!("python3 is older than {OLDEST}");
    }
    run::attempted(run::command(python).args(["-m", "venv"]).arg(own), "venv")
}
