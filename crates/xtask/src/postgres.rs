//! PostgreSQL clusters of this checkout: one that keeps its data, one that tests throw away.

use std::{
    fs,
    io::Write as _,
    net::{Ipv4Addr, TcpListener},
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _, chown},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};
use rustix::process::Signal;

use crate::{
    files,
    process::{self, Process},
    project, run, secrets,
    setup::postgres::{self, Programs},
    ui,
};

/// The superuser, whose password lies beside the data.
const USER: &str = "kommunity";

/// Programs that root may run PostgreSQL as.
const STAND_INS: [&str; 2] = ["postgres", "nobody"];

/// How text is ordered and folded, the first that the machine knows.
const LOCALES: [&str; 3] = ["C.UTF-8", "en_US.UTF-8", "C"];

/// A cluster and where it lives.
pub struct Cluster {
    home: PathBuf,
    durable: bool,
    databases: &'static [&'static str],
}

/// A cluster that runs.
pub struct Running {
    process: Process,
    port: u16,
    password: String,
}

/// Who the database server runs as; nobody in particular when we are not root.
#[derive(Clone, Copy)]
struct Owner {
    user: u32,
    group: u32,
}

impl Cluster {
    /// The one behind `cargo xtask up`.
    pub fn durable() -> Result<Self> {
        Ok(Self { home: project::shared("pg")?, durable: true, databases: &["kommunity"] })
    }

    /// The one that tests make databases in.
    pub fn throw_away() -> Result<Self> {
        Ok(Self {
            home: project::shared("test-pg")?,
            durable: false,
            databases: &["browser_tests", "fuzz_resident", "fuzz_manager"],
        })
    }

    /// Starts it, making it first when it is not there.
    pub fn start(&self) -> Result<Running> {
        if let Some(running) = self.running()? {
            return Ok(running);
        }
        let written_by = fs::read_to_string(self.data().join("PG_VERSION")).ok();
        let programs = postgres::programs(written_by.and_then(|major| major.trim().parse().ok()))?;
        let owner = self.owner()?;
        if !self.data().exists() {
            ui::start(format_args!(
                "making a PostgreSQL {} cluster in {}",
                programs.major,
                project::short(&self.home)
            ));
            self.make(&programs, owner)?;
        }
        self.remove_stale_record()?;
        let port = self.free_port()?;
        let log = self.log();
        let mut pg_ctl = acting_as(owner, run::command(programs.folder.join("pg_ctl")));
        pg_ctl.arg("-D").arg(self.data()).arg("-l").arg(&log).args(["-w", "-t", "60", "-o"]);
        pg_ctl.arg(self.settings(port)).arg("start");
        if let Err(error) = run::logged(&mut pg_ctl, "pg_ctl") {
            run::show_tail(&log);
            return Err(error.context("PostgreSQL does not start"));
        }
        self.running()?.context("PostgreSQL started and ended again at once")
    }

    /// Stops it, if it runs.
    pub fn stop(&self) -> Result<bool> {
        let running = self.running()?;
        if let Some(running) = &running {
            running.stop();
        }
        Ok(running.is_some())
    }

    /// Stops it and deletes all that is in it.
    pub fn delete(&self) -> Result<()> {
        self.stop()?;
        files::remove_folder(&self.home)
    }

    /// What the server says about itself.
    pub fn log(&self) -> PathBuf {
        self.home.join("postgres.log")
    }

    fn password_file(&self) -> PathBuf {
        self.home.join("password")
    }

