//! Walking folders and remembering what was in them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::secrets;

/// Every file below a folder, in a fixed order; nothing when the folder is not there.
pub fn under(folder: &Path) -> Result<Vec<PathBuf>> {
    under_except(folder, &|_| false)
}

/// Every file below a folder, without the files and folders that `skip` names.
pub fn under_except(folder: &Path, skip: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        collect(folder, skip, &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, skip: &dyn Fn(&Path) -> bool, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if skip(&path) {
            continue;
        }
        if path.is_dir() {
            collect(&path, skip, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// Does the file's name end like this?
pub fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().and_then(|end| end.to_str()).is_some_and(|end| extensions.contains(&end))
}

/// Reads a text, naming the file when that fails.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Reads bytes, naming the file when that fails.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content).with_context(|| format!("{} cannot be written", path.display()))
}

/// Removes a folder that may not be there.
pub fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", folder.display()))
        }
        _ => Ok(()),
    }
}

/// A fingerprint of some bytes.
pub fn digest(content: &[u8]) -> String {
    secrets::hex(&Sha256::digest(content))
}

/// A fingerprint of files: their names and what is in them.
pub fn digest_of_files<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Result<String> {
    let mut all = Sha256::new();
    for path in paths {
        all.update(path.as_os_str().as_encoded_bytes());
        all.update([0]);
        all.update(Sha256::digest(read_bytes(path)?));
    }
    Ok(secrets::hex(&all.finalize()))
}
