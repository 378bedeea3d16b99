//! What a community tells its members: whom it reaches, who has read it, and what may be done with it when.

mod reading;
mod telling;
mod writing;

use contract::announcement::{AnnouncementQuery, LIST};
use domain::announcement::AnnouncementView;
use domain::id::UnitId;
use domain::role::Role;

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::given;

/// The people of these stories: Carl publishes, the others live in the place.
struct People {
    carl: Caller,
    /// In flat 1, in the north.
    ann: Caller,
    /// In the gatehouse, in no zone.
    bob: Caller,
    /// Has no unit.
    gus: Caller,
}

impl People {
    async fn of(app: &TestApp) -> Self {
        let ann = app.resident("ann").await;
        let bob = app.resident("bob").await;
        lives(app, &ann, app.place.flat_1).await;
        lives(app, &bob, app.place.gatehouse).await;
        let carl = app.member("carl", &[Role::Committee]).await;
        Self { carl, ann, bob, gus: app.member("gus", &[Role::Guard]).await }
    }
}

async fn lives(app: &TestApp, who: &Caller, unit: UnitId) {
    given::home(&mut app.conn().await, &app.place, who.person().member_id, unit).await;
}

/// What somebody finds in a list, by title.
async fn titles(who: &Caller, query: &AnnouncementQuery) -> Vec<String> {
    let page = who.find(&LIST, &[&who.slug()], query).await.ok();
    page.data.into_iter().map(|one| one.title).collect()
}

async fn current(who: &Caller) -> Vec<String> {
    titles(who, &AnnouncementQuery::default()).await
}

fn seen_in(view: AnnouncementView) -> AnnouncementQuery {
    AnnouncementQuery { view: Some(view), ..AnnouncementQuery::default() }
}
