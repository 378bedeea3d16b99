//! Rebuilds and restarts while someone writes.

use std::{
    net::Ipv4Addr,
    path::{Path, PathBuf},
    process::Child,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, SystemTime},
};

use anyhow::Result;
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::{
    files,
    postgres::Cluster,
    project,
    server::{self, Profile, Server},
    ui, up, web,
};

/// Often enough to feel immediate, seldom enough not to be felt.
const LOOK_EVERY: Duration = Duration::from_millis(500);

const SERVER: &[&str] = &[
    "Cargo.lock",
    "crates/api",
    "crates/contract",
    "crates/contract-macros",
    "crates/db",
    "crates/domain",
    "migrations",
];

/// Watches until Ctrl-C.
pub fn dev(port: u16) -> Result<()> {
    let enough = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&enough))?;
    }
    server::stop()?;
    let address = (Ipv4Addr::LOCALHOST, port).into();
    server::must_be_free(address)?;
    let program = server::build(Profile::Dev)?;
    web::build(web::Purpose::Develop)?;
    let cluster = Cluster::durable()?;
    let database_url = cluster.start()?.url("kommunity");
    let server = Server {
        program,
        database_url,
        address,
        data: project::local("data")?,
        log: "server",
        tiles: None,
        proxies: "",
    };
    server.prepare_database()?;
    let mut child = Some(server.start()?);
    ui::done(format_args!("{} — rebuilding whatever you change; Ctrl-C ends it", server.url()));

    let (mut server_seen, mut web_seen) = (newest_in_server()?, newest_in_web()?);
    while !enough.load(Ordering::Relaxed) {
        thread::sleep(LOOK_EVERY);
        let (server_now, web_now) = (newest_in_server()?, newest_in_web()?);
        let (server_changed, web_changed) = (server_now != server_seen, web_now != web_seen);
        (server_seen, web_seen) = (server_now, web_now);
        if !server_changed && !web_changed {
            continue;
        }
        // What does not compile is shown; the last that did keeps running.
        if let Err(error) = rebuild(server_changed, web_changed).and_then(|()| restart(&server, &mut child)) {
            ui::failure(&error);
        } else {
            ui::note("reload the page");
        }
    }
    if let Some(child) = &mut child {
        up::stop(child)?;
    }
    cluster.stop()?;
    Ok(())
}

fn rebuild(server_changed: bool, web_changed: bool) -> Result<()> {
    if server_changed {
        server::build(Profile::Dev)?;
    }
    if web_changed {
        web::build(web::Purpose::Develop)?;
    }
    Ok(())
}

/// Also when only the browser app changed: the server read its fingerprints when it started.
fn restart(server: &Server, child: &mut Option<Child>) -> Result<()> {
    if let Some(mut running) = child.take() {
        up::stop(&mut running)?;
    }
    server.prepare_database()?;
    *child = Some(server.start()?);
    Ok(())
}

fn newest_in_server() -> Result<SystemTime> {
    let mut sources = Vec::new();
    for source in SERVER.iter().map(|source| project::path(source)) {
        sources.extend(files_of(source)?);
    }
    Ok(newest(&sources))
}

fn newest_in_web() -> Result<SystemTime> {
    Ok(newest(&web::sources()?))
}

fn files_of(source: PathBuf) -> Result<Vec<PathBuf>> {
    if source.is_file() { Ok(vec![source]) } else { files::under(&source) }
}

/// A file that is being replaced may be gone for a moment; the next look sees it.
fn newest(sources: &[PathBuf]) -> SystemTime {
    let changed = |path: &PathBuf| Path::new(path).metadata().and_then(|file| file.modified()).ok();
    sources.iter().filter_map(changed).max().unwrap_or(SystemTime::UNIX_EPOCH)
}
