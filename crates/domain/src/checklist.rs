//! What has to be done before the work counts as done: a category's list, copied to each request when it is taken up.

use crate::rule::{Fault, Text};
use crate::service_request::RequestStatus;
use crate::service_request::decide::Progress;

/// How many items a checklist may have.
pub const ITEMS_MAX: usize = 30;
pub const ITEM: Text = Text { min: 2, max: 200, lines: false };

/// What is wrong with a checklist, each fault with the item that it is in.
pub fn faults(items: &[String]) -> Vec<(usize, Fault)> {
    items.iter().enumerate().filter_map(|(at, item)| Some((at, ITEM.check(item).err()?))).collect()
}

/// What becomes of a request's checklist when the request moves on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copying {
    Keep,
    /// It is taken up: it gets the list of its category, unless it has one.
    Begin,
    /// It is about something else now, and nobody has begun: the list of the new category takes the place of the old one.
    Replace,
}

pub fn copying(before: &Progress, next: &Progress) -> Copying {
    if !is_taken_up(next) || next.started_at.is_some() {
        Copying::Keep
    } else if next.category != before.category {
        Copying::Replace
    } else if !is_taken_up(before) {
        Copying::Begin
    } else {
        Copying::Keep
    }
}

/// Looked at by somebody, and not at an end.
fn is_taken_up(progress: &Progress) -> bool {
    let status = progress.held_from.unwrap_or(progress.status);
    matches!(status, RequestStatus::Triaged | RequestStatus::Assigned | RequestStatus::InProgress)
}

/// Whether items can be ticked: while there is work to do.
pub fn is_open(progress: &Progress) -> bool {
    is_taken_up(progress)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::CategoryId;
    use crate::service_request::Priority;

    fn at(status: RequestStatus) -> Progress {
        Progress { status, ..Progress::reported(CategoryId(uuid::Uuid::nil()), Priority::P3, None) }
    }

    #[test]
    fn a_list_is_copied_when_the_request_is_taken_up_and_never_again() {
        use RequestStatus::{Assigned, InProgress, New, OnHold, Rejected, Triaged};
        for (before, next, expected) in [
            (New, Triaged, Copying::Begin),
            (New, Assigned, Copying::Begin),
            (New, Rejected, Copying::Keep),
            (Triaged, Assigned, Copying::Keep),
            (Assigned, InProgress, Copying::Keep),
        ] {
            assert_eq!(copying(&at(before), &at(next)), expected, "{before} {next}");
        }
        let held = Progress { held_from: Some(New), ..at(OnHold) };
        assert_eq!(copying(&at(New), &held), Copying::Keep, "on hold before anybody took it up");
    }

    #[test]
    fn another_category_brings_its_own_list_until_work_begins() {
        let other = Progress { category: CategoryId(uuid::Uuid::max()), ..at(RequestStatus::Triaged) };
        assert_eq!(copying(&at(RequestStatus::Triaged), &other), Copying::Replace);
        let begun = Progress { started_at: Some(chrono::DateTime::UNIX_EPOCH), ..other };
        assert_eq!(copying(&at(RequestStatus::Triaged), &begun), Copying::Keep);
    }
}
