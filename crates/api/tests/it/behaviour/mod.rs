//! What is the same for every operation, tried on every operation: one that lacks it fails here.

mod answers;
mod edges;
mod idempotency;
pub mod killed;
mod killed_at_random;
mod limits;
mod lists;
mod methods;
mod problems;
mod sync;
mod tags;

use contract::endpoint::Operation;
use domain::community::MemberStatus;
use domain::role::Role;
use reqwest::RequestBuilder;

use crate::support::app::TestApp;
use crate::support::caller::{Caller, Raw};
use crate::support::calls::{Call, Subject};
use crate::support::cast::Cast;
use crate::support::given;

/// A server with a request on it, and somebody who may call everything: they have all roles and run the platform.
struct Stage {
    app: TestApp,
    cast: Cast,
    subject: Subject,
    all: Caller,
}

impl Stage {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let cast = Cast::of(&app).await;
        let subject = Subject::of(&app, &cast).await;
        let person = app
            .with_conn(async |conn| {
                let user = given::user(conn, "all@willow-park.test", true).await;
                let person =
                    given::join(conn, &app.place, user, "all", Role::ALL, MemberStatus::Active).await;
                given::skills(conn, &app.place, person.member_id, &[], &[]).await;
                person
            })
            .await;
        let all = app.sign_in(&app.place, person).await;
        Self { app, cast, subject, all }
    }

    /// A fresh good call of every operation that fits.
    async fn calls(&self, fits: impl Fn(&Operation) -> bool) -> Vec<Call> {
        let calls = self.subject.calls(&self.app).await;
        calls.into_iter().filter(|call| fits(&call.operation)).collect()
    }

    /// The call on its way, for headers of its own.
    fn request(&self, call: &Call) -> RequestBuilder {
        call.request(&self.all)
    }

    async fn get(&self, path: &str) -> Raw {
        self.all.send_raw("GET", path, "", "").await
    }
}
