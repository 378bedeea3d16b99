//! A Rust compiler that can build for the browser.
//!
//! Where rustup can add the target, that is all. Where it cannot (no way to its server), Debian's compiler for web
//! browsers comes with the standard library's source; we build that once into the project's tools folder, so that
//! nothing below `/usr` changes but by apt.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};

use super::packages::{self, Packages};
use crate::{environment, files, project, run, ui};

pub const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";

const DEBIAN: Packages =
    Packages { apt: &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"], brew: &[] };

/// A compiler that knows [`TARGET`].
pub enum Compiler {
    /// The one that builds everything else.
    Default,
    /// Debian's, with a standard library of our own making.
    Debian { sysroot: PathBuf },
}

impl Compiler {
    /// A cargo that builds with this compiler; `flags` are for rustc.
    pub fn cargo(&self, flags: &[&str]) -> Command {
        let mut flags: Vec<_> = flags.iter().map(ToString::to_string).collect();
        let mut cargo = match self {
            Self::Default => run::cargo(),
            Self::Debian { sysroot } => {
                flags.push(format!("--sysroot={}", sysroot.display()));
                debian_cargo()
            }
        };
        if !flags.is_empty() {
            // Encoded, because a path may have spaces.
            cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
        }
        cargo
    }
}

/// Finds a compiler for the browser, or makes one.
pub fn compiler() -> Result<Compiler> {
    if has_target("rustc") {
        return Ok(Compiler::Default);
    }
    let sysroot = project::local("tools/wasm-sysroot")?;
    if Path::new(DEBIAN_RUSTC).exists() && sysroot_is_current(&sysroot) {
        return Ok(Compiler::Debian { sysroot });
    }
    if environment::which("rustup").is_some() {
        ui::start("adding the browser target to the Rust toolchain");
        // A failure only means that there is no way to the server from here.
        let added = run::attempted(run::command("rustup").args(["target", "add", TARGET]), "rustup");
        if added.is_ok() && has_target("rustc") {
            return Ok(Compiler::Default);
        }
        ui::note("rustup cannot reach its server; building the target with Debian's compiler instead");
    }
    if !Path::new(DEBIAN_RUSTC).exists() || library_source().is_err() {
        packages::install("a Rust compiler for the browser", &DEBIAN).context(
            "there is no compiler for the browser; `rustup target add wasm32-unknown-unknown` gives you one",
        )?;
    }
    build_sysroot(&sysroot)?;
    Ok(Compiler::Debian { sysroot })
}

fn has_target(rustc: &str) -> bool {
    let libraries = run::output(run::command(rustc).args(["--print", "target-libdir", "--target", TARGET]));
    libraries.is_ok_and(|folder| has_core(Path::new(folder.trim())))
}

fn has_core(libraries: &Path) -> bool {
    files::under(libraries).is_ok_and(|found| {
        found
            .iter()
            .any(|file| file.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"libcore-")))
    })
}

/// The library is of use only to the compiler that built it.
fn sysroot_is_current(sysroot: &Path) -> bool {
    let version = run::output(run::command(DEBIAN_RUSTC).arg("-vV"));
    let built_by = fs::read_to_string(sysroot.join("built-by"));
    version.is_ok_and(|version| built_by.is_ok_and(|built_by| built_by == version))
}

fn library_source() -> Result<PathBuf> {
    let sysroot = run::output(run::command(DEBIAN_RUSTC).args(["--print", "sysroot"]))?;
    let source = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library");
    if !source.exists() {
        bail!("the standard library's source is not in {}", source.display());
    }
    Ok(source)
}

fn build_sysroot(sysroot: &Path) -> Result<()> {
    ui::start("building the standard library for the browser (half a minute, once)");
    let scratch = project::target()?.join("wasm-sysroot");
    files::remove_folder(&scratch)?;
    files::write(
        &scratch.join("Cargo.toml"),
        "[package]\nname = \"sysroot\"\nedition = \"2024\"\n\n[workspace]\n\n[profile.release]\npanic = \"abort\"\n",
    )?;
    files::write(&scratch.join("src/lib.rs"), "")?;
    run::logged(
        debian_cargo()
            .current_dir(&scratch)
            .env("RUSTC_BOOTSTRAP", "1")
            // Without bitcode in it, the library takes no part in link-time optimisation.
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .args(["build", "--release", "--target", TARGET, "--target-dir", "target"])
            .arg("-Zbuild-std=std,panic_abort,panic_unwind,proc_macro"),
        "wasm-sysroot",
    )?;
    files::remove_folder(sysroot)?;
    let libraries = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&libraries)?;
    for file in files::under(&scratch.join("target").join(TARGET).join("release/deps"))? {
        let Some(name) = file.file_name() else { continue };
        let is_ours = name.as_encoded_bytes().starts_with(b"libsysroot-");
        if files::has_extension(&file, &["rlib"]) && !is_ours {
            fs::copy(&file, libraries.join(name))?;
        }
    }
    files::write(&sysroot.join("built-by"), run::output(run::command(DEBIAN_RUSTC).arg("-vV"))?)?;
    files::remove_folder(&scratch)
}

/// Debian's cargo with Debian's compiler, whatever toolchain runs us.
fn debian_cargo() -> Command {
    let mut cargo = run::command(DEBIAN_CARGO);
    cargo.env("RUSTC", DEBIAN_RUSTC);
    // What rustup and cargo set for us belongs to the other toolchain.
    for name in
        ["LD_LIBRARY_PATH", "RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTFLAGS"]
    {
        cargo.env_remove(name);
    }
    cargo
}
