//! Guesses are counted in the database, on all servers together, before anybody looks whether they are right.

use std::net::IpAddr;

use contract::problem::Code;
use db::Conn;
use domain::account::TokenPurpose;
use domain::id::UserId;
use domain::throttle::{ADDRESS, LOGIN, Limit, MAIL, REPORTS};

use crate::app::App;
use crate::http::error::{Error, Result};
use crate::vault::Vault;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of<'a> {
    /// Guesses at what somebody signs in with, whether or not there is such an account.
    Login(&'a str),
    /// Guesses that somebody signed in makes at their own password.
    User(UserId),
    /// Guesses that come from an address.
    Address(IpAddr),
}

impl Of<'_> {
    const fn limit(self) -> Limit {
        match self {
            Of::Login(_) | Of::User(_) => LOGIN,
            Of::Address(_) => ADDRESS,
        }
    }

    fn key(self, vault: &Vault) -> Vec<u8> {
        match self {
            Of::Login(login) => key(vault, "login", login.as_bytes()),
            Of::User(user) => key(vault, "user", user.0.as_bytes()),
            Of::Address(address) => key(vault, "address", &network(address)),
        }
    }
}

/// A guess that has been counted as a wrong one, until it is known to be none.
#[derive(Debug)]
#[must_use = "say what became of it"]
pub struct Guess {
    counted: Vec<(Vec<u8>, Limit)>,
    /// It was the last at its login before the first wait.
    pub is_last_free: bool,
}

/// Counts a guess on every count at once, what it is a guess at first; 429 where one of them still waits, and then on none.
pub async fn count(app: &App, guessed: &[Of<'_>]) -> Result<Guess> {
    let now = app.now();
    let counted: Vec<_> = guessed.iter().map(|of| (of.key(&app.vault), of.limit())).collect();
    // Beside the call in hand: a guess stays counted, whatever becomes of the rest.
    let counting = app.db.transaction(async |tx| -> Result<bool> {
        let mut tallies = Vec::new();
        for (key, limit) in &counted {
            tallies.push((key, db::throttle::lock(tx, key, now).await?.counted_or_wait(*limit, now)));
        }
        let wait = tallies.iter().filter_map(|(_, tally)| tally.err()).max();
        if let Some(seconds) = wait {
            let retry_after = u32::try_from(seconds).ok();
            return Err(Error { retry_after, ..Code::TooManyRequests.into() });
        }
        let is_last_free =
            tallies.first().is_some_and(|(_, tally)| tally.is_ok_and(|tally| tally.count == LOGIN.free));
        for (key, tally) in tallies {
            if let Ok(tally) = tally {
                db::throttle::set(tx, key, tally).await?;
            }
        }
        Ok(is_last_free)
    });
    let is_last_free = db::ambient::apart(counting).await?;
    Ok(Guess { counted, is_last_free })
}

impl Guess {
    /// It was right. What was guessed at starts anew; the address only gets this one back, or one account of their own
    /// would let somebody guess at all others for ever.
    pub async fn was_right(self, tx: &mut Conn, app: &App) -> Result<()> {
        for (key, limit) in self.counted {
            match limit {
                ADDRESS => take_back(tx, app, &key, limit).await?,
                _ => db::throttle::forget(tx, &key).await?,
            }
        }
        Ok(())
    }

    /// It was no guess after all: nothing was wrong, but nothing was proven either.
    pub async fn was_none(self, tx: &mut Conn, app: &App) -> Result<()> {
        for (key, limit) in self.counted {
            take_back(tx, app, &key, limit).await?;
        }
        Ok(())
    }
}

async fn take_back(tx: &mut Conn, app: &App, key: &[u8], limit: Limit) -> Result<()> {
    let tally = db::throttle::lock(tx, key, app.now()).await?;
    Ok(db::throttle::set(tx, key, tally.taken_back(limit)).await?)
}

/// Whoever proved in another way that they are the user may guess anew.
pub async fn forgive(tx: &mut Conn, app: &App, login: &str) -> Result<()> {
    Ok(db::throttle::forget(tx, &Of::Login(login).key(&app.vault)).await?)
}

/// Whether one more mail for this purpose may go to an address; counts it. Each purpose has a count of its own, so that
/// strangers who register somebody's address do not keep a lost password lost.
pub async fn may_mail(tx: &mut Conn, app: &App, purpose: TokenPurpose, address: &str) -> Result<bool> {
    let (now, kind) = (app.now(), format!("mail {}", purpose.as_str()));
    let key = key(&app.vault, &kind, address.as_bytes());
    match db::throttle::lock(tx, &key, now).await?.counted_or_wait(MAIL, now) {
        Ok(tally) => {
            db::throttle::set(tx, &key, tally).await?;
            Ok(true)
        }
        Err(_) => Ok(false),
    }
}

/// Counts a report by somebody without an account; 429 where their address has sent too many.
pub async fn may_report(tx: &mut Conn, app: &App, address: IpAddr) -> Result<()> {
    let (now, key) = (app.now(), key(&app.vault, "report", &network(address)));
    match db::throttle::lock(tx, &key, now).await?.counted_or_wait(REPORTS, now) {
        Ok(tally) => Ok(db::throttle::set(tx, &key, tally).await?),
        Err(seconds) => {
            Err(Error { retry_after: u32::try_from(seconds).ok(), ..Code::TooManyRequests.into() })
        }
    }
}

fn key(vault: &Vault, kind: &str, bytes: &[u8]) -> Vec<u8> {
    vault.fingerprint(&format!("throttle {kind}"), bytes).to_vec()
}

/// An IPv6 connection has a whole /64 to itself.
fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets()[..8].to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_connection_are_counted_together() {
        let network = |text: &str| network(text.parse().unwrap());
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("::ffff:203.0.113.7"), network("203.0.113.7"));
        assert_ne!(network("203.0.113.7"), network("203.0.113.8"));
    }
}
