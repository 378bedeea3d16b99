//! Whom publishing reaches, by which channel and when; reminders; and how fast that is.

use std::time::Instant;

use chrono::TimeDelta;
use contract::announcement::{ACT, ActOnAnnouncement, FIGURES, NewAnnouncement, REMIND};
use contract::audience::{AudienceCount, COUNT};
use contract::member::{UPDATE, UpdateMember};
use contract::notification::{CHOOSE, LIST, NotificationChoice, NotificationQuery};
use db::audience;
use domain::announcement::AnnouncementAction;
use domain::audience::{AudienceTie, MemberFilter, Tied};
use domain::community::OccupancyKind;
use domain::event::{EventGroup, MailChoice};
use domain::role::Role;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::{People, lives};
use crate::support::announced::{category, news};
use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::given;

async fn inbox(who: &Caller) -> Vec<String> {
    let page = who.find(&LIST, &[], &NotificationQuery::default()).await.ok();
    page.data.into_iter().map(|one| one.event).collect()
}

async fn choose(who: &Caller, mail: MailChoice) {
    let choice = NotificationChoice { group: EventGroup::Announcements, mail };
    who.call(&CHOOSE, &[&who.slug()], &choice).await.ok();
}

fn to(letters: &[String]) -> Vec<&str> {
    letters.iter().filter_map(|letter| letter.split('@').next()).collect()
}

#[actix_web::test]
async fn publishing_tells_its_audience_and_nobody_else() {
    let app = TestApp::start().await;
    let People { carl, ann, bob, gus } = People::of(&app).await;
    let mara = app.member("mara", &[Role::Manager]).await;
    let tag = UpdateMember { tags: Some(vec!["Garden ".into()]), ..UpdateMember::default() };
    let tagged = mara.change(&UPDATE, &[&mara.slug(), &bob.person().member_id], 1, &tag).await.ok();
    assert_eq!(tagged.summary.tags, ["garden"]);
    let category = category(&app, &app.place, "News").await;
    let all = MemberFilter::default;
    for (title, audience, expected) in [
        ("For all", all(), "Ann, Bob, Gus, Mara"),
        ("For the north", MemberFilter { zone_ids: vec![app.place.north], ..all() }, "Ann"),
        ("For the gatehouse", MemberFilter { unit_ids: vec![app.place.gatehouse], ..all() }, "Bob"),
        ("For tenants", MemberFilter { ties: vec![AudienceTie::Tenant], ..all() }, "Ann, Bob"),
        ("For owners", MemberFilter { ties: vec![AudienceTie::Owner], ..all() }, ""),
        ("For guards", MemberFilter { roles: vec![Role::Guard], ..all() }, "Gus"),
        ("For gardeners", MemberFilter { tags: vec!["GARDEN".into()], ..all() }, "Bob"),
    ] {
        let count = AudienceCount { audience: audience.clone() };
        let size = carl.call(&COUNT, &[&carl.slug()], &count).await.ok();
        carl.announce(&NewAnnouncement { audience, ..news(category, title) }).await;
        app.run_outbox().await;
        let told = app
            .query(&format!(
                "select coalesce(string_agg(m.display_name, ', ' order by m.display_name), '') as text \
                 from notifications n join members m on m.id = n.member_id \
                 join announcements a on a.id = n.subject_id where a.title = '{title}'"
            ))
            .await;
        assert_eq!(told, [expected], "{title}");
        // Whoever writes it is counted among those whom it reaches, and not told.
        let of_carl = i64::from(title == "For all");
        let expected = expected.split(", ").filter(|name| !name.is_empty()).count() as i64;
        assert_eq!((size.members, size.with_mail), (expected + of_carl, expected + of_carl), "{title}");
    }
    assert_eq!(inbox(&carl).await, [] as [&str; 0]);
    assert_eq!(inbox(&gus).await.len(), 2);
    assert_eq!(inbox(&ann).await.len(), 3);
}

