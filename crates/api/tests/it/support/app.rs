//! A server of the test's own.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use api::app::{App, Shared};
use api::config::Config;
use chrono::TimeDelta;
use contract::session::{SIGN_IN, Session, SignIn};
use db::Conn;
use diesel_async::AsyncPgConnection;
use domain::clock::{Clock, FixedClock};
use domain::community::Settings;
use domain::role::Role;

use super::caller::Caller;
use super::database::{Database, folder_of, names};
use super::given::{self, Person, Place};
use super::statements;

/// A server on a port of its own, with its own database, files, mail folder and time.
pub struct TestApp {
    pub shared: Arc<Shared>,
    pub clock: Arc<FixedClock>,
    /// Where most tests happen.
    pub place: Place,
    app: App,
    base: String,
    http: reqwest::Client,
    server: ServerHandle,
    tenant_tables: Vec<String>,
    data: PathBuf,
    database: Database,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_with(Settings::default()).await
    }

    /// A server whose first community has decided these things for itself.
    pub async fn start_with(settings: Settings) -> Self {
        Self::configured(settings, |_| {}).await
    }

    /// A server that is set up differently.
    pub async fn configured(settings: Settings, set_up: impl FnOnce(&mut Config)) -> Self {
        log_errors();
        statements::record();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let database = Database::create().await;
        let data = folder_of(database.name());
        let mut config = Config::for_tests(database.url().to_owned(), data.clone());
        set_up(&mut config);
        let clock = Arc::new(FixedClock::at(given::morning()));
        let shared = Shared::new(config, clock.clone()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = api::server::start(listener, &shared).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);

        let mut conn = database.connect().await;
        let tenant_tables = names(
            &mut conn,
            "select table_name::text as text from information_schema.columns /* test */ \
             where table_schema = 'public' and column_name = 'community_id'",
        )
        .await;
        let place = given::community(&mut conn, "willow-park", &settings).await;
        let app = App::new(&shared).unwrap();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { shared, clock, place, app, base, http, server: handle, tenant_tables, data, database }
    }

    /// Another server on the same database, of which this one knows nothing; answers who calls it without signing in.
    pub fn another_server(&self) -> Caller {
        let shared = Shared::new(self.shared.config.clone(), self.clock.clone()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        // It ends with the runtime of the test.
        actix_web::rt::spawn(api::server::start(listener, &shared).unwrap());
        Caller::anonymous(&self.http, &base, &self.place.slug)
    }

    /// A connection beside the server's own, for what the API does not do (yet).
    pub async fn conn(&self) -> AsyncPgConnection {
        self.database.connect().await
    }

    /// What a query answers in its column `text`, one line a row.
    pub async fn query(&self, sql: &str) -> Vec<String> {
        names(&mut self.conn().await, &format!("/* test */ {sql}")).await
    }

    pub async fn count(&self, table: &str) -> u32 {
        let rows = self.query(&format!("select count(*)::text as text from {table}")).await;
        rows[0].parse().unwrap()
    }

    /// How many rows there are in the tables that requests and announcements write to, and how many files.
    pub async fn holdings(&self) -> String {
        let mut all = Vec::new();
        for table in [
            "service_requests",
            "request_events",
            "comments",
            "announcements",
            "announcement_recipients",
            "attachments",
            "outbox",
            "request_ratings",
            "audit_events",
        ] {
            all.push(format!("{table} {}", self.count(table).await));
        }
        all.push(format!("files {}", files_below(&self.data.join("files"))));
        all.join(", ")
    }

    /// Looks until a query of the server waits for a lock that somebody else has.
    pub async fn until_it_waits(&self) {
        let waiting = "select query as text from pg_stat_activity \
                       where datname = current_database() and wait_event_type = 'Lock'";
        until(async || !self.query(waiting).await.is_empty()).await;
    }

    pub fn anonymous(&self) -> Caller {
        Caller::anonymous(&self.http, &self.base, &self.place.slug)
    }

    /// Somebody signed in who belongs to the place.
    pub async fn member(&self, name: &str, roles: &[Role]) -> Caller {
        self.member_of(&self.place, name, roles).await
    }

    pub async fn resident(&self, name: &str) -> Caller {
        self.member(name, &[Role::Resident]).await
    }

    pub async fn dispatcher(&self, name: &str) -> Caller {
        self.member(name, &[Role::Dispatcher]).await
    }

    /// A verified professional for these categories, in all zones.
    pub async fn professional(&self, name: &str, skills: &[&str]) -> Caller {
        let caller = self.member(name, &[Role::Professional]).await;
        given::skills(&mut self.conn().await, &self.place, caller.person().member_id, skills, &[]).await;
        caller
    }

    pub async fn member_of(&self, place: &Place, name: &str, roles: &[Role]) -> Caller {
        let person = given::member(&mut self.conn().await, place, name, roles).await;
        self.sign_in(place, person).await
    }

    /// Somebody with an account, `<name>@newcomers.test`, who belongs nowhere yet.
    pub async fn newcomer(&self, name: &str) -> Caller {
        let email = format!("{name}@newcomers.test");
        given::user(&mut self.conn().await, &email, false).await;
        self.caller_of(&email).await
    }

    /// Whoever has this address, signed in.
    pub async fn caller_of(&self, email: &str) -> Caller {
        let session = self.session(email).await;
        self.anonymous().with_token(session.access_token)
    }

    pub async fn operator(&self) -> Caller {
        let email = "olga@platform.test";
        given::user(&mut self.conn().await, email, true).await;
        let session = self.session(email).await;
        self.anonymous().with_token(session.access_token)
    }

    /// Another community, with everything that the first one has.
    pub async fn elsewhere(&self, slug: &str) -> Place {
        given::community(&mut self.conn().await, slug, &Settings::default()).await
    }

    /// Signs in anew: tokens last ten minutes of the test's own time.
    pub async fn sign_in(&self, place: &Place, person: Person) -> Caller {
        let session = self.session(&person.email).await;
        Caller::anonymous(&self.http, &self.base, &place.slug).with_person(person, session.access_token)
    }

    pub async fn again(&self, caller: &Caller) -> Caller {
        let session = self.session(&caller.person().email).await;
        caller.with_token(session.access_token)
    }

    async fn session(&self, email: &str) -> Session {
        let body = SignIn {
            totp: None,
            email: email.into(),
            password: given::PASSWORD.into(),
            refresh_token_in_body: true,
        };
        self.anonymous().call(&SIGN_IN, &[], &body).await.ok()
    }

    pub fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.clock.now()
    }

    /// Does everything that the worker has to do now.
    pub async fn run_outbox(&self) {
        api::worker::drain(&self.app).await.unwrap();
    }

    /// Runs the outbox; answers who got which mail, as `address: subject`.
    pub async fn mailbox(&self) -> Vec<String> {
        self.run_outbox().await;
        let mut letters: Vec<String> = self.letters().iter().map(|letter| envelope(letter)).collect();
        letters.sort();
        letters
    }

    /// The mail as it was sent.
    pub fn letters(&self) -> Vec<String> {
        let Ok(folder) = std::fs::read_dir(self.data.join("mail")) else { return Vec::new() };
        folder
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.server.stop(false));
        if std::thread::panicking() {
            return;
        }
        let _ = std::fs::remove_dir_all(&self.data);
        let unscoped = statements::unscoped(&self.tenant_tables);
        assert!(
            unscoped.is_empty(),
            "these statements touch a community's table without naming the community:\n{}",
            unscoped.join("\n")
        );
    }
}

