//! How the server meets the network: whom it believes, whose pages may call it, and how much it takes on.

use std::net::IpAddr;
use std::time::Duration;

use anyhow::{Context, ensure};
use clap::Args;
use ipnet::IpNet;

/// Settings as given, before they are checked.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Settings")]
pub struct EdgeSettings {
    /// Proxies before this server, whose `X-Forwarded-*` headers are believed: addresses or networks, joined by commas.
    #[arg(long, env = "KOMMUNITY_TRUSTED_PROXIES", global = true)]
    pub trusted_proxies: Option<String>,
    /// Origins of other pages of the same site that may call the API: like https://app.example, joined by commas.
    #[arg(long, env = "KOMMUNITY_CORS_ORIGINS", global = true)]
    pub cors_origins: Option<String>,
    /// Requests that one user may make in a minute, on all their devices together.
    #[arg(long, env = "KOMMUNITY_RATE_USER", default_value_t = 600, global = true)]
    pub rate_user: u32,
    /// Requests without a sign-in that one address may make in a minute.
    #[arg(long, env = "KOMMUNITY_RATE_ADDRESS", default_value_t = 1200, global = true)]
    pub rate_address: u32,
    /// Tries to sign in, to register and the like that one address may make in a minute.
    #[arg(long, env = "KOMMUNITY_RATE_SIGN_IN", default_value_t = 30, global = true)]
    pub rate_sign_in: u32,
    /// Requests that are worked on at once; more are turned away.
    #[arg(long, env = "KOMMUNITY_IN_FLIGHT", default_value_t = 512, global = true)]
    pub in_flight: usize,
}

/// Requests a minute, by policy. Zero is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    pub user: u32,
    pub address: u32,
    pub sign_in: u32,
}

/// Checked settings.
#[derive(Debug, Clone)]
pub struct Edge {
    pub trusted_proxies: Vec<IpNet>,
    pub cors_origins: Vec<String>,
    pub rates: Rates,
    pub in_flight: usize,
    /// How long a body may take to arrive.
    pub body_deadline: Duration,
    /// How long a request may take in all.
    pub request_deadline: Duration,
}

impl Edge {
    /// Nobody is believed, no foreign page may call, and there is room for everybody.
    pub fn open() -> Self {
        Self {
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            rates: Rates { user: 1_000_000, address: 1_000_000, sign_in: 1_000_000 },
            in_flight: 4096,
            body_deadline: BODY_DEADLINE,
            request_deadline: REQUEST_DEADLINE,
        }
    }
}

const BODY_DEADLINE: Duration = Duration::from_secs(20);
/// The longest that a request, and so a transaction, lasts. `updated_since` counts on it.
pub const REQUEST_DEADLINE: Duration = Duration::from_secs(30);

impl EdgeSettings {
    pub fn check(&self) -> anyhow::Result<Edge> {
        let trusted_proxies = words(self.trusted_proxies.as_deref())
            .map(|text| network(text).with_context(|| format!("KOMMUNITY_TRUSTED_PROXIES: {text:?}")))
            .collect::<anyhow::Result<_>>()?;
        let cors_origins = words(self.cors_origins.as_deref())
            .map(|text| {
                ensure!(
                    is_origin(text),
                    "KOMMUNITY_CORS_ORIGINS: {text:?} is no origin like https://app.example"
                );
                Ok(text.to_owned())
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(Edge {
            trusted_proxies,
            cors_origins,
            rates: Rates { user: self.rate_user, address: self.rate_address, sign_in: self.rate_sign_in },
            in_flight: self.in_flight.max(1),
            body_deadline: BODY_DEADLINE,
            request_deadline: REQUEST_DEADLINE,
        })
    }
}

fn words(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// A network, or a single address.
fn network(text: &str) -> anyhow::Result<IpNet> {
    match text.parse::<IpAddr>() {
        Ok(address) => Ok(address.into()),
        Err(_) => text.parse().context("neither an address nor a network"),
    }
}

/// Scheme, host and perhaps a port, and nothing behind them: as browsers write it.
fn is_origin(text: &str) -> bool {
    let authority = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    authority.is_some_and(|rest| {
        !rest.is_empty()
            && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.:[]".contains(&b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_addresses_or_networks() {
        assert_eq!(network("10.1.2.3").unwrap().to_string(), "10.1.2.3/32");
        assert_eq!(network("fd00::/8").unwrap().to_string(), "fd00::/8");
        assert!(network("proxy.example").is_err());
    }

    #[test]
    fn an_origin_is_exact() {
        for good in ["https://app.example", "http://localhost:3000", "http://[::1]:3000"] {
            assert!(is_origin(good), "{good}");
        }
        for bad in [
            "*",
            "null",
            "https://",
            "https://app.example/",
            "https://*.example",
            "app.example",
            "https://App.example",
        ] {
            assert!(!is_origin(bad), "{bad}");
        }
    }
}
