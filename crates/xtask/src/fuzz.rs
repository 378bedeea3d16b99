//! The API called with everything that its document allows and much that it does not, by Schemathesis: does it answer as the
//! document says? Too long for `test`.

use std::{
    fs,
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use serde_json::Value;
use signal_hook::consts::SIGINT;

use crate::{
    files, openapi,
    postgres::{Cluster, Running},
    project, run,
    server::{self, Profile, Server},
    setup::{self, schemathesis},
    ui::{self, Steps},
    up,
};

/// How many cases Schemathesis makes of each operation, beside the many that it makes of every document.
const CASES_EACH_MIN: u64 = 10;

#[derive(Args)]
pub struct Options {
    /// How many calls to make at least, as each of them
    #[arg(long, default_value_t = 3000)]
    cases: u64,
    /// As whom to call; default: one after the other
    #[arg(long = "as", value_enum)]
    caller: Option<Caller>,
}

/// Who calls: somebody who may do little, and somebody who may do much.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Caller {
    Resident,
    Manager,
}

impl Caller {
    fn as_str(self) -> &'static str {
        match self {
            Caller::Resident => "resident",
            Caller::Manager => "manager",
        }
    }
}

pub fn fuzz(options: &Options) -> Result<()> {
    // The throw-away cluster is that of the tests.
    let _lock = project::only_one("test")?;
    signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false)))?;
    let mut steps = Steps::begin();
    let outcome = all(options, &mut steps);
    if let Err(error) = outcome {
        ui::failure(&error);
    }
    steps.finish()?;
    ui::done("the API answers as its document says");
    Ok(())
}

fn all(options: &Options, steps: &mut Steps) -> Result<()> {
    let program = steps.need("set-up", || {
        setup::postgres::programs(None)?;
        schemathesis::program()
    })?;
    let server = steps.need("server", || server::build(Profile::Dev))?;
    steps.check("OpenAPI document", || openapi::check(&server));
    let cluster = Cluster::throw_away()?;
    cluster.delete()?;
    let running = steps.need("throw-away PostgreSQL", || cluster.start())?;
    let callers = options.caller.map_or(vec![Caller::Resident, Caller::Manager], |caller| vec![caller]);
    for caller in callers {
        steps.check(caller.as_str(), || fuzz_as(caller, options.cases, &program, server.clone(), &running));
    }
    cluster.delete()
}

/// Against a server of its own, with the demo's data.
fn fuzz_as(caller: Caller, cases: u64, program: &Path, server: PathBuf, postgres: &Running) -> Result<()> {
    let folder = project::local("fuzz")?;
    files::remove_folder(&folder)?;
    fs::create_dir_all(&folder)?;
    let server = Server {
        program: server,
        database_url: postgres.url(&format!("fuzz_{}", caller.as_str())),
        address: server::free_port(IpAddr::from(Ipv4Addr::LOCALHOST))?,
        data: folder.join("data"),
        log: "fuzz-server",
        // The calls say that they come from everywhere, because guesses at passwords are counted by address.
        tiles: None,
        proxies: "127.0.0.1",
    };
    server.prepare_database()?;
    let mut child = server.start()?;
    let report = folder.join("report.json");
    let outcome = run::visible(
        run::command(program)
            // It leaves notes of its own where it runs.
            .current_dir(&folder)
            .arg("--config-file")
            .arg(project::path("fuzz/schemathesis.toml"))
            .arg("run")
            .arg(format!("{}/openapi.json", server.url()))
            .args(["--checks", "all", "--report", "json", "--max-examples"])
            .arg(each(cases)?.to_string())
            .arg("--report-json-path")
            .arg(&report)
            .env("PYTHONPATH", project::path("fuzz"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("KOMMUNITY_FUZZ_URL", server.url())
            .env("KOMMUNITY_FUZZ_EMAIL", format!("{}@demo.test", caller.as_str())),
    );
    up::stop(&mut child)?;
    let report = files::read(&report).context("Schemathesis has not come to its end")?;
    let report = serde_json::from_str(&report).context("Schemathesis reported in an unknown way")?;
    let made = summarise(caller, &report);
    outcome?;
    if made < cases {
        bail!("only {made} calls were made: ask for more with --cases");
    }
    Ok(())
}

/// How many cases to ask for of each operation.
fn each(cases: u64) -> Result<u64> {
    let document: Value = serde_json::from_str(&files::read(&project::path("openapi/openapi.json"))?)?;
    let paths = document["paths"].as_object().into_iter().flat_map(|paths| paths.values());
    let operations: usize = paths.filter_map(Value::as_object).map(serde_json::Map::len).sum();
    Ok(cases.div_ceil(u64::try_from(operations.max(1))?).max(CASES_EACH_MIN))
}

/// Says how many calls were made and what they found; answers how many there were.
fn summarise(caller: Caller, report: &Value) -> u64 {
    let made = report["test_cases"]["generated"].as_u64().unwrap_or_default();
    let found = report["failures"].as_array().into_iter().flatten();
    let found: Vec<String> = found
        .map(|one| format!("{} {}", one["count"], one["title"].as_str().unwrap_or("without a name")))
        .collect();
    let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
    ui::note(format_args!("{}: {made} calls; {found}", caller.as_str()));
    made
}
