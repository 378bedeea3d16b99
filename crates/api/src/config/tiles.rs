//! The server that maps get their pictures from: the one foreign address that the app's pages may ask.

use anyhow::{Context, ensure};
use clap::Args;

/// Settings as given, before they are checked.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Settings")]
pub struct TileSettings {
    /// Where maps get their pictures from, with {z}, {x} and {y} in it; empty for maps without.
    #[arg(
        long,
        env = "KOMMUNITY_TILE_URL",
        default_value = "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        global = true
    )]
    pub tile_url: String,
    /// Whom a map must name for its pictures.
    #[arg(
        long,
        env = "KOMMUNITY_TILE_ATTRIBUTION",
        default_value = "© OpenStreetMap contributors",
        global = true
    )]
    pub tile_attribution: String,
}

/// Checked settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileServer {
    pub url: String,
    pub attribution: String,
    /// What the pages' policy lets pictures come from.
    pub origin: String,
}

impl TileSettings {
    pub fn check(&self) -> anyhow::Result<Option<TileServer>> {
        let url = self.tile_url.trim();
        if url.is_empty() {
            return Ok(None);
        }
        let origin = origin(url).with_context(|| format!("KOMMUNITY_TILE_URL: {url:?}"))?;
        for part in ["{z}", "{x}", "{y}"] {
            ensure!(url.contains(part), "KOMMUNITY_TILE_URL says nowhere where {part} goes: {url:?}");
        }
        let attribution = self.tile_attribution.trim().to_owned();
        Ok(Some(TileServer { url: url.to_owned(), attribution, origin }))
    }
}

/// The scheme and host of an address, `{s}.` being any name before it; nothing else may get into the policy.
fn origin(url: &str) -> anyhow::Result<String> {
    let (scheme, rest) = url.split_once("://").context("begins with neither https:// nor http://")?;
    ensure!(matches!(scheme, "https" | "http"), "begins with neither https:// nor http://");
    let host = rest.split('/').next().unwrap_or_default();
    let (any, host) = match host.strip_prefix("{s}.") {
        Some(host) => ("*.", host),
        None => ("", host),
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
    ensure!(!host.is_empty() && host.bytes().all(plain), "names no host");
    Ok(format!("{scheme}://{any}{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(url: &str) -> anyhow::Result<Option<TileServer>> {
        TileSettings { tile_url: url.into(), tile_attribution: "© Somebody".into() }.check()
    }

    #[test]
    fn a_policy_is_told_the_host_and_nothing_else() {
        for (url, origin) in [
            ("https://tile.openstreetmap.org/{z}/{x}/{y}.png", "https://tile.openstreetmap.org"),
            ("https://{s}.tiles.example/{z}/{x}/{y}?key=1", "https://*.tiles.example"),
            ("http://127.0.0.1:9000/{z}/{x}/{y}", "http://127.0.0.1:9000"),
        ] {
            assert_eq!(given(url).unwrap().unwrap().origin, origin);
        }
        assert_eq!(given(" ").unwrap(), None);
    }

    #[test]
    fn what_is_no_address_of_tiles_is_refused() {
        for bad in [
            "tile.example/{z}/{x}/{y}",
            "ftp://tile.example/{z}/{x}/{y}",
            "https:///{z}/{x}/{y}",
            "https://tile.example; script-src */{z}/{x}/{y}",
            "https://tile.example/{z}/{x}",
        ] {
            assert!(given(bad).is_err(), "{bad}");
        }
    }
}
