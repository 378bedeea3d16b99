//! Who hears of what, in the app and by mail.

use contract::notification::{LIST, MARK_READ, MarkRead, NotificationQuery};
use contract::{account, service_request::ActOnServiceRequest};
use domain::service_request::RequestAction::*;
use domain::service_request::RequestStatus::{Assigned, New, Resolved};

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::cast::{Cast, about, act, assign, noted};
use crate::support::talk::{whisper, words};

async fn inbox(who: &Caller) -> Vec<String> {
    let page = who.find(&LIST, &[], &NotificationQuery::default()).await.ok();
    page.data
        .iter()
        .map(|one| format!("{} by {}", one.event, one.actor.as_deref().unwrap_or("nobody")))
        .collect()
}

async fn unread(who: &Caller) -> i64 {
    who.call(&account::SHOW, &[], &()).await.ok().unread_notifications
}

#[actix_web::test]
async fn everybody_hears_of_what_concerns_them_and_nobody_of_what_they_did_themselves() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    // What comes again within five minutes has been told.
    let mut told = Vec::new();
    for (who, step) in [
        (&cast.dora, Ok(act(Triage))),
        (&cast.dora, Ok(assign(&cast.theo))),
        (&cast.theo, Ok(noted(Decline, "I am ill."))),
        (&cast.dora, Ok(assign(&cast.theo))),
        (&cast.dora, Ok(ActOnServiceRequest { action: Reassign, ..noted_for(&cast.tess, "Nearer.") })),
        (&cast.dora, Err(whisper("Bring the big spanner."))),
        (&cast.tess, Ok(act(Start))),
        (&cast.ann, Err(words("The key is with Bob."))),
        (&cast.tess, Ok(noted(Resolve, "Bled the radiator."))),
        (&cast.ann, Ok(noted(Dispute, "Still cold."))),
        (&cast.tess, Ok(noted(Resolve, "Changed the valve."))),
        (&cast.ann, Ok(act(Confirm))),
    ] {
        let before = app.mailbox().await;
        let what = match step {
            Ok(step) => {
                let action = step.action;
                who.act(&request, step).await.ok();
                action.as_str()
            }
            Err(said) => {
                who.say(&request, said).await.ok();
                "comment"
            }
        };
        told.push(format!("{what}: {}", newcomers(before, app.mailbox().await)));
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    triage: ann
    assign: ann, theo
    decline: dora
    assign: 
    reassign: ann, tess, theo
    comment: tess
    start: ann
    comment: tess
    resolve: ann
    dispute: dora, tess
    resolve: 
    confirm: tess
    ");
    assert_eq!(inbox(&cast.ann).await[0], "request.resolve by Tess");
    assert_eq!(unread(&cast.theo).await, 2);
}

/// Whom the letters are for that were not there before.
fn newcomers(before: Vec<String>, mut after: Vec<String>) -> String {
    for letter in before {
        after.remove(after.iter().position(|one| *one == letter).unwrap());
    }
    let people: Vec<&str> = after.iter().filter_map(|letter| letter.split('@').next()).collect();
    people.join(", ")
}

fn noted_for(professional: &Caller, note: &str) -> ActOnServiceRequest {
    ActOnServiceRequest { note: Some(note.into()), ..assign(professional) }
}

#[actix_web::test]
async fn a_new_report_reaches_the_dispatchers_and_a_letter_says_what_it_is_about() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    cast.report().await;
    insta::assert_debug_snapshot!(app.mailbox().await, @r#"
    [
        "dora@willow-park.test: MNT-2026-0001: Ann reported “Radiator stays cold”.",
    ]
    "#);
    let letters = app.letters();
    let text = letters[0].replace("=\r\n", "");
    assert!(text.contains("http://kommunity.test/c/willow-park/requests/MNT-2026-0001"), "{text}");
    assert_eq!(inbox(&cast.dora).await, ["request.report by Ann"]);
    assert_eq!(inbox(&cast.ann).await, [] as [&str; 0]);
}

#[actix_web::test]
async fn where_nobody_dispatches_the_managers_hear_of_it() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let max = app.member("max", &[domain::role::Role::Manager]).await;
    ann.report(&about(app.place.heating, "Radiator stays cold")).await.ok();
    app.run_outbox().await;
    assert_eq!(inbox(&max).await, ["request.report by Ann"]);
}

#[actix_web::test]
async fn a_note_among_staff_never_reaches_the_reporter() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    app.run_outbox().await;
    let (ann, tess) = (unread(&cast.ann).await, unread(&cast.tess).await);
    cast.dora.say(&request, whisper("Quietly.")).await.ok();
    app.run_outbox().await;
    assert_eq!((unread(&cast.ann).await, unread(&cast.tess).await), (ann, tess + 1));
}

#[actix_web::test]
async fn what_has_been_read_stays_read_and_what_comes_later_does_not() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(New).await;
    cast.dora.act(&request, act(Triage)).await.ok();
    app.run_outbox().await;
    cast.dora.act(&request, cast.assign_tess()).await.ok();
    app.run_outbox().await;
    let list = cast.ann.find(&LIST, &[], &NotificationQuery::default()).await.ok().data;
    let [assigned, triaged] = &list[..] else { panic!("{list:?}") };
    assert_eq!((assigned.event.as_str(), assigned.read, triaged.read), ("request.assign", false, false));

    cast.ann.call(&MARK_READ, &[], &MarkRead { up_to: triaged.id }).await.ok();
    assert_eq!(unread(&cast.ann).await, 1);
    // Somebody else's id is only a point in time.
    cast.theo.call(&MARK_READ, &[], &MarkRead { up_to: assigned.id }).await.ok();
    assert_eq!(unread(&cast.ann).await, 1);
    cast.ann.call(&MARK_READ, &[], &MarkRead { up_to: assigned.id }).await.ok();
    assert_eq!(unread(&cast.ann).await, 0);
}

