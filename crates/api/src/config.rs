//! Everything that can be set, read once: flags, or the environment variables named beside them.

mod edge;
pub mod files;
pub mod keys;
pub mod tiles;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

pub use edge::{Edge, EdgeSettings, REQUEST_DEADLINE, Rates};
pub use files::{Bucket, FileSettings};
pub use keys::TokenKey;
pub use tiles::{TileServer, TileSettings};

/// Production refuses what only demonstrations and tests may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    Production,
    Demo,
}

/// Settings as given, before they are checked.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Settings")]
pub struct Settings {
    /// `production` refuses weak secrets, demo data and a clock of its own.
    #[arg(long, env = "KOMMUNITY_MODE", default_value = "production", global = true)]
    pub mode: Mode,
    /// Where the database is: postgres://user:password@host:port/name
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// The address to listen on.
    #[arg(long, env = "KOMMUNITY_LISTEN", default_value = "127.0.0.1:8080", global = true)]
    pub listen: SocketAddr,
    /// How people reach this server; for links in mail. Default: http:// and the address listened on.
    #[arg(long, env = "KOMMUNITY_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// Keys that sign tokens, newest first: name:base64 of at least 32 random bytes, joined by commas.
    #[arg(long, env = "KOMMUNITY_TOKEN_KEYS", hide_env_values = true, global = true)]
    pub token_keys: Option<String>,
    /// Keys that seal secrets in the database and sign links in mail: like the token keys, but never the same.
    #[arg(long, env = "KOMMUNITY_DATA_KEYS", hide_env_values = true, global = true)]
    pub data_keys: Option<String>,
    /// A file that holds the token keys: `keys rotate` can write to it, and running servers read it again.
    #[arg(long, env = "KOMMUNITY_TOKEN_KEYS_FILE", global = true)]
    pub token_keys_file: Option<PathBuf>,
    /// The same for the data keys.
    #[arg(long, env = "KOMMUNITY_DATA_KEYS_FILE", global = true)]
    pub data_keys_file: Option<PathBuf>,
    /// Where the daily anchor of the audit trail is mailed to; without it, it is written to a file only.
    #[arg(long, env = "KOMMUNITY_ANCHOR_MAIL", global = true)]
    pub anchor_mail: Option<String>,
    /// Folder for uploaded files, and for mail where no SMTP server is set.
    #[arg(long, env = "KOMMUNITY_DATA_DIR", default_value = "data", global = true)]
    pub data_dir: PathBuf,
    /// Folder of the built web app.
    #[arg(long, env = "KOMMUNITY_WEB_DIR", global = true)]
    pub web_dir: Option<PathBuf>,
    /// SMTP server: smtp://user:password@host:port or smtps://…; without it, mail is written to files.
    #[arg(long, env = "KOMMUNITY_SMTP_URL", hide_env_values = true, global = true)]
    pub smtp_url: Option<String>,
    /// Who mail comes from.
    #[arg(
        long,
        env = "KOMMUNITY_MAIL_FROM",
        default_value = "Kommunity <no-reply@kommunity.test>",
        global = true
    )]
    pub mail_from: String,
    /// Threads that answer requests; 0 means one a core.
    #[arg(long, env = "KOMMUNITY_THREADS", default_value_t = 0, global = true)]
    pub threads: usize,
    /// Database connections of each thread.
    #[arg(long, env = "KOMMUNITY_CONNECTIONS", default_value_t = 8, global = true)]
    pub connections: usize,
    /// Demo mode only: begin business time here (RFC 3339).
    #[arg(long, env = "KOMMUNITY_CLOCK", global = true)]
    pub clock: Option<DateTime<Utc>>,
    /// What to log, like `info` or `info,api=debug`.
    #[arg(long, env = "KOMMUNITY_LOG", default_value = "info", global = true)]
    pub log: String,
    #[command(flatten)]
    pub edge: EdgeSettings,
    #[command(flatten)]
    pub files: FileSettings,
    #[command(flatten)]
    pub tiles: TileSettings,
}

