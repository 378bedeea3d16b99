//! What was sent to somebody by mail, as they read it themselves.

use chrono::TimeDelta;
use contract::delivery::{Delivery, DeliveryFigures, DeliveryQuery, FIGURES, LIST, MailFigure};
use contract::notification::{MARK_ONE, NotificationQuery};
use domain::community::Settings;
use domain::job::{DeliveryFault, DeliveryState};
use domain::service_request::RequestAction::Triage;
use domain::service_request::RequestStatus::New;

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::cast::{Cast, act};

async fn sent(who: &Caller) -> Vec<Delivery> {
    who.find(&LIST, &[], &DeliveryQuery::default()).await.ok().data
}

/// A line a mail: what it told, what came of it, and which request it was about.
fn lines(all: &[Delivery]) -> Vec<String> {
    let line = |one: &Delivery| {
        let about = one.request_number.as_deref().unwrap_or("-");
        format!("{} {} {} {about}", one.event, one.state, one.attempts)
    };
    all.iter().map(line).collect()
}

#[actix_web::test]
async fn everybody_reads_what_was_sent_to_them_and_nobody_what_was_sent_to_others() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(New).await;
    cast.dora.act(&request, act(Triage)).await.ok();
    // Waiting to be told; nothing is queued yet.
    assert_eq!(sent(&cast.ann).await, []);
    app.run_outbox().await;
    let number = &request.summary.number;
    let (ann, dora) = (sent(&cast.ann).await, sent(&cast.dora).await);
    assert_eq!(lines(&ann), [format!("request.triage sent 1 {number}")]);
    assert_eq!(lines(&dora), [format!("request.report sent 1 {number}")]);
    assert_eq!(ann[0].community_slug.as_deref(), Some(app.place.slug.as_str()));
    assert_eq!(ann[0].actor.as_deref(), Some("Dora"));
    assert_eq!((ann[0].fault, ann[0].ended_at), (None, Some(app.now())));
    // Others of the community, somebody of another one, and somebody who is signed in to nothing at all.
    assert_eq!(sent(&cast.theo).await, []);
    let elsewhere = app.elsewhere("hill-side").await;
    let stranger = app.member_of(&elsewhere, "stan", &[domain::role::Role::Admin]).await;
    assert_eq!(sent(&stranger).await, []);
    let nobody = app.anonymous().find(&LIST, &[], &DeliveryQuery::default()).await;
    insta::assert_snapshot!(nobody.refusal(), @"401 not_signed_in");
}

#[actix_web::test]
async fn a_mail_that_does_not_get_through_says_why_without_naming_servers_or_addresses() {
    let nobody_listens =
        |config: &mut api::config::Config| config.smtp_url = Some("smtp://127.0.0.1:1".into());
    let app = TestApp::configured(Settings::default(), nobody_listens).await;
    let cast = Cast::of(&app).await;
    cast.report().await;
    app.run_outbox().await;
    let dora = sent(&cast.dora).await;
    assert_eq!((dora[0].state, dora[0].attempts), (DeliveryState::Queued, 1));
    assert_eq!((dora[0].fault, dora[0].ended_at), (Some(DeliveryFault::Unreachable), None));
    let whole = cast.dora.find(&LIST, &[], &DeliveryQuery::default()).await.raw.text();
    assert!(!whole.contains("127.0.0.1") && !whole.contains('@'), "{whole}");
    for _ in 0..8 {
        app.advance(TimeDelta::hours(10));
        app.run_outbox().await;
    }
    let given_up = sent(&app.again(&cast.dora).await).await;
    assert_eq!(
        (given_up[0].state, given_up[0].fault),
        (DeliveryState::Failed, Some(DeliveryFault::Unreachable))
    );
    assert!(given_up[0].ended_at.is_some());
}

#[actix_web::test]
async fn what_was_sent_comes_in_pages_newest_first() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for _ in 0..5 {
        cast.report().await;
        app.advance(TimeDelta::minutes(1));
    }
    app.run_outbox().await;
    let whole = sent(&cast.dora).await;
    assert_eq!(whole.len(), 5);
    assert!(whole.is_sorted_by(|one, next| (one.created_at, one.id) > (next.created_at, next.id)));
    let (mut pages, mut query) = (Vec::new(), DeliveryQuery { limit: Some(2), ..DeliveryQuery::default() });
    loop {
        let page = cast.dora.find(&LIST, &[], &query).await.ok();
        pages.extend(page.data);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            break;
        }
    }
    assert_eq!(pages, whole);
}

#[actix_web::test]
async fn whoever_left_still_sees_that_there_was_mail_but_not_about_what() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(New).await;
    cast.dora.act(&request, act(Triage)).await.ok();
    app.run_outbox().await;
    app.query(&format!(
        "with it as (update members set status = 'suspended' where id = '{}' returning id) select id::text as text from it",
        cast.ann.person().member_id
    ))
    .await;
    let ann = sent(&cast.ann).await;
    assert_eq!(lines(&ann), ["request.triage sent 1 -"]);
    assert_eq!((ann[0].request_title.as_deref(), ann[0].actor.as_deref()), (None, None));
}

#[actix_web::test]
async fn managers_see_how_what_happens_reaches_people_in_figures_of_thirty_days() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let manager = app.member("mia", &[domain::role::Role::Manager]).await;
    let figures = async |who: &Caller| who.call(&FIGURES, &[&app.place.slug], &()).await;
    let before = figures(&manager).await.ok();
    assert_eq!((before.told, before.read, before.mail), (0, 0, vec![]));
    let request = cast.request(New).await;
    cast.dora.act(&request, act(Triage)).await.ok();
    app.run_outbox().await;
    let told = cast.ann.find(&contract::notification::LIST, &[], &NotificationQuery::default()).await.ok();
    cast.ann.call(&MARK_ONE, &[&told.data[0].id], &()).await.ok();
    let elsewhere = app.elsewhere("hill-side").await;
    let other = app.member_of(&elsewhere, "stan", &[domain::role::Role::Admin]).await;
    let sent = MailFigure { state: DeliveryState::Sent, fault: None, count: 2 };
    let DeliveryFigures { told, read, mail, .. } = figures(&manager).await.ok();
    assert_eq!((told, read, mail), (2, 1, vec![sent]));
    assert_eq!(figures(&cast.dora).await.refusal(), "403 not_allowed");
    assert_eq!(figures(&other).await.refusal(), "404 not_found");
    app.advance(TimeDelta::days(31));
    let later = figures(&app.again(&manager).await).await.ok();
    assert_eq!((later.told, later.read, later.mail), (0, 0, vec![]));
}
