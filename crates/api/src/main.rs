//! `kommunity`: the server and everything that is done by command.

use std::io::{BufRead, Write};
use std::net::TcpListener;
use std::sync::Arc;

use anyhow::Context;
use api::admin::{NewAdmin, NewCommunity, NewOperator};
use api::app::Shared;
use api::clock::SystemClock;
use api::config::{Config, Mode, Settings};
use api::{admin, command, demo, files, openapi, server, session, vault, worker};
use clap::{Parser, Subcommand};
use domain::clock::Clock;
use tokio::sync::watch;

#[derive(Parser)]
#[command(name = "kommunity", version, about = "One platform on which a community runs its daily life")]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer requests (and do the worker's job beside it)
    Serve {
        /// Leave the worker's job to `kommunity worker`
        #[arg(long)]
        no_worker: bool,
    },
    /// Tell people, send mail, and do what time does
    Worker,
    /// Bring the database to the shape that this build expects
    Migrate,
    /// Load the demonstration's communities, once (demo mode only)
    Demo,
    /// Ask a running server whether it is ready; fails where it is not (for containers and monitors)
    Health {
        /// Where it answers; default: the address that it listens on
        #[arg(long)]
        url: Option<String>,
    },
    /// Print the API document
    Openapi,
    /// Communities
    #[command(subcommand)]
    Community(CommunityCommand),
    /// Admins
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Operators of the platform
    #[command(subcommand)]
    Operator(OperatorCommand),
    /// The audit trail
    #[command(subcommand)]
    Audit(AuditCommand),
    /// The rings of keys
    #[command(subcommand)]
    Keys(KeysCommand),
}

#[derive(Subcommand)]
enum OperatorCommand {
    /// Make an operator; the password is read from standard input
    Create(NewOperator),
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Check every event against its seal, and the chains against what is known of them outside; fails on findings
    Verify(command::Verify),
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Put a fresh key in front of each ring and seal anew what is sealed; nobody is signed out
    Rotate {
        /// Throw away keys that nothing uses any more
        #[arg(long)]
        drop_older: bool,
    },
    /// Seal anew what was sealed with an older key
    Reseal,
}

#[derive(Subcommand)]
enum CommunityCommand {
    /// Make a community with the catalogue of its kind
    Create(NewCommunity),
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Make an admin of a community; the password is read from standard input
    Create(NewAdmin),
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    // The driver would log every parameter, and with them what people wrote.
    // And what strangers send that is no HTTP is no error of ours.
    let quiet = if cli.settings.log.contains("tokio_postgres") {
        ""
    } else {
        ",tokio_postgres=info,actix_http::h1=off"
    };
    let filter = tracing_subscriber::EnvFilter::try_new(format!("{}{quiet}", cli.settings.log));
    tracing_subscriber::fmt()
        .with_env_filter(filter.context("KOMMUNITY_LOG")?)
        .with_writer(std::io::stderr)
        .init();
    let _ = rustls::crypto::ring::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build()?.block_on(run(cli))
}