    /// Part of an address, so nothing in it may need escaping.
    fn password(&self) -> Result<String> {
        secrets::remembered(&self.password_file(), || Ok(secrets::hex(&secrets::random()?)))
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// The cluster's server, going by its own record but not trusting it: the number may be another program's by now.
    fn running(&self) -> Result<Option<Running>> {
        let Some((pid, port)) = self.recorded() else { return Ok(None) };
        let Some(process) = Process::find(pid, &self.data().to_string_lossy()) else { return Ok(None) };
        Ok(Some(Running { process, port, password: self.password()? }))
    }

    /// The first and the fourth line of `postmaster.pid`.
    fn recorded(&self) -> Option<(i32, u16)> {
        let record = fs::read_to_string(self.data().join("postmaster.pid")).ok()?;
        let mut lines = record.lines();
        let pid = lines.next()?.trim().parse().ok()?;
        let port = lines.nth(2)?.trim().parse().ok()?;
        Some((pid, port))
    }

    /// PostgreSQL itself clears the record of a dead server, with care for what that may have left running, but it
    /// takes any living process for the one on record.
    fn remove_stale_record(&self) -> Result<()> {
        if self.recorded().is_some_and(|(pid, _)| process::exists(pid)) {
            fs::remove_file(self.data().join("postmaster.pid"))?;
        }
        Ok(())
    }

    fn make(&self, programs: &Programs, owner: Option<Owner>) -> Result<()> {
        // Made beside its place and then moved there, so that an interrupted start leaves nothing half made.
        let fresh = self.home.join("data.new");
        files::remove_folder(&fresh)?;
        fs::create_dir_all(&self.home)?;
        fs::set_permissions(&self.home, fs::Permissions::from_mode(0o755))?;
        give(&self.home, owner)?;
        let password = self.password_file();
        self.password()?;
        give(&password, owner)?;
        let made = LOCALES
            .iter()
            .map(|locale| self.initdb(programs, owner, &fresh, &password, locale))
            .find(Result::is_ok);
        if made.is_none() {
            run::show_tail(&run::log_file("initdb")?);
            bail!("PostgreSQL cannot make a new cluster in {}", project::short(&self.home));
        }
        for database in self.databases {
            create_database(programs, owner, &fresh, database)?;
        }
        fs::rename(&fresh, self.data()).context("the new cluster could not be put in its place")
    }

    fn initdb(
        &self,
        programs: &Programs,
        owner: Option<Owner>,
        data: &Path,
        password: &Path,
        locale: &str,
    ) -> Result<()> {
        let mut initdb = acting_as(owner, run::command(programs.folder.join("initdb")));
        initdb.arg("-D").arg(data).args(["-U", USER, "-A", "scram-sha-256", "-E", "UTF8"]);
        initdb.arg(format!("--locale={locale}")).arg(format!("--pwfile={}", password.display()));
        if !self.durable {
            initdb.arg("--no-sync");
        }
        let output = initdb.stdout(Stdio::piped()).stderr(Stdio::piped()).output()?;
        files::write(&run::log_file("initdb")?, [output.stdout, output.stderr].concat())?;
        if !output.status.success() {
            bail!("initdb failed with locale {locale}");
        }
        Ok(())
    }

    /// The port of last time, if nobody took it since.
    fn free_port(&self) -> Result<u16> {
        let remembered = self.home.join("port");
        let last =
            fs::read_to_string(&remembered).ok().and_then(|port| port.trim().parse().ok()).unwrap_or(0);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, last))
            .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .context("no free port for PostgreSQL")?;
        let port = listener.local_addr()?.port();
        files::write(&remembered, port.to_string())?;
        Ok(port)
    }

    /// Loopback only, and no socket: its path could be longer than systems allow.
    fn settings(&self, port: u16) -> String {
        let mut settings =
            format!("-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''");
        if !self.durable {
            settings.push_str(
                " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300",
            );
        }
        settings
    }

    /// Existing data decides; otherwise whoever we are, or a stand-in for root.
    fn owner(&self) -> Result<Option<Owner>> {
        let existing = fs::metadata(self.data()).ok();
        let me = rustix::process::geteuid().as_raw();
        match existing {
            Some(data) if me == 0 => Ok(Some(Owner { user: data.uid(), group: data.gid() })),
            Some(data) if data.uid() != me => bail!(
                "{} belongs to another user of this machine. Run the command as that user, or as root",
                project::short(&self.home)
            ),
            None if me == 0 => Ok(Some(stand_in()?)),
            _ => Ok(None),
        }
    }
}

impl Running {
    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}:{}@127.0.0.1:{}/{database}", self.password, self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends the sessions and then the server.
    pub fn stop(&self) {
        self.process.stop(Signal::INT);
    }
}

/// A database in a cluster that does not run yet, without the client programs, which may not be there.
fn create_database(programs: &Programs, owner: Option<Owner>, data: &Path, name: &str) -> Result<()> {
    let mut single = acting_as(owner, run::command(programs.folder.join("postgres")));
    single.arg("--single").arg("-D").arg(data).arg("postgres");
    let mut child = single.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        writeln!(input, "create database {name}")?;
    }
    let ended = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&ended.stderr);
    if !ended.status.success() || said.contains("ERROR") {
        bail!("the database {name} could not be made: {}", said.trim());
    }
    Ok(())
}

fn acting_as(owner: Option<Owner>, mut command: Command) -> Command {
    // The checkout may be closed to the stand-in, who must be able to stand where it is put.
    command.current_dir("/");
    if let Some(owner) = owner {
        command.gid(owner.group).uid(owner.user);
    }
    command
}

fn give(path: &Path, owner: Option<Owner>) -> Result<()> {
    owner
        .map_or(Ok(()), |owner| chown(path, Some(owner.user), Some(owner.group)))
        .with_context(|| format!("{} cannot be handed to the user that PostgreSQL runs as", path.display()))
}

fn stand_in() -> Result<Owner> {
    let number = |flag, name| run::output(run::command("id").args([flag, name])).ok()?.trim().parse().ok();
    STAND_INS
        .iter()
        .find_map(|name| Some(Owner { user: number("-u", name)?, group: number("-g", name)? }))
        .context(
            "PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody` here",
        )
}