#[actix_web::test]
async fn what_is_urgent_is_mailed_at_once_and_the_rest_as_each_likes() {
    let app = TestApp::start().await;
    let People { carl, bob, gus, .. } = People::of(&app).await;
    choose(&bob, MailChoice::Now).await;
    choose(&gus, MailChoice::Off).await;
    let category = category(&app, &app.place, "News").await;
    carl.announce(&news(category, "Water off")).await;
    assert_eq!(to(&app.mailbox().await), ["bob"], "ann hears of it with the day's mail");
    let urgent = NewAnnouncement { urgent: Some(true), ..news(category, "Gas leak") };
    carl.announce(&urgent).await;
    let letters = app.mailbox().await;
    assert_eq!(to(&letters), ["ann", "bob", "bob", "gus"], "nobody switches off a danger");
    assert!(letters[0].ends_with("Willow Park: Urgent: Gas leak"), "{letters:?}");
    let letter = app.letters().into_iter().find(|letter| letter.contains("Gas leak")).unwrap();
    assert!(letter.contains("<strong>replaced</strong>"), "the text is in the mail: {letter}");
    app.advance(TimeDelta::days(1));
    let digest = app.mailbox().await;
    assert_eq!(
        digest.iter().filter(|it| it.starts_with("ann") && it.contains("1 things")).count(),
        1,
        "{digest:?}"
    );
}

#[actix_web::test]
async fn who_has_not_read_it_in_a_day_is_told_by_the_next_channel_and_nobody_twice() {
    let app = TestApp::start().await;
    let People { carl, ann, bob, gus } = People::of(&app).await;
    let dan = app.resident("dan").await;
    choose(&bob, MailChoice::Now).await;
    choose(&gus, MailChoice::Off).await;
    let id = carl.announce(&news(category(&app, &app.place, "News").await, "Water off")).await.summary.id;
    app.run_outbox().await;
    dan.reads(id, false).await.ok();
    app.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    let before = app.mailbox().await;
    assert!(!before.iter().any(|letter| letter.contains("Not read yet")), "{before:?}");
    app.advance(TimeDelta::seconds(1));
    let after = app.mailbox().await;
    let rung: Vec<_> = after.iter().filter(|letter| letter.contains("Not read yet")).cloned().collect();
    // Bob has had a mail of his own, Gus wants none, Dan has read it.
    assert_eq!(to(&rung), ["ann"]);
    assert_eq!(inbox(&app.again(&ann).await).await, ["announcement.unread", "announcement.publish"]);
    assert_eq!(inbox(&app.again(&gus).await).await, ["announcement.publish"]);
    app.advance(TimeDelta::days(3));
    let later = app.mailbox().await;
    assert_eq!(later.iter().filter(|letter| letter.contains("Not read yet")).count(), 1);
}

#[actix_web::test]
async fn a_reminder_reaches_only_those_who_have_not_and_not_more_than_once_an_hour() {
    let app = TestApp::start().await;
    let People { carl, ann, bob, gus } = People::of(&app).await;
    let new = NewAnnouncement {
        acknowledgement: true,
        ..news(category(&app, &app.place, "News").await, "Fire drill")
    };
    let shown = carl.announce(&new).await;
    assert_eq!(shown.may_remind_from, None, "nobody has been told yet");
    let id = shown.summary.id;
    app.run_outbox().await;
    assert_eq!(carl.looks_at(id).await.ok().may_remind_from, Some(app.now()));
    ann.reads(id, true).await.ok();
    bob.reads(id, false).await.ok();
    let remind = async |who: &Caller| who.call(&REMIND, &[&who.slug(), &id], &()).await;
    assert_eq!(remind(&carl).await.ok().members, 2, "reading is not confirming");
    let again = remind(&carl).await;
    assert_eq!((again.refusal().as_str(), again.raw.header("retry-after")), ("409 too_late", "3600"));
    let letters = app.mailbox().await;
    assert_eq!(to(&letters), ["bob", "gus"], "{letters:?}");
    assert_eq!(inbox(&ann).await, ["announcement.publish"]);
    assert_eq!(inbox(&bob).await, ["announcement.reminder", "announcement.publish"]);
    let may = carl.looks_at(id).await.ok().may_remind_from;
    assert_eq!(may, Some(app.now() + TimeDelta::hours(1)));
    app.advance(TimeDelta::hours(1));
    for who in [&bob, &gus] {
        app.again(who).await.reads(id, true).await.ok();
    }
    assert_eq!(remind(&app.again(&carl).await).await.ok().members, 0);
    assert_eq!(app.again(&carl).await.looks_at(id).await.ok().may_remind_from, None);
}

