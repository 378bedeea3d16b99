//! Whatever people send: one clear problem, and nothing half done.

mod address;
mod body;
mod upload;

use crate::support::app::TestApp;
use crate::support::caller::{Caller, brief};

/// Sends things that must be refused, and notes how they are.
struct Tries<'a> {
    app: &'a TestApp,
    caller: &'a Caller,
    before: String,
    lines: Vec<String>,
}

impl<'a> Tries<'a> {
    async fn of(app: &'a TestApp, caller: &'a Caller) -> Self {
        Self { app, caller, before: app.holdings().await, lines: Vec::new() }
    }

    async fn send(
        &mut self,
        name: &str,
        method: &str,
        path: &str,
        content_type: &str,
        body: impl Into<Vec<u8>>,
    ) {
        let answer = self.caller.send_raw(method, path, content_type, body).await;
        self.lines.push(format!("{name}: {}", brief(&answer.problem())));
        assert_eq!(self.app.holdings().await, self.before, "{name} left something behind");
    }

    fn lines(self) -> String {
        self.lines.join("\n")
    }
}
