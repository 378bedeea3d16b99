//! The WebAssembly of the app and the JavaScript that starts it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::Purpose;
use crate::{
    environment, files, project, run,
    setup::{
        node,
        wasm::{Compiler, TARGET},
    },
    ui,
};

/// Views of one type instead of a type for each: they compile faster, and the app is a sixth smaller.
const ERASED: &str = "--cfg=erase_components";

/// What comes out of the compiler.
pub struct App {
    pub wasm: Vec<u8>,
    pub script: String,
    /// Pieces of JavaScript that crates bring along, by their path beside the script.
    pub snippets: Vec<(String, Vec<u8>)>,
}

pub fn build(compiler: &Compiler, modules: &Path, purpose: Purpose) -> Result<App> {
    // A folder of its own: another compiler would throw away what this one built.
    let target = project::target()?.join("wasm");
    let profile = match purpose {
        Purpose::Serve => "web",
        Purpose::Develop => "web-dev",
    };
    run::visible(
        compiler
            .cargo(&[ERASED])
            .args([
                "build",
                "--package",
                "frontend",
                "--target",
                TARGET,
                "--profile",
                profile,
                "--target-dir",
            ])
            .arg(&target),
    )
    .context("the browser app does not compile")?;

    let out = target.join("bindgen").join(profile);
    files::remove_folder(&out)?;
    Bindgen::new()
        .input_path(target.join(TARGET).join(profile).join("frontend.wasm"))
        .out_name("app")
        .web(true)?
        .typescript(false)
        // The page names the file, hash and all.
        .omit_default_module_path(true)
        .generate(&out)
        .context("the app's JavaScript could not be written")?;

    let wasm = out.join("app_bg.wasm");
    if purpose == Purpose::Serve {
        optimise(&wasm, modules)?;
    }
    Ok(App {
        wasm: files::read_bytes(&wasm)?,
        script: files::read(&out.join("app.js"))?,
        snippets: snippets(&out)?,
    })
}

fn optimise(wasm: &Path, modules: &Path) -> Result<()> {
    let script = modules.join(".bin/wasm-opt");
    let mut wasm_opt = if script.exists() {
        let mut node = run::command(node::node()?);
        node.arg(script);
        node
    } else if let Some(program) = environment::which("wasm-opt") {
        run::command(program)
    } else {
        ui::note("wasm-opt is not here: the app works, but is larger than it could be");
        return Ok(());
    };
    ui::start("making the WebAssembly small");
    let small = wasm.with_extension("small.wasm");
    run::logged(wasm_opt.arg(wasm).arg("-o").arg(&small).arg("-Oz"), "wasm-opt")?;
    fs::rename(small, wasm)?;
    Ok(())
}

fn snippets(out: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let relative = |path: &PathBuf| path.strip_prefix(out).map(|path| path.to_string_lossy().into_owned());
    files::under(&out.join("snippets"))?
        .iter()
        .map(|path| Ok((relative(path)?, files::read_bytes(path)?)))
        .collect()
}
