//! Listening to the live stream.

use std::time::Duration;

use contract::stream::OPEN;
use serde_json::Value;

use super::caller::Caller;

/// An open stream, and what of it has not been read.
pub struct Listening {
    pub response: reqwest::Response,
    pub text: String,
}

/// One event: its id, its name, its data.
pub type Event = (Option<i64>, String, Value);

impl Listening {
    pub async fn open(caller: &Caller, last_id: Option<i64>) -> Self {
        let request = caller.request(reqwest::Method::GET, &OPEN.path(&[]));
        let request = match last_id {
            Some(id) => request.header("last-event-id", id),
            None => request,
        };
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, text: String::new() }
    }

    /// The next event; none where the stream has ended.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
                let Some(name) = field("event: ") else { continue };
                let data = serde_json::from_str(field("data: ").unwrap()).unwrap();
                return Some((field("id: ").map(|id| id.parse().unwrap()), name.to_owned(), data));
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.response.chunk()).await;
            let chunk = chunk.expect("nothing came").ok()??;
            self.text += std::str::from_utf8(&chunk).unwrap();
        }
    }

    /// What the next event of a name tells.
    pub async fn named(&mut self, wanted: &str) -> Value {
        loop {
            let (_, name, data) = self.next().await.expect("the stream has ended");
            if name == wanted {
                return data;
            }
        }
    }

    /// The next change of a request.
    pub async fn change(&mut self) -> (i64, Value) {
        loop {
            let (id, name, data) = self.next().await.expect("the stream has ended");
            if name == "request" {
                return (id.unwrap(), data);
            }
        }
    }
}
