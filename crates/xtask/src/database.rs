//! The checkout's own database, by hand.

use std::{net::Ipv4Addr, os::unix::process::CommandExt as _};

use anyhow::{Context as _, Result, bail};
use clap::Subcommand;

use crate::{
    environment, files,
    postgres::Cluster,
    project, run,
    server::{self, Profile, Server},
    setup, ui,
};

#[derive(Subcommand)]
pub enum Command {
    /// Delete all data and start afresh with the demo's
    Reset,
    /// Bring the database to the newest migration
    Migrate,
    /// Open a prompt in the database
    Psql,
}

pub fn execute(command: &Command) -> Result<()> {
    let cluster = Cluster::durable()?;
    match command {
        Command::Reset => reset(&cluster),
        Command::Migrate => {
            run::visible(&mut server(&cluster)?.command("migrate")?)?;
            ui::done("the database is up to date");
            Ok(())
        }
        Command::Psql => psql(&cluster),
    }
}

fn reset(cluster: &Cluster) -> Result<()> {
    let data = project::local("data")?;
    if environment::interactive()
        && !ui::confirm("This deletes everything in this checkout's database. Go on?")?
    {
        bail!("nothing was deleted");
    }
    server::stop()?;
    cluster.delete()?;
    files::remove_folder(&data)?;
    server(cluster)?.prepare_database()?;
    ui::done("the database is new; `cargo xtask up` starts the server");
    Ok(())
}

fn psql(cluster: &Cluster) -> Result<()> {
    let beside = setup::postgres::programs(None)?.folder.join("psql");
    let psql =
        Some(beside).filter(|psql| environment::is_program(psql)).or_else(|| environment::which("psql"));
    let psql = psql.context("psql is not on this machine; PostgreSQL's client package has it")?;
    let url = cluster.start()?.url("kommunity");
    // Takes our place, so that its prompt has the terminal to itself.
    Err(run::command(psql).stdin(std::process::Stdio::inherit()).arg(url).exec().into())
}

/// The program as it would run on the cluster; where it would listen does not matter.
fn server(cluster: &Cluster) -> Result<Server> {
    Ok(Server {
        program: server::build(Profile::Dev)?,
        database_url: cluster.start()?.url("kommunity"),
        address: (Ipv4Addr::LOCALHOST, 8080).into(),
        data: project::local("data")?,
        log: "server",
        tiles: None,
        proxies: "",
    })
}
