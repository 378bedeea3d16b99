//! Two servers and two workers under load, killed at random for a minute; then the books are held against each other.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use contract::attachment::{Attachment, UPLOAD};
use contract::comment::{Comment, NewComment};
use contract::service_request::{NewServiceRequest, ServiceRequest};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::killed::{Program, sent_and_arrived, settle};
use crate::support::app::{TestApp, until};
use crate::support::caller::Caller;
use crate::support::calls::form;
use crate::support::cast::{Cast, about};
use crate::support::photo;
use crate::support::talk::words;

/// How long they are killed, and how many people work meanwhile.
const FOR: Duration = Duration::from_secs(60);
const PEOPLE: usize = 4;
const COMMANDS: [&[&str]; 4] =
    [&["serve", "--no-worker"], &["serve", "--no-worker"], &["worker"], &["worker"]];
const PLENTY: [(&str, &str); 3] = [
    ("KOMMUNITY_RATE_USER", "1000000"),
    ("KOMMUNITY_RATE_ADDRESS", "1000000"),
    ("KOMMUNITY_RATE_SIGN_IN", "1000000"),
];
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// The programs as they are just now, and what was asked of them.
struct Machines<'a> {
    app: &'a TestApp,
    running: RefCell<Vec<Program>>,
    rng: RefCell<StdRng>,
    /// Keys that were used, so that each is used for one thing.
    asked: Cell<u32>,
    refused: Cell<u32>,
    is_over: Cell<bool>,
}

/// What was accepted: a request with its photo, and what was said about it with a paper.
struct Accepted {
    title: String,
    request: ServiceRequest,
    photo: Attachment,
    comment: Comment,
    paper: Attachment,
}

impl Machines<'_> {
    fn random(&self, below: usize) -> usize {
        self.rng.borrow_mut().random_range(0..below)
    }

    /// One of the servers, whether or not it lives.
    fn server(&self) -> Caller {
        self.running.borrow()[self.random(2)].caller(self.app)
    }

    /// Asks one server or the other under the same key, until one accepts.
    async fn accepted<R: DeserializeOwned>(&self, token: &str, path: &str, kind: &str, body: Vec<u8>) -> R {
        self.asked.set(self.asked.get() + 1);
        let key = format!("asked-at-random-{}", self.asked.get());
        let mut reply = None;
        until(async || {
            let request = self.server().with_token(token).request(Method::POST, path);
            let request = request.header("idempotency-key", &key).header("content-type", kind);
            let Ok(response) = request.body(body.clone()).send().await else {
                self.refused.set(self.refused.get() + 1);
                return false;
            };
            let status = response.status().as_u16();
            let Ok(text) = response.text().await else { return false };
            match status {
                200..300 => reply = Some(serde_json::from_str(&text).unwrap()),
                // The first try is still at work, or its server has just lost its database connection.
                409 if text.contains("still_running") => {}
                503 => {}
                _ => panic!("{path}: {status} {text}"),
            }
            reply.is_some()
        })
        .await;
        reply.unwrap()
    }

    /// Reports, speaks, and begins again, until it is over.
    async fn work(&self, cast: &Cast, [ann, dora]: [&str; 2], who: usize) -> Vec<Accepted> {
        let slug = &self.app.place.slug;
        let json = "application/json";
        let mut all = Vec::new();
        while !self.is_over.get() {
            let title = format!("Person {who}, number {}", all.len());
            let photo = form(UPLOAD.operation, slug, "file", &photo::jpeg(9, 9));
            let photo: Attachment =
                self.accepted(ann, &photo.path, &photo.content_type, photo.body.clone()).await;
            let new = NewServiceRequest {
                attachment_ids: vec![photo.id],
                unit_id: cast.cold_radiator().unit_id,
                ..about(self.app.place.heating, &title)
            };
            let path = contract::service_request::CREATE.path(&[slug]);
            let request: ServiceRequest =
                self.accepted(ann, &path, json, json!(new).to_string().into()).await;
            let paper = form(UPLOAD.operation, slug, "file", PDF);
            let paper: Attachment =
                self.accepted(dora, &paper.path, &paper.content_type, paper.body.clone()).await;
            let said = NewComment { attachment_ids: vec![paper.id], ..words(&format!("About {title}")) };
            let path = contract::comment::CREATE.path(&[slug, &request.summary.id]);
            let comment = self.accepted(dora, &path, json, json!(said).to_string().into()).await;
            all.push(Accepted { title, request, photo, comment, paper });
        }
        all
    }

    /// Kills one or another and starts it anew.
    async fn rage(&self) -> usize {
        let (end, mut kills) = (Instant::now() + FOR, 0);
        let mut strokes = tokio::time::interval(Duration::from_millis(50));
        while Instant::now() < end {
            for _ in 0..=self.random(20) {
                strokes.tick().await;
            }
            let victim = self.random(COMMANDS.len());
            let fresh = Program::begin(self.app, COMMANDS[victim], &PLENTY);
            std::mem::replace(&mut self.running.borrow_mut()[victim], fresh).kill();
            kills += 1;
        }
        self.is_over.set(true);
        kills
    }
}

