//! The real program, killed at the worst moments.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use contract::service_request::CREATE;
use contract::session::{SIGN_IN, SignIn};
use diesel_async::SimpleAsyncConnection;
use serde_json::json;

use crate::support::app::{TestApp, until};
use crate::support::caller::{Caller, Raw};
use crate::support::cast::{Cast, about};
use crate::support::given::PASSWORD;

const KEY: &str = "killed-in-the-middle";

/// The program, answering on a port of its own, on a test's database.
pub struct Program {
    pub child: Child,
    address: SocketAddr,
}

impl Program {
    async fn start(app: &TestApp) -> Self {
        Self::run(app, &["serve", "--no-worker"], &[]).await
    }

    pub async fn run(app: &TestApp, command: &[&str], settings: &[(&str, &str)]) -> Self {
        let program = Self::begin(app, command, settings);
        let client = reqwest::Client::new();
        let url = format!("http://{}/health/live", program.address);
        until(async || client.get(&url).send().await.is_ok()).await;
        program
    }

    /// Started, but perhaps not yet ready; a worker never answers.
    pub fn begin(app: &TestApp, command: &[&str], settings: &[(&str, &str)]) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_kommunity"))
            .args(command)
            .envs(settings.iter().copied())
            .env("KOMMUNITY_MODE", "demo")
            .env("DATABASE_URL", &app.shared.config.database_url)
            .env("KOMMUNITY_DATA_DIR", &app.shared.config.data_dir)
            .env("KOMMUNITY_LISTEN", address.to_string())
            .env("KOMMUNITY_TOKEN_KEYS", "t:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
            .env("KOMMUNITY_DATA_KEYS", "d:ZGF0YWRhdGFkYXRhZGF0YTAxMjM0NTY3ODlhYmNkZWY=")
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, address }
    }

    /// Nobody yet, who calls this program.
    pub fn caller(&self, app: &TestApp) -> Caller {
        Caller::anonymous(&reqwest::Client::new(), &format!("http://{}", self.address), &app.place.slug)
    }

    pub async fn sign_in(&self, app: &TestApp, email: &str) -> Caller {
        let body = SignIn {
            email: email.into(),
            password: PASSWORD.into(),
            refresh_token_in_body: true,
            totp: None,
        };
        let session = self.caller(app).call(&SIGN_IN, &[], &body).await.ok();
        self.caller(app).with_token(session.access_token)
    }

    /// Sends a report under the key and never reads the answer.
    fn report_unheard(&self, caller: &Caller, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let path = CREATE.path(&[&caller.slug]);
        let (token, length) = (caller.token(), body.len());
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\nidempotency-key: {KEY}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        stream
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

async fn retry(caller: &Caller, body: &str) -> Raw {
    let request = caller.request(reqwest::Method::POST, &CREATE.path(&[&caller.slug]));
    let request = request.header("idempotency-key", KEY).header("content-type", "application/json");
    Raw::of(request.body(body.to_owned())).await
}

#[actix_web::test]
async fn killed_between_work_and_answer_the_retry_gets_the_first_answer() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let (email, body) = (cast.ann.person().email.clone(), json!(cast.cold_radiator()).to_string());
    let program = Program::start(&app).await;
    let unheard = program.report_unheard(&program.sign_in(&app, &email).await, &body);
    until(async || app.count("idempotency_keys").await == 1).await;
    program.kill();
    drop(unheard);

    let program = Program::start(&app).await;
    let answer = retry(&program.sign_in(&app, &email).await, &body).await;
    assert_eq!((answer.status, answer.header("idempotent-replayed")), (201, "true"), "{}", answer.text());
    let numbers = app.query("select number as text from service_requests").await;
    assert_eq!(numbers.len(), 1);
    assert!(answer.text().contains(&numbers[0]) && answer.header("location").ends_with(&numbers[0]));
    program.kill();
}

#[actix_web::test]
async fn killed_in_the_middle_of_the_work_nothing_has_happened_and_the_retry_does_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let (email, body) = (cast.ann.person().email.clone(), json!(cast.cold_radiator()).to_string());
    let program = Program::start(&app).await;
    let mut blocker = app.conn().await;
    blocker.batch_execute("begin; lock table request_counters").await.unwrap();
    let unheard = program.report_unheard(&program.sign_in(&app, &email).await, &body);
    app.until_it_waits().await;
    program.kill();
    drop(unheard);
    blocker.batch_execute("rollback").await.unwrap();

    let program = Program::start(&app).await;
    let answer = retry(&program.sign_in(&app, &email).await, &body).await;
    assert_eq!((answer.status, answer.header("idempotent-replayed")), (201, ""), "{}", answer.text());
    assert_eq!(app.count("service_requests").await, 1);
    program.kill();
}

#[actix_web::test]
async fn workers_killed_again_and_again_lose_nothing_and_tell_nobody_twice() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let email = cast.ann.person().email.clone();
    // Each time when they have come a step further with what is new.
    for (round, step) in [
        "select id::text as text from outbox",
        "select id::text as text from outbox where seq is not null",
        "select id::text as text from notifications",
        "select id::text as text from deliveries",
        "select id::text as text from deliveries where state = 'sent'",
    ]
    .iter()
    .enumerate()
    {
        let program = Program::run(&app, &["serve"], &[]).await;
        let ann = program.sign_in(&app, &email).await;
        let before = app.query(step).await.len();
        for at in 0..6 {
            let title = format!("Killed in round {round}: {at}");
            ann.report(&about(app.place.heating, &title)).await.ok();
        }
        until(async || app.query(step).await.len() > before).await;
        program.kill();
    }
    settle(&app).await;

    assert_eq!(
        (app.count("outbox").await, app.count("notifications").await),
        (30, 30),
        "each told to Dora once"
    );
    assert_eq!(sent_and_arrived(&app).await, 30);
    assert_eq!(app.count("deliveries").await, 30);
}

/// Does what the dead left undone, once their leases have ended.
pub async fn settle(app: &TestApp) {
    // The programs went by the clock on the wall; what is done from here on must not look months old.
    let latest = "select extract(epoch from max(created_at))::bigint::text as text from outbox";
    advance_to(app, &app.query(latest).await[0]);
    let unfinished = "select extract(epoch from greatest(run_at, leased_until))::bigint::text as text from jobs \
                      where kind in ('tell', 'mail') and done_at is null order by 1 desc";
    for _ in 0..5 {
        app.run_outbox().await;
        match app.query(unfinished).await.first() {
            Some(last) => advance_to(app, last),
            None => break,
        }
    }
    assert_eq!(app.query(unfinished).await, [] as [&str; 0]);
}

fn advance_to(app: &TestApp, seconds: &str) {
    let ahead = seconds.parse::<i64>().unwrap() + 1 - app.now().timestamp();
    app.advance(chrono::TimeDelta::seconds(ahead.max(0)));
}

/// How many letters were sent, each of which arrived. Who dies between sending and noting it sends again, under the
/// same id.
pub async fn sent_and_arrived(app: &TestApp) -> usize {
    let sent = app.query("select message_id as text from deliveries where state = 'sent'").await;
    let sent: std::collections::BTreeSet<String> = sent.into_iter().collect();
    let id = |letter: &String| {
        let line = letter.lines().find_map(|line| line.strip_prefix("Message-ID: ")).map(str::to_owned);
        line.unwrap_or_default()
    };
    let arrived: std::collections::BTreeSet<String> = app.letters().iter().map(id).collect();
    assert_eq!(arrived, sent);
    sent.len()
}
