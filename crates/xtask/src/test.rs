//! Everything that must hold before a change lands: the same here and on the machine that checks.

use std::{
    fs,
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    process::Command,
    sync::{Arc, atomic::AtomicBool},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use signal_hook::consts::SIGINT;

use crate::{
    environment, files, openapi,
    postgres::{Cluster, Running},
    project, run,
    server::{self, Server},
    setup::{self, chromium, node, wasm},
    tidy,
    ui::{self, Steps},
    up, web,
};

/// Built alone, because the crates that are served share their dependencies only among themselves.
const APART: [&str; 4] = ["--exclude", "frontend", "--exclude", "xtask"];

#[derive(Args)]
pub struct Options {
    /// Leave out clippy and the browser
    #[arg(long)]
    fast: bool,
    /// After a failure, leave the tests' PostgreSQL running for a look
    #[arg(long)]
    keep: bool,
}

pub fn test(options: &Options) -> Result<()> {
    let _lock = project::only_one("test")?;
    // Ctrl-C ends the program that runs just now; we then clean up as after any failure.
    signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false)))?;
    let mut steps = Steps::begin();
    if let Err(error) = all(options, &mut steps) {
        ui::failure(&error);
    }
    steps.finish()?;
    ui::done("everything holds");
    Ok(())
}

fn all(options: &Options, steps: &mut Steps) -> Result<()> {
    steps.need("set-up", || {
        setup::postgres::programs(None)?;
        wasm::compiler()?;
        node::modules()?;
        if !options.fast {
            chromium::chromium()?;
        }
        Ok(())
    })?;
    steps.check("formatting", || {
        run::visible(run::cargo().args(["fmt", "--all", "--check"]))
            .context("`cargo fmt --all` mends the formatting")
    });
    steps.check("tidy", tidy::check);
    if environment::which("cargo-deny").is_some() {
        steps.check("licences and sources", || {
            run::visible(run::cargo().args(["deny", "--offline", "check", "bans", "licenses", "sources"]))
        });
    }
    if !options.fast {
        steps.check("clippy", clippy);
    }
    steps.need("browser app", || web::build(web::Purpose::Serve))?;
    if web::dist().exists() {
        steps.check("weight", || {
            let weight = web::weight::weigh(&web::dist())?;
            weight.print();
            weight.within_budget()
        });
    }
    run_tests(options, steps)
}

fn clippy() -> Result<()> {
    let strict = ["--", "-D", "warnings"];
    run::visible(
        run::cargo().args(["clippy", "--workspace", "--exclude", "frontend", "--all-targets"]).args(strict),
    )?;
    match wasm::compiler()? {
        compiler @ wasm::Compiler::Default => run::visible(
            compiler
                .cargo(&[])
                .args(["clippy", "--package", "frontend", "--target", wasm::TARGET, "--target-dir"])
                .arg(project::target()?.join("wasm"))
                .args(strict),
        ),
        wasm::Compiler::Debian { .. } => {
            ui::note("no clippy for the browser app: Debian's compiler comes without it");
            Ok(())
        }
    }
}

/// What needs a database: a cluster that is made for this run and gone after it.
fn run_tests(options: &Options, steps: &mut Steps) -> Result<()> {
    let cluster = Cluster::throw_away()?;
    cluster.delete()?;
    let running = steps.need("throw-away PostgreSQL", || cluster.start())?;
    let outcome = in_cluster(options, steps, &running);
    if outcome.is_err() || steps.failed() {
        let log = run::log_file("test-postgres")?;
        fs::copy(cluster.log(), &log)?;
        ui::note(format_args!("what PostgreSQL said is in {}", project::short(&log)));
        if options.keep {
            ui::note(format_args!("it runs on at {}; `cargo xtask down` ends it", running.url("postgres")));
            return outcome;
        }
    }
    cluster.delete()?;
    outcome
}

fn in_cluster(options: &Options, steps: &mut Steps, postgres: &Running) -> Result<()> {
    let tests = |packages: &[&str]| {
        let mut cargo = cargo_test();
        cargo
            .args(packages)
            .arg("--no-fail-fast")
            .env("KOMMUNITY_TEST_DATABASE_URL", postgres.url("postgres"));
        cargo
    };
    let served = [["--workspace"].as_slice(), &APART].concat();
    steps.need("building the tests", || run::visible(cargo_test().args(&served).arg("--no-run")))?;
    steps.check("tests", || run::visible(&mut tests(&served)));
    steps.check("the browser app's own tests", || run::visible(&mut tests(&["--package", "frontend"])));
    steps.check("this program's own tests", || run::visible(&mut tests(&["--package", "xtask"])));
    // Cargo has built the server for the tests; building it alone would build its libraries again.
    let program = project::target()?.join("debug/kommunity");
    steps.check("OpenAPI document", || openapi::check(&program));
    if !options.fast {
        steps.check("browser tests", || browser_tests(program, postgres));
    }
    Ok(())
}

/// With nextest where it is installed: it runs the tests of all crates at once.
fn cargo_test() -> Command {
    let mut cargo = run::cargo();
    if environment::which("cargo-nextest").is_some() {
        cargo.args(["nextest", "run"]);
    } else {
        cargo.arg("test");
    }
    cargo
}

/// Against a server of their own, with the demo's data.
fn browser_tests(program: PathBuf, postgres: &Running) -> Result<()> {
    let folder = project::path("frontend/e2e");
    if !folder.exists() {
        ui::note("browser tests: none yet");
        return Ok(());
    }
    let is_test =
        |path: &&PathBuf| [".test.js", ".test.mjs"].iter().any(|end| path.to_string_lossy().ends_with(end));
    let tests: Vec<_> = files::under(&folder)?.into_iter().filter(|path| is_test(&path)).collect();
    if tests.is_empty() {
        bail!("frontend/e2e has no file whose name ends in .test.js or .test.mjs");
    }
    let data = project::local("test-data")?;
    files::remove_folder(&data)?;
    let server = Server {
        program,
        database_url: postgres.url("browser_tests"),
        address: server::free_port(IpAddr::from(Ipv4Addr::LOCALHOST))?,
        data,
        log: "browser-tests-server",
        // Nobody's: a test that shows a map draws the pictures itself.
        tiles: Some("https://tiles.test/{z}/{x}/{y}.png"),
        proxies: "",
    };
    server.prepare_database()?;
    let mut child = server.start()?;
    let outcome = run::visible(
        run::command(node::node()?)
            .args(["--test", "--test-reporter=spec"])
            .args(tests)
            .env("BASE_URL", server.url())
            .env("CHROMIUM", chromium::chromium()?)
            .env("SCREENSHOTS", folder.join("screenshots"))
            .env("MAIL_DIR", server.data.join("mail")),
    );
    up::stop(&mut child)?;
    if outcome.is_err() {
        run::show_tail(&run::log_file(server.log)?);
    }
    outcome
}
