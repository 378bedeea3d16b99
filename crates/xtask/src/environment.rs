//! What the surroundings say: the only reader of environment variables.

use std::{env, ffi::OsString, io::IsTerminal as _, path::PathBuf};

#[expect(clippy::disallowed_methods, reason = "this module is where the task runner reads its environment")]
fn var(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Runs for a machine, not for a person.
pub fn ci() -> bool {
    var("CI").is_some_and(|value| value != "false" && value != "0")
}

/// A person sits at the keyboard and can be asked.
pub fn interactive() -> bool {
    !ci() && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// The cargo that started us, so that its children are of the same version.
pub fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Where the reader says PostgreSQL's programs are.
pub fn pg_bin_dir() -> Option<PathBuf> {
    var("PG_BIN_DIR").map(PathBuf::from)
}

/// Where the reader says the browser is.
pub fn chromium() -> Option<PathBuf> {
    var("CHROMIUM").map(PathBuf::from)
}

/// Finds a program on the search path.
pub fn which(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| is_program(candidate))
}

/// Is this a file that may be run?
pub fn is_program(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

/// Runs with all rights, as in a container.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