/// How long a lookup of rights may be remembered.
const REMEMBERED: Duration = Duration::from_secs(5);

/// Checked settings.
#[derive(Clone)]
pub struct Config {
    pub mode: Mode,
    pub database_url: String,
    pub public_url: String,
    /// Newest first; never empty. The first signs, all verify.
    pub token_keys: Vec<TokenKey>,
    /// Newest first; never empty. The first seals, all open.
    pub data_keys: Vec<TokenKey>,
    /// Where the rings lie, if they lie in files.
    pub token_keys_file: Option<PathBuf>,
    pub data_keys_file: Option<PathBuf>,
    pub anchor_mail: Option<String>,
    pub data_dir: PathBuf,
    /// Where uploaded files are kept; without one in the data folder.
    pub bucket: Option<Bucket>,
    pub web_dir: Option<PathBuf>,
    pub smtp_url: Option<String>,
    pub mail_from: String,
    pub threads: usize,
    pub connections: usize,
    /// How long a request waits for one of them before it is turned away.
    pub connection_wait: Duration,
    /// Memory of one password hash, in KiB. 19 MiB unless a test wants to be quick.
    pub argon2_memory_kib: u32,
    /// How long a lookup of sessions and rights is remembered: what was taken away on another server still works here
    /// for so long.
    pub remembered: Duration,
    /// Where maps get their pictures from, if they have any.
    pub tiles: Option<TileServer>,
    pub edge: Edge,
}

impl Config {
    /// What tests run with: demo mode, quick hashing, mail into files.
    pub fn for_tests(database_url: String, data_dir: PathBuf) -> Self {
        Self {
            mode: Mode::Demo,
            database_url,
            public_url: "http://kommunity.test".into(),
            token_keys: vec![TokenKey { name: "test".into(), secret: vec![7; 32] }],
            data_keys: vec![TokenKey { name: "test".into(), secret: vec![8; 32] }],
            token_keys_file: None,
            data_keys_file: None,
            anchor_mail: None,
            data_dir,
            bucket: None,
            web_dir: None,
            smtp_url: None,
            mail_from: "Kommunity <no-reply@kommunity.test>".into(),
            threads: 2,
            connections: 8,
            // The tests share a machine with much else; what is slow there is no fault.
            connection_wait: Duration::from_secs(60),
            argon2_memory_kib: 64,
            remembered: REMEMBERED,
            tiles: None,
            edge: Edge::open(),
        }
    }
}

impl Settings {
    pub fn database_url(&self) -> anyhow::Result<&str> {
        self.database_url.as_deref().context("set DATABASE_URL (or --database-url) to where the database is")
    }

    /// The token keys and the data keys.
    pub fn rings(&self) -> anyhow::Result<(Vec<TokenKey>, Vec<TokenKey>)> {
        let token_keys = keys::ring(
            "KOMMUNITY_TOKEN_KEYS",
            self.token_keys.as_deref(),
            self.token_keys_file.as_deref(),
            self.mode,
        )?;
        let data_keys = keys::ring(
            "KOMMUNITY_DATA_KEYS",
            self.data_keys.as_deref(),
            self.data_keys_file.as_deref(),
            self.mode,
        )?;
        ensure!(
            data_keys.iter().all(|data| token_keys.iter().all(|token| data.secret != token.secret)),
            "KOMMUNITY_DATA_KEYS and KOMMUNITY_TOKEN_KEYS share a key: each needs its own"
        );
        Ok((token_keys, data_keys))
    }

