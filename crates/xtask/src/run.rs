//! Running other programs.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};

use crate::{environment, project};

/// How many lines of a failed program's log are worth showing at once.
const TAIL: usize = 40;

/// A program to be run from the checkout's root.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project::root()).stdin(Stdio::null());
    command
}

/// The cargo that started us.
pub fn cargo() -> Command {
    command(environment::cargo())
}

/// Runs a program whose output the reader wants to see as it comes.
pub fn visible(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| not_started(command, error))?;
    if !status.success() {
        bail!("`{}` failed ({status})", spelled(command));
    }
    Ok(())
}

/// Runs a program whose output goes to a log, the end of which is shown when it fails.
pub fn logged(command: &mut Command, name: &str) -> Result<()> {
    let outcome = attempted(command, name);
    if outcome.is_err() {
        show_tail(&log_file(name)?);
    }
    outcome
}

/// Like [`logged`], for what may fail because there is another way.
pub fn attempted(command: &mut Command, name: &str) -> Result<()> {
    let log = log_file(name)?;
    let out = File::create(&log)?;
    command.stdout(out.try_clone()?).stderr(out);
    let status = command.status().map_err(|error| not_started(command, error))?;
    if !status.success() {
        bail!("`{}` failed ({status}); all it said is in {}", spelled(command), project::short(&log));
    }
    Ok(())
}

/// Runs a program for what it prints.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|error| not_started(command, error))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}): {}", spelled(command), output.status, said.trim());
    }
    String::from_utf8(output.stdout).context("a program printed something that is not text")
}

/// Does the program run and say that all is well?
pub fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The file that holds what a program said.
pub fn log_file(name: &str) -> Result<PathBuf> {
    let folder = project::local("log")?;
    fs::create_dir_all(&folder)?;
    Ok(folder.join(format!("{name}.log")))
}

/// Shows the last lines of a log.
pub fn show_tail(log: &Path) {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<_> = text.lines().collect();
    eprintln!("  the end of {}:", project::short(log));
    for line in &lines[lines.len().saturating_sub(TAIL)..] {
        eprintln!("  | {line}");
    }
}

fn not_started(command: &Command, error: io::Error) -> anyhow::Error {
    let program = command.get_program().display();
    match error.kind() {
        io::ErrorKind::NotFound => anyhow::anyhow!("`{program}` is not installed"),
        _ => anyhow::anyhow!("`{program}` could not be started: {error}"),
    }
}

fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut spelled = program.display().to_string();
    for argument in command.get_args() {
        spelled.push(' ');
        spelled.push_str(&argument.to_string_lossy());
    }
    spelled
}