async fn run(Cli { settings, command }: Cli) -> anyhow::Result<()> {
    match command {
        Command::Openapi => {
            let document = serde_json::to_string_pretty(&openapi::document())?;
            writeln!(std::io::stdout(), "{document}")?;
            Ok(())
        }
        Command::Health { url } => {
            let url = url.unwrap_or_else(|| format!("http://{}", settings.listen));
            let client = reqwest::Client::builder().timeout(std::time::Duration::from_secs(5)).build()?;
            let answer = client.get(format!("{url}/health/ready")).send().await?;
            anyhow::ensure!(answer.status().is_success(), "{}: {}", answer.status(), answer.text().await?);
            Ok(())
        }
        Command::Migrate => {
            for name in db::migrate::run(settings.database_url()?).await? {
                tracing::info!(name, "applied");
            }
            Ok(())
        }
        Command::Serve { no_worker } => serve(&settings, !no_worker).await,
        Command::Worker => {
            let shared = shared(&settings).await?;
            let (stop, stopped) = watch::channel(false);
            let ended = work(&shared, stopped)?;
            tokio::spawn(async move {
                told_to_end().await;
                let _ = stop.send(true);
            });
            ended.await.context("the worker has died")?
        }
        Command::Demo => {
            let config = settings.check()?;
            anyhow::ensure!(
                config.mode == Mode::Demo,
                "demo data has public passwords: only with KOMMUNITY_MODE=demo"
            );
            let (database, clock) = connect(&settings)?;
            let hash = session::password::hash(demo::PASSWORD, config.argon2_memory_kib)?;
            let store = files::Store::open(&config)?;
            let vault = vault::Vault::new(&config.data_keys, config.data_keys_file.as_deref());
            let loaded = demo::load(&database, &store, &vault, &hash, clock.now()).await?;
            tracing::info!(?loaded, "demo data");
            Ok(())
        }
        Command::Community(CommunityCommand::Create(new)) => {
            let (database, clock) = connect(&settings)?;
            admin::create_community(&database, &new, clock.now()).await?;
            tracing::info!(slug = new.slug, "community created");
            Ok(())
        }
        Command::Admin(AdminCommand::Create(new)) => {
            let (database, clock) = connect(&settings)?;
            admin::create_admin(&database, &new, &read_password()?, PASSWORD_MEMORY, clock.now()).await?;
            tracing::info!(community = new.community, "admin created; they sign in with their address");
            command::say("Next: sign in, choose a second factor under Security, and invite the others.")
        }
        Command::Operator(OperatorCommand::Create(new)) => {
            let (database, clock) = connect(&settings)?;
            admin::create_operator(&database, &new, &read_password()?, PASSWORD_MEMORY, clock.now()).await?;
            tracing::info!("operator created; they sign in with their address");
            command::say("Next: sign in and choose a second factor under Security.")
        }
        Command::Audit(AuditCommand::Verify(asked)) => {
            let (database, clock) = connect(&settings)?;
            command::verify(&database, &settings, &asked, clock.now()).await
        }
        Command::Keys(asked) => {
            let (database, clock) = connect(&settings)?;
            let config = settings.check()?;
            match asked {
                KeysCommand::Rotate { drop_older } => {
                    command::rotate(&database, &config, drop_older, clock.now()).await
                }
                KeysCommand::Reseal => command::reseal(&database, &config, clock.now()).await,
            }
        }
    }
}

/// Memory of one password hash, in KiB.
const PASSWORD_MEMORY: u32 = 19 * 1024;

fn read_password() -> anyhow::Result<String> {
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

fn connect(settings: &Settings) -> anyhow::Result<(db::Db, SystemClock)> {
    let database = db::Db::new(settings.database_url()?, 2)?;
    Ok((database, SystemClock::starting_at(settings.clock)))
}

async fn shared(settings: &Settings) -> anyhow::Result<Arc<Shared>> {
    let config: Config = settings.check()?;
    if config.mode == Mode::Production {
        admin::refuse_demo_accounts(&connect(settings)?.0).await?;
    }
    if config.mode == Mode::Demo {
        tracing::warn!(
            "DEMO MODE: passwords and keys that everybody knows; never let strangers reach this server"
        );
    }
    Shared::new(config, Arc::new(SystemClock::starting_at(settings.clock)))
}

async fn serve(settings: &Settings, with_worker: bool) -> anyhow::Result<()> {
    let shared = shared(settings).await?;
    let listener = TcpListener::bind(settings.listen)
        .with_context(|| format!("cannot listen on {}: is something else there?", settings.listen))?;
    let ending = Arc::clone(&shared);
    tokio::spawn(async move {
        told_to_end().await;
        // Nobody waits for streams, which would never end.
        ending.hub.close();
    });
    let (stop, stopped) = watch::channel(false);
    let worker = if with_worker { Some(work(&shared, stopped)?) } else { None };
    tracing::info!(address = %settings.listen, "answering");
    server::start(listener, &shared)?.await?;
    // It finishes what it has in hand; what it does not, another takes up when the lease ends.
    let _ = stop.send(true);
    if let Some(worker) = worker {
        worker.await.context("the worker has died")??;
    }
    Ok(())
}

/// Comes true when somebody wants the process to end.
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).ok();
    let terminated = async {
        match &mut terminate {
            Some(signal) => signal.recv().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// The worker on a thread and a runtime of its own, so that it never holds up a request.
fn work(
    shared: &Arc<Shared>,
    stop: worker::Stop,
) -> anyhow::Result<tokio::sync::oneshot::Receiver<anyhow::Result<()>>> {
    let (end, ended) = tokio::sync::oneshot::channel();
    let shared = Arc::clone(shared);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::Builder::new().name("worker".into()).spawn(move || {
        let result = runtime.block_on(worker::run(shared, stop));
        if let Err(error) = &result {
            tracing::error!(%error, "the worker has stopped");
        }
        let _ = end.send(result);
    })?;
    Ok(ended)
}
