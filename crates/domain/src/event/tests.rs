use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::*;

fn raised() -> BTreeSet<Event> {
    let actions = RequestAction::ALL.iter().map(|action| Event::of_action(*action));
    let comments = Audience::ALL.iter().map(|audience| Event::of_comment(*audience));
    let mails = AccountMail::ALL.iter().map(|mail| Event::of_mail(*mail));
    let milestones = Milestone::ALL.iter().map(|milestone| Event::of_milestone(*milestone));
    let announcements = [true, false].map(Event::of_announcement).into_iter().chain([
        Event::AnnouncementUnread,
        Event::AnnouncementReminder,
        Event::AnnouncementComment,
        Event::AnnouncementChange,
        Event::AnnouncementReceipt,
    ]);
    let all = actions.chain(comments).chain(mails).chain(milestones).chain(announcements);
    all.chain([Event::RequestMention]).collect()
}

#[test]
fn every_event_has_its_row_at_its_place() {
    assert_eq!(CATALOGUE.len(), Event::ALL.len());
    for (event, row) in Event::ALL.iter().zip(CATALOGUE) {
        assert_eq!(*event, row.event);
        assert_eq!(event.row(), row);
    }
}

#[test]
fn every_event_is_told_to_somebody_and_to_nobody_twice() {
    for row in CATALOGUE {
        assert!(!row.told.is_empty(), "{}", row.event);
        for (at, party) in row.told.iter().enumerate() {
            assert!(!row.told[..at].contains(party), "{}: {party:?}", row.event);
        }
    }
}

#[test]
fn every_event_is_raised_somewhere() {
    let all: BTreeSet<Event> = Event::ALL.iter().copied().collect();
    assert_eq!(raised(), all);
}

#[test]
fn a_note_among_staff_never_reaches_the_reporter_or_a_follower() {
    let note = Event::of_comment(Audience::Staff).row();
    assert!(note.told.iter().all(|party| party.is_staff()), "{:?}", note.told);
}

#[test]
fn what_a_line_for_staff_only_tells_is_told_to_staff_only() {
    for action in RequestAction::ALL {
        let audience = crate::service_request::audience(*action);
        if audience == Audience::Staff {
            let row = Event::of_action(*action).row();
            assert!(row.told.iter().all(|party| party.is_staff()), "{}", row.event);
        }
    }
}

#[test]
fn mail_about_accounts_goes_to_an_address_and_nothing_else_does() {
    for row in CATALOGUE {
        let is_account = row.group == EventGroup::Account;
        assert_eq!(row.event.as_str().starts_with("account."), is_account, "{}", row.event);
        assert_eq!(row.told.contains(&Party::Addressee), is_account, "{}", row.event);
        assert_eq!(EventGroup::CHOSEN.contains(&row.group), !is_account, "{}", row.event);
    }
}

#[test]
fn what_is_essential_is_never_switched_off() {
    for (event, choice) in Event::ALL.iter().flat_map(|it| MailChoice::ALL.iter().map(move |c| (*it, *c))) {
        let reaches = by_mail(event, choice);
        let asks_again = event.row().told == [Party::Silent] && choice == MailChoice::Daily;
        let now = event.row().essential || asks_again;
        assert_eq!(reaches, if now { MailChoice::Now } else { choice }, "{event}");
    }
}

#[test]
fn what_an_event_notes_is_read_back_and_an_older_note_still_fits() {
    let noted = Noted { former_assignee: Some(MemberId(Uuid::nil())), ..Noted::default() };
    let text = serde_json::to_value(&noted).unwrap();
    assert_eq!(serde_json::from_value::<Noted>(text).unwrap(), noted);
    assert_eq!(serde_json::from_value::<Noted>(serde_json::json!({})).unwrap(), Noted::default());
}

fn document() -> String {
    let mut page = String::from(
        "# Events\n\nGenerated from `crates/domain/src/event.rs`: what somebody is told of, and who. Whoever did it \
         hears nothing of it.\nEssential mail cannot be switched off.\n\n| event | who hears | how soon | group | essential \
         |\n|---|---|---|---|---|\n",
    );
    for row in CATALOGUE {
        let told: Vec<&str> = row.told.iter().map(|party| in_words(*party)).collect();
        let essential = if row.essential { "yes" } else { "" };
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} | {essential} |",
            row.event,
            told.join(", "),
            row.soon,
            row.group
        );
    }
    page
}

fn in_words(party: Party) -> &'static str {
    match party {
        Party::Reporter => "reporter",
        Party::Followers => "followers",
        Party::Assignee => "assignee",
        Party::Team => "team",
        Party::FormerAssignee => "former assignee",
        Party::Dispatchers => "dispatchers",
        Party::Mentioned => "people mentioned",
        Party::Audience => "its audience",
        Party::Silent => "those of its audience who have not read it, or not confirmed it",
        Party::Answered => "its author, and who is answered",
        Party::Watching => "whoever looks at it",
        Party::Addressee => "the addressee",
    }
}

#[test]
fn the_documentation_is_what_the_table_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/events.md");
    let page = document();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == page, "docs/events.md is stale: run `UPDATE_DOCS=1 cargo test -p domain`");
}
