//! Where things are in the checkout.

use std::{
    env,
    fs::{self, File, TryLockError},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{environment, files, run, secrets, ui};

/// The checkout's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map_or_else(PathBuf::new, Path::to_path_buf)
}

/// A path inside the checkout.
pub fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// Where cargo puts what it builds: this very program is in a folder of it.
pub fn target() -> Result<PathBuf> {
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2).context("the task runner does not know where it is")?;
    Ok(target.to_path_buf())
}

/// A path inside `.local`, which holds everything that is made by running: databases, logs, tools, secrets.
pub fn local(relative: &str) -> Result<PathBuf> {
    let local = root().join(".local");
    if !local.exists() {
        fs::create_dir_all(&local).context("the checkout cannot be written to")?;
        fs::set_permissions(&local, fs::Permissions::from_mode(0o755))?;
    }
    Ok(local.join(relative))
}

/// A path that other users of this machine can reach.
///
/// PostgreSQL refuses to run with all rights, so root runs it as somebody else, who cannot enter a checkout in root's
/// private folder. What that user needs is then kept outside the checkout, in a folder that `.local` remembers.
pub fn shared(relative: &str) -> Result<PathBuf> {
    let remembered = local("is-also-in")?;
    if let Ok(outside) = fs::read_to_string(&remembered) {
        return Ok(Path::new(outside.trim()).join(relative));
    }
    let inside = local("")?;
    if !environment::is_root() || inside.ancestors().all(others_may_enter) {
        return Ok(inside.join(relative));
    }
    // Named at random: another checkout at this path, later, must not find this one's data.
    let outside = PathBuf::from(format!("/var/lib/kommunity-{}", &secrets::hex(&secrets::random()?)[..12]));
    fs::create_dir_all(&outside)?;
    fs::set_permissions(&outside, fs::Permissions::from_mode(0o755))?;
    files::write(&remembered, format!("{}\n", outside.display()))?;
    ui::note(format_args!(
        "other users cannot enter this checkout, so PostgreSQL lives in {}",
        outside.display()
    ));
    Ok(outside.join(relative))
}

/// Lets other users read what is in a folder.
pub fn make_readable(folder: &Path) -> Result<()> {
    run::logged(run::command("chmod").args(["-R", "a+rX"]).arg(folder), "chmod")
}

/// Waits until no other command of this checkout does the same.
pub fn only_one(what: &str) -> Result<File> {
    if let Some(lock) = only_one_now(what)? {
        return Ok(lock);
    }
    ui::note(format_args!("waiting for another `cargo xtask` that works on the same ({what})"));
    let lock = lock_file(what)?;
    lock.lock()?;
    Ok(lock)
}

/// Like [`only_one`], but nothing when another command is at it.
pub fn only_one_now(what: &str) -> Result<Option<File>> {
    let lock = lock_file(what)?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

fn lock_file(what: &str) -> Result<File> {
    Ok(File::create(local(&format!("{what}.lock"))?)?)
}

/// A path as a person in the checkout would type it.
pub fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn others_may_enter(folder: &Path) -> bool {
    folder.as_os_str().is_empty()
        || folder.metadata().is_ok_and(|found| found.permissions().mode() & 0o001 != 0)
}
