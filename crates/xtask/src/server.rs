//! The program `kommunity`: building it, running its commands, and the server that outlives the command.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read as _, Write as _},
    net::{IpAddr, SocketAddr, TcpListener, TcpStream},
    os::unix::process::{CommandExt as _, ExitStatusExt as _},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use rustix::process::Signal;

use crate::{files, process::Process, project, run, secrets, web};

/// How long a server may take until it can answer.
const PATIENCE: Duration = Duration::from_secs(60);

const GLANCE: Duration = Duration::from_millis(100);

/// How the program is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Release,
}

/// Builds the program and says where it is.
pub fn build(profile: Profile) -> Result<PathBuf> {
    let mut cargo = run::cargo();
    cargo.args(["build", "--package", "api", "--bin", "kommunity"]);
    let folder = match profile {
        Profile::Dev => "debug",
        Profile::Release => {
            cargo.arg("--release");
            "release"
        }
    };
    run::visible(&mut cargo).context("the server does not compile")?;
    Ok(project::target()?.join(folder).join("kommunity"))
}

/// The program with all it must know to run from a checkout.
pub struct Server {
    pub program: PathBuf,
    pub database_url: String,
    pub address: SocketAddr,
    /// Where it keeps what people upload, and the mail it would send.
    pub data: PathBuf,
    /// The file its log goes to, below `.local/log`.
    pub log: &'static str,
    /// Where maps get their pictures from; `None` is where the server itself would.
    pub tiles: Option<&'static str>,
    /// The proxies whose word it takes for where a request comes from.
    pub proxies: &'static str,
}

/// A server that was started and left running.
pub struct Running {
    pub process: Process,
    pub address: SocketAddr,
    /// What it was started from.
    fingerprint: String,
}

impl Server {
    /// One of the program's commands.
    pub fn command(&self, name: &str) -> Result<Command> {
        let mut command = run::command(&self.program);
        command
            .arg(name)
            .env("KOMMUNITY_MODE", "demo")
            .env("DATABASE_URL", &self.database_url)
            .env("KOMMUNITY_LISTEN", self.address.to_string())
            .env("KOMMUNITY_PUBLIC_URL", self.url())
            // Tests come as many people from one address.
            .envs(
                ["USER", "ADDRESS", "SIGN_IN"].map(|policy| (format!("KOMMUNITY_RATE_{policy}"), "1000000")),
            )
            .envs(secrets::keys()?)
            .env("KOMMUNITY_DATA_DIR", &self.data)
            .env("KOMMUNITY_TRUSTED_PROXIES", self.proxies)
            .env("KOMMUNITY_WEB_DIR", web::dist())
            .envs(self.tiles.map(|tiles| ("KOMMUNITY_TILE_URL", tiles)));
        Ok(command)
    }

    /// Brings the database to where the program wants it and puts the demo's data there, which changes nothing the
    /// second time.
    pub fn prepare_database(&self) -> Result<()> {
        fs::create_dir_all(&self.data)?;
        run::logged(&mut self.command("migrate")?, "migrate")
            .context("the database could not be migrated")?;
        run::logged(&mut self.command("demo")?, "demo").context("the demo's data could not be made")
    }

    /// Where a browser finds it.
    pub fn url(&self) -> String {
        url(self.address)
    }

    /// Starts it in the background and waits until it answers.
    pub fn start(&self) -> Result<Child> {
        let log = run::log_file(self.log)?;
        let out = File::create(&log)?;
        // A group of its own: Ctrl-C is for us, who then end the server in good order.
        let mut child = self
            .command("serve")?
            .stdout(out.try_clone()?)
            .stderr(out)
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("{} could not be started", project::short(&self.program)))?;
        let begun = Instant::now();
        while !is_ready(self.address) {
            if let Some(status) = child.try_wait()? {
                run::show_tail(&log);
                match status.signal() {
                    Some(signal) => bail!("the server was ended by signal {signal} before it could answer"),
                    None => {
                        bail!("the server ended before it could answer; its log is {}", project::short(&log))
                    }
                }
            }
            if begun.elapsed() > PATIENCE {
                // Whatever it waits for, it must not stay behind.
                let _ = child.kill();
                run::show_tail(&log);
                bail!("the server does not answer at {}/health/ready", self.url());
            }
            thread::sleep(GLANCE);
        }
        Ok(child)
    }

    /// Remembers a server that is left running.
    pub fn record(&self, child: &Child) -> Result<()> {
        files::write(&record()?, format!("{}\n{}\n{}\n", child.id(), self.address, self.fingerprint()?))
    }

    /// Is the running server the one that would be started now?
    pub fn is_same_as(&self, running: &Running) -> Result<bool> {
        Ok(running.fingerprint == self.fingerprint()? && is_ready(running.address))
    }

    fn fingerprint(&self) -> Result<String> {
        let program = fs::metadata(&self.program)?;
        let command = self.command("serve")?;
        // Read by the server when it starts, so another app needs another server.
        let policy = fs::read_to_string(web::dist().join("csp.json")).unwrap_or_default();
        let mut all = format!("{:?} {} {policy}", program.modified()?, program.len());
        for (name, value) in command.get_envs() {
            all.push_str(&format!(" {name:?}={value:?}"));
        }
        Ok(files::digest(all.as_bytes()))
    }
}

