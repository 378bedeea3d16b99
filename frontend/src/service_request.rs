//! Service requests: to report them, to work through them, to see one through.

mod action_form;
mod actions;
mod assignee;
pub mod board;
mod bulk;
mod done;
pub mod draft;
mod edit;
mod facts;
mod filter;
mod filter_bar;
mod finder;
mod forms;
pub mod jobs;
pub mod list;
pub mod report;
pub mod row;
mod saved;
pub mod show;
mod story;
mod where_step;

use chrono::{DateTime, Utc};
use contract::service_request::ServiceRequestSummary;
use domain::service_request::RequestStatus;
use leptos::prelude::*;

use crate::time::{self, Now};
use crate::ui::badge::Badge;
use crate::ui::deadline::{DeadlineChip, Standing};
use crate::ui::live::live;
use crate::{labels, words};

/// Where a request is in its life, in one word.
#[component]
pub fn StatusBadge(status: RequestStatus) -> impl IntoView {
    let (tone, icon) = labels::status_look(status);
    view! { <Badge tone=tone icon=icon text=labels::status(status) /> }
}

/// How much time is left for a request that somebody still has to do something about.
#[component]
fn Deadline(
    status: RequestStatus,
    created_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    zone: String,
) -> impl IntoView {
    let now = expect_context::<Now>().0;
    live(move || {
        status.is_open().then(|| {
            let now = now.get();
            let span = time::short(due_at - now);
            let (standing, text) = match standing(created_at, due_at, now) {
                Standing::Late => (Standing::Late, words::deadline::late(&span)),
                other => (other, words::deadline::left(&span)),
            };
            let exact = words::deadline::due(&time::exact(due_at, &zone));
            view! { <DeadlineChip standing=standing text=text exact=exact /> }
        })
    })
}

/// A deadline is at risk once four fifths of its time are gone.
fn standing(created_at: DateTime<Utc>, due_at: DateTime<Utc>, now: DateTime<Utc>) -> Standing {
    let (whole, left) = (due_at - created_at, due_at - now);
    if left.num_seconds() < 0 {
        Standing::Late
    } else if left < whole / 5 {
        Standing::AtRisk
    } else {
        Standing::OnTrack
    }
}

/// Where a request is, as short as it can be said.
fn place(summary: &ServiceRequestSummary) -> String {
    match (&summary.zone, summary.place.is_empty()) {
        (Some(zone), true) => zone.clone(),
        (None, true) => words::request::no_place().to_owned(),
        (_, false) => summary.place.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(hour * 3600, 0).unwrap()
    }

    #[test]
    fn a_deadline_is_at_risk_in_the_last_fifth_of_its_time() {
        assert_eq!(standing(at(0), at(10), at(7)), Standing::OnTrack);
        assert_eq!(standing(at(0), at(10), at(9)), Standing::AtRisk);
        assert_eq!(standing(at(0), at(10), at(11)), Standing::Late);
    }
}