    /// Checks everything that the server needs, and says what to mend.
    pub fn check(&self) -> anyhow::Result<Config> {
        let production = self.mode == Mode::Production;
        if production && self.clock.is_some() {
            bail!("KOMMUNITY_CLOCK sets the time for tests; production mode refuses it");
        }
        let (token_keys, data_keys) = self.rings()?;
        let public_url = match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        };
        ensure!(
            public_url.starts_with("http://") || public_url.starts_with("https://"),
            "KOMMUNITY_PUBLIC_URL must begin with https:// (or http://)"
        );
        ensure!(
            !production || public_url.starts_with("https://") || is_at_home(&public_url),
            "KOMMUNITY_PUBLIC_URL is {public_url}: passwords would cross the network in the clear. Set it to the \
             https:// address that people use"
        );
        if self.mode == Mode::Demo && !self.listen.ip().is_loopback() {
            tracing::warn!(
                address = %self.listen,
                "DEMO MODE LISTENS BEYOND THIS MACHINE: whoever reaches it may sign in with public passwords"
            );
        }
        Ok(Config {
            mode: self.mode,
            database_url: self.database_url()?.to_owned(),
            public_url,
            token_keys,
            data_keys,
            token_keys_file: self.token_keys_file.clone(),
            data_keys_file: self.data_keys_file.clone(),
            anchor_mail: self.anchor_mail.clone().filter(|address| !address.is_empty()),
            data_dir: self.data_dir.clone(),
            bucket: self.files.check(self.mode)?,
            web_dir: self.web_dir.clone(),
            smtp_url: self.smtp_url.clone().filter(|url| !url.is_empty()),
            mail_from: self.mail_from.clone(),
            threads: match self.threads {
                0 => std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
                some => some,
            },
            connections: self.connections.max(1),
            connection_wait: db::WAIT,
            argon2_memory_kib: 19 * 1024,
            remembered: REMEMBERED,
            tiles: self.tiles.check()?,
            edge: self.edge.check()?,
        })
    }
}

/// Whether nobody but this machine is meant by an address like `http://localhost:8080`.
fn is_at_home(url: &str) -> bool {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest).split('/').next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(clap::Parser)]
    struct Cli {
        #[command(flatten)]
        settings: Settings,
    }

    fn given(arguments: &[&str]) -> anyhow::Result<Config> {
        let always = ["kommunity", "--database-url", "postgres://x"];
        <Cli as clap::Parser>::parse_from(always.iter().chain(arguments)).settings.check()
    }

    const KEY: &str = "k1:qN0ZzRk3wq8YF2m1VY0cK1nJvE4hTg7o5xDbL9uSaWI=";
    const DATA_KEY: &str = "d1:8hVtq3yJ0pQmXzC5nR7bW2kLf9sGd4aTe6uYiO1vHxM=";

    fn with_keys(arguments: &[&str]) -> anyhow::Result<Config> {
        given(&[&["--token-keys", KEY, "--data-keys", DATA_KEY], arguments].concat())
    }

    #[test]
    fn production_refuses_a_clock_of_its_own_and_weak_keys() {
        let clock = ["--clock", "2026-01-01T00:00:00Z"];
        assert!(with_keys(&[]).is_ok());
        assert!(with_keys(&clock).is_err());
        assert!(with_keys(&[&clock[..], &["--mode", "demo"]].concat()).is_ok());
        let repeated = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        let written = "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        for weak in ["k1:c2hvcnQ=", repeated, written, DATA_KEY, "", "k1"] {
            assert!(given(&["--token-keys", weak, "--data-keys", DATA_KEY]).is_err(), "{weak}");
        }
        assert!(given(&["--token-keys", KEY]).is_err(), "no data keys");
    }

    #[test]
    fn production_is_reached_by_https_or_from_the_machine_itself() {
        for good in
            ["https://kommunity.example", "http://localhost:8080", "http://127.0.0.1", "http://[::1]:80"]
        {
            assert!(with_keys(&["--public-url", good]).is_ok(), "{good}");
        }
        for bad in ["http://kommunity.example", "http://10.0.0.1:8080", "http://localhost.example", "ftp://x"]
        {
            assert!(with_keys(&["--public-url", bad]).is_err(), "{bad}");
        }
        assert!(with_keys(&["--listen", "0.0.0.0:8080"]).is_err(), "its own address would be http://");
        assert!(with_keys(&["--public-url", "http://kommunity.example", "--mode", "demo"]).is_ok());
    }
}
