//! How many wait to be let in, for those who may let them in.

use contract::account::Membership;
use contract::member::{LIST, MemberQuery};
use domain::community::MemberStatus;
use domain::role::Permission;
use leptos::prelude::*;

use crate::api;
use crate::load::load;
use crate::session::can;

/// More are not counted.
const MANY: u16 = 100;

#[derive(Clone, Copy)]
pub struct Waiting {
    pub count: RwSignal<i64>,
}

/// Counts for the community that is looked at, and again whenever somebody comes back to this tab.
pub fn provide(here: Memo<Option<Membership>>) {
    let waiting = Waiting { count: RwSignal::new(0) };
    provide_context(waiting);
    let found = load(move || {
        let slug = here.get().filter(|it| can(it, Permission::MembersApprove)).map(|it| it.community.slug);
        async move {
            let Some(slug) = slug else { return Ok(0) };
            let query = MemberQuery {
                status: Some(MemberStatus::Pending),
                limit: Some(MANY),
                ..MemberQuery::default()
            };
            Ok(api::get_with(&LIST, &[&slug], &query).await?.data.len())
        }
    });
    found.reload_when_seen_again();
    Effect::new(move || {
        if let Some(found) = found.ready() {
            waiting.count.set(i64::try_from(found).unwrap_or(i64::MAX));
        }
    });
}

pub fn expect() -> Waiting {
    expect_context()
}