#[actix_web::test]
async fn who_has_answered_before_the_mail_leaves_is_not_asked_again() {
    let app = TestApp::start().await;
    let People { carl, ann, .. } = People::of(&app).await;
    let id = carl.announce(&news(category(&app, &app.place, "News").await, "Water off")).await.summary.id;
    app.run_outbox().await;
    carl.call(&REMIND, &[&carl.slug(), &id], &()).await.ok();
    app.run_outbox().await;
    // As if no mail server had answered yet.
    app.query(
        "with mail as (update deliveries set state = 'queued', ended_at = null returning 1), \
         job as (update jobs set done_at = null where kind = 'mail' returning 1) select '' as text from mail, job",
    )
    .await;
    ann.reads(id, false).await.ok();
    app.run_outbox().await;
    let sent = "select concat_ws(' ', m.display_name, d.state) as text from deliveries d \
        join members m on m.id = d.member_id order by m.display_name";
    assert_eq!(app.query(sent).await, ["Ann dropped", "Bob sent", "Gus sent"]);
}

#[actix_web::test]
async fn whoever_published_what_a_colleague_wrote_is_one_of_its_readers_and_not_told() {
    let app = TestApp::start().await;
    let People { carl, .. } = People::of(&app).await;
    let mara = app.member("mara", &[Role::Manager]).await;
    let id = carl.draft(&news(category(&app, &app.place, "News").await, "Water off")).await.summary.id;
    mara.acts_on(id, AnnouncementAction::Publish).await.ok();
    app.run_outbox().await;
    assert_eq!((inbox(&mara).await, inbox(&carl).await), (Vec::<String>::new(), Vec::<String>::new()));
    let reach = carl.call(&FIGURES, &[&carl.slug(), &id], &()).await.ok().reach;
    assert_eq!((reach.recipients, reach.read), (4, 0));
    mara.reads(id, false).await.ok();
    let reach = carl.call(&FIGURES, &[&carl.slug(), &id], &()).await.ok().reach;
    assert_eq!((reach.recipients, reach.read), (4, 1));
}

/// Two reminders at once are one: the second waits for the announcement's row, and finds it too soon.
#[actix_web::test]
async fn of_many_reminders_at_once_one_is_told() {
    let app = TestApp::start().await;
    let People { carl, ann, .. } = People::of(&app).await;
    let id = carl.announce(&news(category(&app, &app.place, "News").await, "Water off")).await.summary.id;
    app.run_outbox().await;
    let devices: Vec<Caller> = (0..8).map(|_| carl.on_another_device()).collect();
    let once = async |who: &Caller| who.call(&REMIND, &[&app.place.slug, &id], &()).await;
    let answers = futures_util::future::join_all(devices.iter().map(once)).await;
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.raw.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    app.run_outbox().await;
    assert_eq!(inbox(&ann).await, ["announcement.reminder", "announcement.publish"]);
}

/// A worker that dies halfway, or another that does the same at the same time, tells nobody twice and leaves nobody out.
#[actix_web::test]
async fn workers_that_tell_the_same_at_once_tell_everybody_once() {
    let app = TestApp::start().await;
    let People { carl, .. } = People::of(&app).await;
    crowd(&app, 2_500).await;
    carl.announce(&news(category(&app, &app.place, "News").await, "Water off")).await;
    tokio::join!(app.run_outbox(), app.run_outbox(), app.run_outbox());
    // Everything is told once more, as if the worker had died before it could say that it was done.
    app.query(
        "with it as (update outbox set done_at = null returning 1), them as (update jobs set done_at = null \
         where kind = 'tell' returning 1) select '' as text from it, them",
    )
    .await;
    app.run_outbox().await;
    assert_eq!(app.count("notifications").await, 2_503);
    assert_eq!(app.count("announcement_recipients").await, 2_503);
    let counted = app.query("select recipients::text as text from announcement_counts").await;
    assert_eq!(counted, ["2503"]);
}

/// Members with an account, in the north.
async fn crowd(app: &TestApp, many: u32) {
    let (place, zone, now) = (app.place.id, app.place.north, app.now().to_rfc3339());
    app.query(&format!(
        "with n as (select i, gen_random_uuid() as u, gen_random_uuid() as m, gen_random_uuid() as f \
             from generate_series(1, {many}) i), \
         users_ as (insert into users (id, email, locale, is_operator, created_at) \
             select u, 'reader-' || i || '@crowd.test', 'en', false, '{now}' from n returning 1), \
         members_ as (insert into members (id, community_id, user_id, display_name, status, created_at, note) \
             select m, '{place}', u, 'Reader ' || i, 'active', '{now}', '' from n returning 1), \
         roles_ as (insert into member_roles (community_id, member_id, role) \
             select '{place}', m, 'resident' from n returning 1), \
         units_ as (insert into units (id, community_id, number, block, zone_id) \
             select f, '{place}', 'C-' || i, 'Block ' || i % 7, '{zone}' from n returning 1), \
         homes_ as (insert into occupancies (id, community_id, unit_id, member_id, kind, is_primary, resides, from_date) \
             select gen_random_uuid(), '{place}', f, m, 'tenant', true, true, '2020-01-01' from n returning 1) \
         select '' as text from users_, members_, roles_, units_, homes_ limit 1"
    ))
    .await;
}

