//! From a bare checkout to a running product, and back.

use std::{
    net::{IpAddr, SocketAddr},
    process::{Child, ExitStatus},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use rustix::process::Signal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::{
    postgres::Cluster,
    process::Process,
    project, run,
    server::{self, Profile, Server},
    setup, ui, web,
};

/// Who can sign in to the demo, and as what.
const ACCOUNTS: [&str; 10] = [
    "resident",
    "pro",
    "dispatcher",
    "supervisor",
    "committee",
    "guard",
    "accountant",
    "manager",
    "admin",
    "operator",
];

const PASSWORD: &str = "demo-password-2026";

#[derive(Args)]
pub struct Options {
    /// The port of the web address
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to listen at; the default is reached from this machine only
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Return when it runs; `cargo xtask down` stops it
    #[arg(long)]
    detach: bool,
    /// Use this PostgreSQL database instead of one of our own
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Build for speed, which takes longer
    #[arg(long)]
    release: bool,
}

/// Sets up what is missing, builds what changed, and starts it.
pub fn up(options: &Options) -> Result<()> {
    let begun = Instant::now();
    let lock = project::only_one("up")?;
    let address = SocketAddr::new(options.host, options.port);
    let ours = server::running()?;
    if ours.as_ref().is_none_or(|ours| ours.address != address) {
        server::must_be_free(address)?;
    }
    // All questions first, so that nobody is asked something after a long build.
    if options.database_url.is_none() {
        setup::postgres::programs(None)?;
    }
    setup::wasm::compiler()?;
    setup::node::modules()?;

    ui::start("building the server (some minutes the first time)");
    let program = server::build(if options.release { Profile::Release } else { Profile::Dev })?;
    ui::start("building the browser app");
    web::build(web::Purpose::Serve)?;

    let cluster = Cluster::durable()?;
    let database_url = match &options.database_url {
        Some(url) => url.clone(),
        None => {
            let running = cluster.start()?;
            ui::done(format_args!("PostgreSQL runs at 127.0.0.1:{}", running.port()));
            running.url("kommunity")
        }
    };
    let server = Server {
        program,
        database_url,
        address,
        data: project::local("data")?,
        log: "server",
        tiles: None,
        proxies: "",
    };
    if let Some(ours) = ours {
        if options.detach && server.is_same_as(&ours)? {
            welcome(&server, begun);
            return Ok(());
        }
        ui::note("stopping the server that ran before");
        server::stop()?;
    }
    server.prepare_database()?;
    ui::done("the database is up to date and has the demo's data");
    let mut child = server.start()?;
    server.record(&child)?;
    drop(lock);
    welcome(&server, begun);
    if options.detach {
        eprintln!("\n  It keeps running; stop it with: cargo xtask down");
        return Ok(());
    }
    eprintln!("\n  Stop it with Ctrl-C.");
    let ended = attend(&mut child)?;
    if !server::forget(&child)? {
        ui::note("another command has stopped it");
        return Ok(());
    }
    if options.database_url.is_none() {
        cluster.stop()?;
    }
    if let Some(status) = ended {
        run::show_tail(&run::log_file("server")?);
        bail!("the server ended by itself ({status})");
    }
    Ok(())
}

/// Stops what `up` started.
pub fn down() -> Result<()> {
    let _lock = project::only_one("up")?;
    let stopped = [(server::stop()?, "the server"), (Cluster::durable()?.stop()?, "PostgreSQL")];
    for (was_running, what) in stopped {
        if was_running {
            ui::done(format_args!("{what} is stopped"));
        } else {
            ui::note(format_args!("{what} was not running"));
        }
    }
    // What tests left behind, because they were told to or were cut off.
    if let Some(_lock) = project::only_one_now("test")? {
        Cluster::throw_away()?.delete()?;
    }
    Ok(())
}

/// Waits until the reader has seen enough, or the server has.
fn attend(child: &mut Child) -> Result<Option<ExitStatus>> {
    let enough = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&enough)).context("signals cannot be listened for")?;
    }
    while !enough.load(Ordering::Relaxed) {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(Duration::from_millis(100));
    }
    eprintln!();
    ui::start("stopping");
    stop(child)?;
    Ok(None)
}

/// Ends a server that is our child.
pub fn stop(child: &mut Child) -> Result<()> {
    if let Some(process) = Process::find(i32::try_from(child.id())?, "kommunity") {
        process.stop(Signal::TERM);
    }
    child.wait()?;
    Ok(())
}

fn welcome(server: &Server, begun: Instant) {
    ui::done(format_args!("Kommunity is ready ({})", ui::time(begun.elapsed())));
    eprintln!("\n  Open       {}", server.url());
    eprintln!("  Sign in    {}@demo.test", ACCOUNTS[0]);
    eprintln!("             or {} @demo.test", ACCOUNTS[1..].join(", "));
    eprintln!("  Password   {PASSWORD}");
    eprintln!("  Mail       {} (a file each, sent nowhere)", server.data.join("mail").display());
}