#[actix_web::test]
async fn the_inbox_comes_in_pages_newest_first() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for _ in 0..5 {
        cast.report().await;
    }
    app.run_outbox().await;
    let whole = cast.dora.find(&LIST, &[], &NotificationQuery::default()).await.ok();
    assert_eq!((whole.data.len(), whole.next_cursor), (5, None));
    let mut pages = Vec::new();
    let mut query = NotificationQuery { limit: Some(2), ..Default::default() };
    loop {
        let page = cast.dora.find(&LIST, &[], &query).await.ok();
        pages.extend(page.data);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            break;
        }
    }
    assert_eq!(pages, whole.data);
}

#[actix_web::test]
async fn time_tells_whom_it_concerns() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    cast.request(Resolved).await;
    app.run_outbox().await;
    app.advance(chrono::TimeDelta::days(7));
    app.run_outbox().await;
    let ann = app.again(&cast.ann).await;
    assert_eq!(inbox(&ann).await[0], "request.auto_close by nobody");
}

#[actix_web::test]
async fn what_a_reporter_writes_breaks_out_of_no_letter() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let lines = "Cold\r\nBcc: everybody@willow-park.test\r\n\r\n";
    assert_eq!(
        cast.ann.report(&about(app.place.heating, lines)).await.refusal(),
        "422 invalid: #/title not_text"
    );
    let title = "Cold <script>alert('{{ link }}')</script>";
    cast.ann.report(&about(app.place.heating, title)).await.ok();
    app.run_outbox().await;
    let letters = app.letters();
    let [letter] = &letters[..] else { panic!("{} letters", letters.len()) };
    let head = letter.split("\r\n\r\n").next().unwrap();
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    let (_, page) = letter.split_once("text/html").unwrap();
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"), "{page}");
}

#[actix_web::test]
async fn people_who_left_hear_nothing_more() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    cast.report().await;
    let dora = cast.dora.person().member_id;
    app.query(&format!(
        "with it as (update members set status = 'suspended' where id = '{dora}' returning id) select id::text as text from it"
    ))
    .await;
    assert_eq!(app.mailbox().await, [] as [&str; 0]);
}

#[actix_web::test]
async fn whoever_had_it_hears_that_it_went_on_however_late_that_is_told() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    app.run_outbox().await;
    let before = unread(&cast.tess).await;
    let to_theo = ActOnServiceRequest { action: Reassign, ..noted_for(&cast.theo, "Nearer.") };
    cast.dora.act(&request, to_theo).await.ok();
    cast.dora.act(&request, noted(Unassign, "Not today.")).await.ok();
    app.run_outbox().await;
    assert_eq!(unread(&cast.tess).await, before + 1);
    assert_eq!(inbox(&cast.theo).await, ["request.unassign by Dora"]);
}

#[actix_web::test]
async fn followers_hear_how_it_goes_on_for_as_long_as_they_may_see_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let zoe = app.resident("zoe").await;
    let request = cast.request(New).await;
    let follower = db::follower::Follower {
        community_id: app.place.id,
        request_id: request.summary.id,
        member_id: zoe.person().member_id,
        merged_from: None,
        created_at: app.now(),
    };
    app.with_conn(async |conn| db::follower::insert_all(conn, &[follower]).await.unwrap()).await;
    cast.dora.act(&request, act(Triage)).await.ok();
    app.run_outbox().await;
    assert_eq!(inbox(&zoe).await, [] as [&str; 0]);

    app.query("with it as (update service_requests set visibility = 'community' returning id) select id::text as text from it").await;
    cast.dora.act(&request, cast.assign_tess()).await.ok();
    app.run_outbox().await;
    assert_eq!(inbox(&zoe).await, ["request.assign by Dora"]);
    cast.dora.say(&request, whisper("Quietly.")).await.ok();
    app.run_outbox().await;
    assert_eq!(unread(&zoe).await, 1);
}

/// Whoever follows a request learns of its reporter no more by being told than by looking.
#[actix_web::test]
async fn who_reported_stays_among_those_who_may_know_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let zoe = app.resident("zoe").await;
    let hidden = contract::service_request::NewServiceRequest {
        name_hidden: true,
        ..about(app.place.security, "Broken lock")
    };
    let request = cast.ann.report(&hidden).await.ok();
    app.query(
        "with it as (update service_requests set visibility = 'community', status = 'triaged' returning 1) \
         select '' as text from it",
    )
    .await;
    zoe.call(&contract::service_request::FOLLOW, &[&zoe.slug, &request.summary.id], &()).await.ok();
    cast.dora.call(&contract::service_request::FOLLOW, &[&zoe.slug, &request.summary.id], &()).await.ok();
    let request = cast.ann.show(&request).await.ok();
    cast.ann.say(&request, words("It is worse now.")).await.ok();
    app.run_outbox().await;
    let actors = async |who: &str| {
        let sql = format!(
            "select coalesce(a.display_name, '-') as text from notifications n \
             join members m on m.id = n.member_id left join members a on a.id = n.actor_id \
             where m.display_name = '{who}' and n.event = 'request.comment'"
        );
        app.query(&sql).await
    };
    assert_eq!(actors("Zoe").await, ["-"]);
    assert_eq!(actors("Dora").await, ["Ann"]);
    assert!(app.letters().iter().filter(|it| it.contains("zoe@")).all(|it| !it.contains("Ann")));
}