#[actix_web::test]
async fn the_database_takes_whom_the_domain_takes() {
    let app = TestApp::start().await;
    let People { ann, bob, gus, .. } = People::of(&app).await;
    lives(&app, &ann, app.place.flat_2).await;
    let place = &app.place;
    app.with_conn(async |conn| {
        let member = bob.person().member_id;
        given::occupancy(conn, place, member, place.flat_1, OccupancyKind::Owner, false).await;
    })
    .await;
    app.query(&format!(
        "with it as (update members set tags = '{{garden}}' where id = '{}' returning 1) select '' as text from it",
        gus.person().member_id
    ))
    .await;
    let home = |kind, resides, unit, zone| Tied { kind, resides, unit, zone };
    let north = Some(place.north);
    let people = [
        (
            &ann,
            vec![Role::Resident],
            vec![],
            vec![
                home(OccupancyKind::Tenant, true, place.flat_1, north),
                home(OccupancyKind::Tenant, true, place.flat_2, north),
            ],
        ),
        (
            &bob,
            vec![Role::Resident],
            vec![],
            vec![
                home(OccupancyKind::Tenant, true, place.gatehouse, None),
                home(OccupancyKind::Owner, false, place.flat_1, north),
            ],
        ),
        (&gus, vec![Role::Guard], vec!["garden".to_owned()], vec![]),
    ];
    let zones_of_units = app
        .query("select concat_ws(' ', number, zone_id is not null) as text from units order by number")
        .await;
    assert_eq!(zones_of_units.len(), 3, "{zones_of_units:?}");
    fn some<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> impl Strategy<Value = Vec<T>> + use<T> {
        proptest::sample::subsequence(all.to_vec(), 0..=all.len().min(2))
    }
    let filters = (
        some(&[Role::Resident, Role::Guard, Role::Committee]),
        some(AudienceTie::ALL),
        some(&[place.north, place.south]),
        some(&[place.flat_1, place.flat_2, place.gatehouse]),
        some(&["garden".to_owned(), "pool".to_owned()]),
    );
    let mut runner = TestRunner::deterministic();
    let day = app.now().date_naive();
    for _ in 0..200 {
        let (roles, ties, zone_ids, unit_ids, tags) = filters.new_tree(&mut runner).unwrap().current();
        let filter = MemberFilter { roles, ties, zone_ids, unit_ids, tags };
        let found = app
            .with_conn(async |conn| audience::list(conn, place.id, &filter, day, None, 100).await.unwrap())
            .await;
        for (who, roles, tags, tied) in &people {
            let taken = found.iter().any(|taken| taken.member_id == who.person().member_id);
            assert_eq!(taken, filter.takes(roles, tags, tied), "{filter:?} {tied:?}");
        }
    }
}

/// Figures, not a check: `cargo test --release -p api --test it -- --ignored announcement --nocapture`.
#[actix_web::test]
#[ignore = "prints figures, and wants a quiet machine"]
async fn publishing_to_ten_thousand_answers_at_once_and_tells_them_soon() {
    let app = TestApp::start().await;
    let People { carl, .. } = People::of(&app).await;
    crowd(&app, 10_000).await;
    app.query("analyze").await;
    let category = category(&app, &app.place, "News").await;
    for round in 1..=3 {
        let id = carl.draft(&news(category, &format!("Water off {round}"))).await.summary.id;
        let act = ActOnAnnouncement { action: AnnouncementAction::Publish, publish_at: None };
        let start = Instant::now();
        carl.call(&ACT, &[&carl.slug(), &id], &act).await.ok();
        let answered = start.elapsed();
        let start = Instant::now();
        app.run_outbox().await;
        let told = start.elapsed();
        let reach = carl.call(&FIGURES, &[&carl.slug(), &id], &()).await.ok().reach;
        println!(
            "round {round}: publishing answered in {answered:.1?}; {} told in {told:.2?}, {:.0} a second",
            reach.recipients,
            reach.recipients as f64 / told.as_secs_f64()
        );
    }
}