/// How often each text stands in a column.
async fn times(app: &TestApp, sql: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for text in app.query(sql).await {
        *counts.entry(text).or_default() += 1;
    }
    counts
}

#[actix_web::test]
async fn a_minute_of_killing_under_load_loses_nothing_that_was_accepted_and_doubles_nothing() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let seed = rand::random();
    println!("seed {seed}");
    let first = Program::run(&app, COMMANDS[0], &PLENTY).await;
    let ann = first.sign_in(&app, &cast.ann.person().email).await;
    let dora = first.sign_in(&app, &cast.dora.person().email).await;
    let mut running = vec![first];
    running.extend(COMMANDS[1..].iter().map(|command| Program::begin(&app, command, &PLENTY)));
    let machines = Machines {
        app: &app,
        running: RefCell::new(running),
        rng: RefCell::new(StdRng::seed_from_u64(seed)),
        asked: Cell::new(0),
        refused: Cell::new(0),
        is_over: Cell::new(false),
    };
    let people = (0..PEOPLE).map(|who| machines.work(&cast, [ann.token(), dora.token()], who));
    let (kills, accepted) = tokio::join!(machines.rage(), futures_util::future::join_all(people));
    let accepted: Vec<Accepted> = accepted.into_iter().flatten().collect();
    let Machines { running, refused, .. } = machines;
    running.into_inner().into_iter().for_each(Program::kill);
    let told = app.count("notifications").await;
    settle(&app).await;
    let (requests, refused) = (accepted.len(), refused.get());
    println!(
        "{kills} kills, {requests} requests, {refused} tries without an answer, {told} told by the killed"
    );
    assert!(requests > PEOPLE && refused > 0 && told > 0, "too little happened to prove anything");

    let once = |names: Vec<String>| names.into_iter().map(|name| (name, 1)).collect::<BTreeMap<_, _>>();
    let ids = |of: fn(&Accepted) -> String| once(accepted.iter().map(of).collect());
    assert_eq!(times(&app, "select title as text from service_requests").await, ids(|it| it.title.clone()));
    assert_eq!(
        times(&app, "select id::text as text from comments").await,
        ids(|it| it.comment.id.to_string())
    );
    let files = "select id::text as text from attachments";
    let named = accepted.iter().flat_map(|it| [it.photo.id, it.paper.id]).map(|id| id.to_string()).collect();
    assert_eq!(times(&app, files).await, once(named));
    let last = "select max(split_part(number, '-', 3)::int)::text as text from service_requests";
    assert_eq!(app.query(last).await, [accepted.len().to_string()], "numbers have no gaps");

    // Dora hears of each report, Ann of each comment; both by mail, too.
    let told = "select event || ' ' || subject_id as text from notifications";
    let heard = accepted.iter().flat_map(|it| {
        let id = it.request.summary.id;
        [format!("request.report {id}"), format!("request.comment {id}")]
    });
    assert_eq!(times(&app, told).await, once(heard.collect()));
    assert_eq!(sent_and_arrived(&app).await, 2 * accepted.len());

    let ann = app.again(&cast.ann).await;
    for it in &accepted {
        let seen = ann.hears(&it.request).await;
        let paper = app.anonymous().send_raw("GET", &seen[0].attachments[0].url, "", "").await;
        assert_eq!((paper.status, paper.body.as_slice()), (200, PDF), "{}", it.title);
    }
}