/// Runs functions of the db crate on a connection of the test's own.
impl TestApp {
    pub async fn with_conn<T>(&self, work: impl AsyncFnOnce(&mut Conn) -> T) -> T {
        work(&mut self.conn().await).await
    }
}

fn log_errors() {
    let _ = tracing_subscriber::fmt().with_env_filter("warn").with_test_writer().try_init();
}

fn files_below(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { files_below(&path) } else { 1 })
        .sum()
}

/// `To` without the name, and the subject with its encoding undone as far as these tests need it.
fn envelope(letter: &str) -> String {
    let header = |name: &str| {
        let text = letter.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
        text.lines().find_map(|line| line.strip_prefix(name).map(str::to_owned)).unwrap_or_default()
    };
    let to = header("To: ");
    let to = to.rsplit('<').next().unwrap_or_default().trim_end_matches('>').to_owned();
    format!("{to}: {}", decoded(&header("Subject: ")))
}

/// Undoes the encoded words of RFC 2047.
fn decoded(subject: &str) -> String {
    use base64::Engine as _;
    let words = subject.replace("?= =?", "?==?");
    let mut parts = words.split("=?utf-8?b?");
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    for part in parts {
        let (code, rest) = part.split_once("?=").unwrap_or((part, ""));
        bytes.extend(base64::engine::general_purpose::STANDARD.decode(code).unwrap());
        if !rest.is_empty() {
            text += &String::from_utf8(std::mem::take(&mut bytes)).unwrap();
            text += rest;
        }
    }
    text + &String::from_utf8(bytes).unwrap()
}

/// Looks again and again, until it is so.
pub async fn until(mut so: impl AsyncFnMut() -> bool) {
    let mut looks = tokio::time::interval(Duration::from_millis(20));
    for _ in 0..1500 {
        looks.tick().await;
        if so().await {
            return;
        }
    }
    panic!("it never was so");
}
