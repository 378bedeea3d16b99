//! Cuts the app into its core and the pieces that are fetched when one of their pages is first wanted.
//!
//! What several pieces share becomes a file for each set of pieces that share it, which are hundreds, nearly all of them
//! tiny. So it is cut twice: what the first cut left in files that are small, or that nearly every page needs, belongs
//! to the core in the second.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context as _, Result, anyhow};
use wasm_encoder::{ExportKind, ExportSection, Module, RawSection};
use wasmparser::{ExternalKind, KnownCustom, Name, Parser, Payload, TypeRef};

use super::app::{FETCHER, SCRIPT};
use crate::files;

/// The WebAssembly files that each piece consists of.
pub type Pieces = BTreeMap<String, Vec<String>>;

/// A shared file with less code than this is not worth a download, in bytes.
const SMALL: usize = 6_000;

/// A shared file that more pieces want than this is wanted by nearly every visit.
const MANY: usize = 6;

/// Cuts the app at the functions that ask for it: its core into a file of its own, the pieces into the folder.
pub fn split(whole: &[u8], core: &Path, folder: &Path) -> Result<Pieces> {
    let first = cut(whole, core, folder)?;
    let mut wanted_by = BTreeMap::<&str, usize>::new();
    for file in first.values().flatten() {
        *wanted_by.entry(file).or_default() += 1;
    }
    let mut in_core = BTreeSet::new();
    for (file, pieces) in wanted_by.into_iter().filter(|(_, pieces)| *pieces > 1) {
        let shared = files::read_bytes(&folder.join(file))?;
        let functions = Functions::of(&shared)?;
        if pieces > MANY || functions.size < SMALL {
            in_core.extend(functions.own().map(str::to_owned));
        }
    }
    files::remove_folder(folder)?;
    cut(&with_exports(whole, &in_core)?, core, folder)
}

fn cut(whole: &[u8], core: &Path, folder: &Path) -> Result<Pieces> {
    let (script, fetcher) = (format!("./{SCRIPT}"), format!("./{FETCHER}"));
    let mut options = wasm_split_cli_support::Options::new(whole);
    options.output_dir = folder;
    options.main_out_path = core;
    options.main_module = &script;
    options.link_name = &fetcher;
    let cut = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("the app could not be cut into pieces: {error:#}"))?;
    let named = |stems: Vec<String>| stems.into_iter().map(|stem| format!("{stem}.wasm")).collect();
    Ok(cut.prefetch_map.into_iter().map(|(piece, stems)| (piece, named(stems))).collect())
}

/// The functions of a module, by their names.
struct Functions<'a> {
    names: Vec<(u32, &'a str)>,
    imported: u32,
    /// Bytes of code.
    size: usize,
}

impl<'a> Functions<'a> {
    fn of(module: &'a [u8]) -> Result<Self> {
        let mut functions = Self { names: Vec::new(), imported: 0, size: 0 };
        for payload in Parser::new(0).parse_all(module) {
            match payload.context("a piece of the app makes no sense")? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        if matches!(import?.ty, TypeRef::Func(_)) {
                            functions.imported += 1;
                        }
                    }
                }
                Payload::CodeSectionStart { size, .. } => functions.size = size as usize,
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(names) = section.as_known() else { continue };
                    for name in names {
                        let Name::Function(names) = name? else { continue };
                        for naming in names {
                            let naming = naming?;
                            functions.names.push((naming.index, naming.name));
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(functions)
    }

    /// Those that the module does not only call.
    fn own(&self) -> impl Iterator<Item = &'a str> {
        self.names.iter().filter(|(index, _)| *index >= self.imported).map(|(_, name)| *name)
    }
}

/// The same module, which lets these functions be called from outside: such functions stay in the core.
fn with_exports(whole: &[u8], names: &BTreeSet<String>) -> Result<Vec<u8>> {
    let functions = Functions::of(whole)?;
    let chosen = functions
        .names
        .iter()
        .filter(|(index, name)| *index >= functions.imported && names.contains(*name))
        .map(|(index, _)| *index);
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(whole) {
        let payload = payload?;
        if let Payload::ExportSection(exports) = payload {
            let mut section = ExportSection::new();
            for export in exports {
                let export = export?;
                let kind = match export.kind {
                    ExternalKind::Func | ExternalKind::FuncExact => ExportKind::Func,
                    ExternalKind::Table => ExportKind::Table,
                    ExternalKind::Memory => ExportKind::Memory,
                    ExternalKind::Global => ExportKind::Global,
                    ExternalKind::Tag => ExportKind::Tag,
                };
                section.export(export.name, kind, export.index);
            }
            for index in chosen.clone() {
                section.export(&format!("core_{index}"), ExportKind::Func, index);
            }
            module.section(&section);
        } else if let Some((id, range)) = payload.as_section() {
            let data = whole.get(usize::try_from(range.start)?..usize::try_from(range.end)?);
            module.section(&RawSection { id, data: data.context("a section ends after the app")? });
        }
    }
    Ok(module.finish())
}
