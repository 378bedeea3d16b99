//! The WebAssembly of the app, in pieces, and the JavaScript that starts it.

use std::{
    collections::BTreeMap,
    fs,
    num::NonZero,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::{
    Purpose,
    pieces::{self, Pieces},
};
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

/// Tells the linker to leave in what it takes to cut the app into pieces afterwards.
const RELOCATABLE: &str = "-Clink-arg=--emit-relocs";

/// What comes out of the compiler: the files of the app, which name each other and so stay side by side.
pub struct App {
    pub files: BTreeMap<String, Vec<u8>>,
    pub pieces: Pieces,
}

/// The script that starts the app.
pub const SCRIPT: &str = "app.js";
/// What every visit needs of the app.
pub const CORE: &str = "app_bg.wasm";
/// Fetches the other pieces when they are wanted.
pub const FETCHER: &str = "pieces.js";

pub fn build(compiler: &Compiler, modules: &Path, purpose: Purpose) -> Result<App> {
    // A folder of its own: another compiler would throw away what this one built.
    let target = project::target()?.join("wasm");
    let profile = match purpose {
        Purpose::Serve => "web",
        Purpose::Develop => "web-dev",
    };
    run::visible(
        compiler
            .cargo(&[ERASED, RELOCATABLE])
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
    let whole = files::read_bytes(&target.join(TARGET).join(profile).join("frontend.wasm"))?;
    let core = target.join("core.wasm");
    let pieces = pieces::split(&whole, &core, &out)?;
    Bindgen::new()
        .input_path(&core)
        .out_name("app")
        .web(true)?
        .typescript(false)
        // The pieces reach the core by these.
        .keep_lld_exports(true)
        // The page names the file, hash and all.
        .omit_default_module_path(true)
        .generate(&out)
        .context("the app's JavaScript could not be written")?;

    let made = files::under(&out)?;
    if purpose == Purpose::Serve {
        ui::start("making the WebAssembly small");
        let wasm: Vec<_> = made.iter().filter(|path| files::has_extension(path, &["wasm"])).collect();
        optimise_all(&wasm, modules)?;
    }
    let files = made
        .iter()
        .map(|path| Ok((path.strip_prefix(&out)?.to_string_lossy().into_owned(), files::read_bytes(path)?)))
        .collect::<Result<_>>()?;
    Ok(App { files, pieces })
}

/// As many at a time as there are processors.
fn optimise_all(wasm: &[&PathBuf], modules: &Path) -> Result<()> {
    let at_once = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        while let Some(one) = wasm.get(next.fetch_add(1, Ordering::Relaxed)) {
            optimise(one, modules)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..at_once).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|one| one.join().map_err(|_| anyhow!("wasm-opt gave up"))?)
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
    let small = wasm.with_extension("small.wasm");
    run::logged(wasm_opt.arg(wasm).arg("-o").arg(&small).arg("-Oz"), "wasm-opt")?;
    fs::rename(small, wasm)?;
    Ok(())
}
