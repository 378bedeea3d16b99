//! Everything that can be set, read once: flags, or the environment variables named beside them.

mod edge;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

pub use edge::{Edge, EdgeSettings, REQUEST_DEADLINE, Rates};

/// Production refuses what only demonstrations and tests may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    Production,
    Demo,
}

/// Settings as given, before they are checked.
#[derive(Debug, Clone, Args)]
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
}

/// How long a lookup of rights may be remembered.
const REMEMBERED: Duration = Duration::from_secs(5);

/// A key that signs tokens.
#[derive(Clone)]
pub struct TokenKey {
    /// Goes into each token as `kid`.
    pub name: String,
    pub secret: Vec<u8>,
}

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
    pub data_dir: PathBuf,
    pub web_dir: Option<PathBuf>,
    pub smtp_url: Option<String>,
    pub mail_from: String,
    pub threads: usize,
    pub connections: usize,
    /// Memory of one password hash, in KiB. 19 MiB unless a test wants to be quick.
    pub argon2_memory_kib: u32,
    /// How long a lookup of sessions and rights is remembered: what was taken away on another server still works here
    /// for so long.
    pub remembered: Duration,
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
            data_dir,
            web_dir: None,
            smtp_url: None,
            mail_from: "Kommunity <no-reply@kommunity.test>".into(),
            threads: 2,
            connections: 8,
            argon2_memory_kib: 64,
            remembered: REMEMBERED,
            edge: Edge::open(),
        }
    }
}

impl Settings {
    pub fn database_url(&self) -> anyhow::Result<&str> {
        self.database_url.as_deref().context("set DATABASE_URL (or --database-url) to where the database is")
    }

    /// Checks everything that the server needs, and says what to mend.
    pub fn check(&self) -> anyhow::Result<Config> {
        let production = self.mode == Mode::Production;
        if production && self.clock.is_some() {
            bail!("KOMMUNITY_CLOCK sets the time for tests; production mode refuses it");
        }
        let token_keys = keys("KOMMUNITY_TOKEN_KEYS", self.token_keys.as_deref())?;
        let data_keys = keys("KOMMUNITY_DATA_KEYS", self.data_keys.as_deref())?;
        ensure!(
            data_keys.iter().all(|data| token_keys.iter().all(|token| data.secret != token.secret)),
            "KOMMUNITY_DATA_KEYS and KOMMUNITY_TOKEN_KEYS share a key: each needs its own"
        );
        let public_url = match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        };
        ensure!(
            public_url.starts_with("http://") || public_url.starts_with("https://"),
            "KOMMUNITY_PUBLIC_URL must begin with https:// (or http://)"
        );
        Ok(Config {
            mode: self.mode,
            database_url: self.database_url()?.to_owned(),
            public_url,
            token_keys,
            data_keys,
            data_dir: self.data_dir.clone(),
            web_dir: self.web_dir.clone(),
            smtp_url: self.smtp_url.clone().filter(|url| !url.is_empty()),
            mail_from: self.mail_from.clone(),
            threads: match self.threads {
                0 => std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
                some => some,
            },
            connections: self.connections.max(1),
            argon2_memory_kib: 19 * 1024,
            remembered: REMEMBERED,
            edge: self.edge.check()?,
        })
    }
}

/// A ring of keys out of a variable.
fn keys(variable: &str, text: Option<&str>) -> anyhow::Result<Vec<TokenKey>> {
    let text = text.with_context(|| {
        format!(
            "set {variable} to name:base64 of 32 random bytes, for example from `openssl rand -base64 32`"
        )
    })?;
    text.split(',').map(|key| parse_key(key.trim()).with_context(|| variable.to_owned())).collect()
}

fn parse_key(text: &str) -> anyhow::Result<TokenKey> {
    let (name, secret) = text.split_once(':').context("each key is name:base64")?;
    let secret = STANDARD.decode(secret).with_context(|| format!("key {name:?} is not base64"))?;
    ensure!(secret.len() >= 32, "key {name:?} has {} bytes; at least 32 are needed", secret.len());
    ensure!(secret.iter().any(|byte| *byte != secret[0]), "key {name:?} is not random");
    Ok(TokenKey { name: name.to_owned(), secret })
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
        let always = ["kommunity", "--database-url", "postgres://x", "--data-keys", DATA_KEY];
        <Cli as clap::Parser>::parse_from(always.iter().chain(arguments)).settings.check()
    }

    const KEY: &str = "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    const DATA_KEY: &str = "d1:ZGF0YWRhdGFkYXRhZGF0YTAxMjM0NTY3ODlhYmNkZWY=";

    #[test]
    fn production_refuses_a_clock_of_its_own_and_weak_keys() {
        assert!(given(&["--token-keys", KEY]).is_ok());
        assert!(given(&["--token-keys", KEY, "--clock", "2026-01-01T00:00:00Z"]).is_err());
        assert!(given(&["--token-keys", KEY, "--clock", "2026-01-01T00:00:00Z", "--mode", "demo"]).is_ok());
        assert!(given(&["--token-keys", "k1:c2hvcnQ="]).is_err());
        assert!(given(&["--token-keys", "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="]).is_err());
        assert!(given(&["--token-keys", DATA_KEY]).is_err(), "each ring needs keys of its own");
    }
}