/// The server that an earlier command left running.
pub fn running() -> Result<Option<Running>> {
    let Ok(record) = fs::read_to_string(record()?) else { return Ok(None) };
    let mut lines = record.lines();
    let (Some(pid), Some(address), Some(fingerprint)) = (lines.next(), lines.next(), lines.next()) else {
        return Ok(None);
    };
    // The number may have gone to another program since; ours says what it is.
    let Some(process) = pid.parse().ok().and_then(|pid| Process::find(pid, "kommunity serve")) else {
        return Ok(None);
    };
    Ok(Some(Running { process, address: address.parse()?, fingerprint: fingerprint.to_owned() }))
}

/// Stops the server that an earlier command left running.
pub fn stop() -> Result<bool> {
    let Some(running) = running()? else { return Ok(false) };
    // Forgotten first, so that a command that waits for it sees that it was ended on purpose.
    fs::remove_file(record()?)?;
    running.process.stop(Signal::TERM);
    Ok(true)
}

/// Forgets a server that has ended; `false` when another command has taken its place.
pub fn forget(child: &Child) -> Result<bool> {
    let record = record()?;
    let known = fs::read_to_string(&record).unwrap_or_default();
    let is_known = known.lines().next() == Some(&child.id().to_string());
    if is_known {
        fs::remove_file(record)?;
    }
    Ok(is_known)
}

/// Makes sure that nobody else listens there.
pub fn must_be_free(address: SocketAddr) -> Result<()> {
    let error = match TcpListener::bind(address) {
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    let port = address.port();
    match error.kind() {
        ErrorKind::AddrInUse => bail!(
            "port {port} is taken{}. Choose another one: cargo xtask up --port {}",
            who_listens(port).map_or_else(String::new, |who| format!(" by {who}")),
            port.saturating_add(1)
        ),
        ErrorKind::PermissionDenied => {
            bail!("port {port} is for root only. Choose one above 1023: cargo xtask up --port 8080")
        }
        _ => bail!("this machine cannot listen at {address}: {error}"),
    }
}

/// A port that nobody uses.
pub fn free_port(host: IpAddr) -> Result<SocketAddr> {
    Ok(TcpListener::bind((host, 0))?.local_addr()?)
}

/// What to type into a browser for an address; one that means "everywhere" is reached at home.
pub fn url(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

fn record() -> Result<PathBuf> {
    project::local("server")
}

fn is_ready(address: SocketAddr) -> bool {
    answers(address).unwrap_or(false)
}

fn answers(address: SocketAddr) -> Result<bool> {
    let host = match address {
        SocketAddr::V4(_) if address.ip().is_unspecified() => IpAddr::from([127, 0, 0, 1]),
        SocketAddr::V6(_) if address.ip().is_unspecified() => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        _ => address.ip(),
    };
    let patience = Duration::from_secs(2);
    let mut stream = TcpStream::connect_timeout(&SocketAddr::new(host, address.port()), patience)?;
    stream.set_read_timeout(Some(patience))?;
    let question = format!("GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(question.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.split_whitespace().nth(1) == Some("200"))
}

/// The program behind a port, where the machine can tell.
fn who_listens(port: u16) -> Option<String> {
    let by_lsof = || {
        let said =
            run::output(run::command("lsof").args(["-nP", "-sTCP:LISTEN", "-Fpc", &format!("-iTCP:{port}")]))
                .ok()?;
        let field = |mark| said.lines().find_map(|line| line.strip_prefix(mark)).map(str::to_owned);
        Some(format!("{} (process {})", field('c')?, field('p')?))
    };
    let by_ss = || {
        let said = run::output(run::command("ss").args(["-ltnpH", &format!("sport = :{port}")])).ok()?;
        let name = said.split('"').nth(1)?;
        let pid = said.split("pid=").nth(1)?.split(',').next()?;
        Some(format!("{name} (process {pid})"))
    };
    by_lsof().or_else(by_ss)
}
