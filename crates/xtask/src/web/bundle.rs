//! The finished files and their names.
//!
//! What is under `assets/` carries a hash of its content in its name, so that browsers may keep it for ever.

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;

use crate::files;

/// Texts that may name a file under `assets/`.
const NAMING: &[&str] = &["html", "css", "js", "json", "svg", "txt", "webmanifest"];

/// Long enough that two files never share it, short enough to read.
const HASH: usize = 10;

#[derive(Default)]
pub struct Bundle {
    files: BTreeMap<String, Vec<u8>>,
    /// Addresses as the sources spell them, and what they became.
    renamed: Vec<(String, String)>,
}

impl Bundle {
    /// Adds a file under the name it has.
    pub fn add(&mut self, path: String, content: Vec<u8>) {
        self.files.insert(path, content);
    }

    /// Adds a file under `assets/` and gives its address.
    pub fn add_hashed(&mut self, name: &str, content: Vec<u8>) -> String {
        let hash = &files::digest(&content)[..HASH];
        let hashed = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("assets/{stem}-{hash}.{extension}"),
            None => format!("assets/{name}-{hash}"),
        };
        let address = format!("/{hashed}");
        self.renamed.push((format!("/assets/{name}"), address.clone()));
        self.files.insert(hashed, content);
        address
    }

    /// Adds files that name each other, in a folder under `assets/` whose name carries the hash of them all, and gives
    /// the folder's address.
    pub fn add_hashed_folder(&mut self, name: &str, content: BTreeMap<String, Vec<u8>>) -> String {
        let digests: String =
            content.iter().map(|(path, file)| format!("{path} {}\n", files::digest(file))).collect();
        let folder = format!("assets/{name}-{}", &files::digest(digests.as_bytes())[..HASH]);
        self.files.extend(content.into_iter().map(|(path, file)| (format!("{folder}/{path}"), file)));
        format!("/{folder}")
    }

    /// Adds a folder of files that need no making, the hashed ones first because the others may name them.
    pub fn add_folder(&mut self, folder: &Path) -> Result<()> {
        let assets = folder.join("assets");
        for path in files::under(&assets)? {
            let name = path.strip_prefix(&assets)?.to_string_lossy().into_owned();
            self.add_hashed(&name, files::read_bytes(&path)?);
        }
        for path in files::under_except(folder, &|path| path == assets)? {
            let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
            let content = if files::has_extension(&path, NAMING) {
                self.with_hashed_names(&files::read(&path)?).into_bytes()
            } else {
                files::read_bytes(&path)?
            };
            self.add(name, content);
        }
        Ok(())
    }

    /// A text with every address under `assets/` replaced by the one that carries a hash.
    pub fn with_hashed_names(&self, text: &str) -> String {
        self.renamed.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, content)| (path.as_str(), content.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_is_in_the_file_and_others_find_it_by_the_old_one() {
        let mut bundle = Bundle::default();
        let address = bundle.add_hashed("boot.js", b"one".to_vec());
        assert_eq!(address, "/assets/boot-7692c3ad35.js");
        assert_eq!(
            bundle.with_hashed_names(r#"<script src="/assets/boot.js">"#),
            format!(r#"<script src="{address}">"#)
        );
        assert_ne!(address, Bundle::default().add_hashed("boot.js", b"two".to_vec()));
    }
}
