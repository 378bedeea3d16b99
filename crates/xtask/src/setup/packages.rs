//! The machine's own package manager: apt or Homebrew.

use std::{process::Command, sync::Once};

use anyhow::{Result, bail};

use crate::{environment, run, ui};

static UPDATED: Once = Once::new();

/// What installs programs here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manager {
    Apt,
    Brew,
}

/// One program's packages under each manager; an empty list means it has none there.
pub struct Packages {
    pub apt: &'static [&'static str],
    pub brew: &'static [&'static str],
}

/// Installs packages, or says why it cannot.
pub fn install(what: &str, packages: &Packages) -> Result<()> {
    match manager() {
        Some(Manager::Apt) if !packages.apt.is_empty() => {
            super::permit(&format!("{what} (apt: {})", packages.apt.join(" ")))?;
            apt(packages.apt)
        }
        Some(Manager::Brew) if !packages.brew.is_empty() => {
            super::permit(&format!("{what} (brew: {})", packages.brew.join(" ")))?;
            run::logged(run::command("brew").arg("install").args(packages.brew), "install")
        }
        _ => bail!("{what} is missing, and this machine has no package manager we know to get it from"),
    }
}

fn manager() -> Option<Manager> {
    if environment::which("apt-get").is_some() && (environment::is_root() || can_sudo()) {
        Some(Manager::Apt)
    } else {
        environment::which("brew").map(|_| Manager::Brew)
    }
}

/// A person can type a password; a machine must not be asked for one.
fn can_sudo() -> bool {
    environment::which("sudo").is_some()
        && (environment::interactive() || run::succeeds(run::command("sudo").args(["-n", "true"])))
}

fn apt(packages: &[&str]) -> Result<()> {
    UPDATED.call_once(|| {
        // Old lists may still do, so the install decides.
        if run::attempted(apt_get().arg("update"), "apt-update").is_err() {
            ui::note("the package lists could not be renewed; trying with those at hand");
        }
    });
    // Nothing that is installed may go: a person may want what ours conflicts with.
    run::logged(
        apt_get()
            .args([
                "-o",
                "DPkg::Lock::Timeout=120",
                "install",
                "--yes",
                "--no-install-recommends",
                "--no-remove",
            ])
            .args(packages),
        "apt-install",
    )
}

fn apt_get() -> Command {
    let mut command = if environment::is_root() {
        run::command("apt-get")
    } else {
        let mut sudo = run::command("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo.stdin(std::process::Stdio::inherit());
        sudo
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
