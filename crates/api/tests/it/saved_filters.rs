//! Lists of requests that somebody comes back to.

use contract::audit::AuditEventQuery;
use contract::page::Page;
use contract::saved_filter::{CREATE, DELETE, LIST, NewSavedFilter, SavedFilter, UPDATE, UpdateSavedFilter};
use domain::role::Role;

use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller};

fn named(name: &str, query: &str) -> NewSavedFilter {
    NewSavedFilter { name: name.into(), query: query.into(), shared: false }
}

fn shared(name: &str) -> NewSavedFilter {
    NewSavedFilter { shared: true, ..named(name, "priority=P1") }
}

async fn keep(who: &Caller, new: &NewSavedFilter) -> Answer<SavedFilter> {
    who.call(&CREATE, &[&who.slug], new).await
}

async fn change(who: &Caller, filter: &SavedFilter, to: &UpdateSavedFilter) -> Answer<SavedFilter> {
    who.change(&UPDATE, &[&who.slug, &filter.id], filter.version, to).await
}

async fn delete(who: &Caller, filter: &SavedFilter) -> Answer<()> {
    who.change(&DELETE, &[&who.slug, &filter.id], filter.version, &()).await
}

/// What somebody is offered: the names, with a star where it is shared.
async fn offered(who: &Caller) -> Vec<String> {
    let page: Page<SavedFilter> = who.call(&LIST, &[&who.slug], &()).await.ok();
    let star = |it: SavedFilter| format!("{}{}", it.name, if it.shared { "*" } else { "" });
    page.data.into_iter().map(star).collect()
}

#[actix_web::test]
async fn a_filter_is_kept_renamed_and_deleted_and_is_nobody_elses() {
    let app = TestApp::start().await;
    let (dora, dan) = (app.dispatcher("dora").await, app.dispatcher("dan").await);
    let kept = keep(&dora, &named(" Late ones ", "?priority=P2%2CP1&overdue=true&q=&sort=due")).await.ok();
    assert_eq!(
        (kept.name.as_str(), kept.query.as_str()),
        ("Late ones", "priority=P2%2CP1&overdue=true&sort=due")
    );
    assert!(kept.own && kept.may_change && !kept.shared);
    keep(&dora, &named("A first", "status=new")).await.ok();
    assert_eq!(offered(&dora).await, ["A first", "Late ones"]);
    assert_eq!(offered(&dan).await, [] as [&str; 0]);

    let renamed = UpdateSavedFilter { name: Some("Very late".into()), ..Default::default() };
    assert_eq!(change(&dan, &kept, &renamed).await.refusal(), "404 not_found");
    assert_eq!(delete(&dan, &kept).await.refusal(), "404 not_found");
    let renamed = change(&dora, &kept, &renamed).await.ok();
    assert_eq!((renamed.name.as_str(), renamed.version), ("Very late", 2));
    assert_eq!(
        change(&dora, &kept, &UpdateSavedFilter::default()).await.refusal(),
        "412 precondition_failed"
    );
    delete(&dora, &renamed).await.ok();
    assert_eq!(delete(&dora, &renamed).await.refusal(), "404 not_found");
    assert_eq!(offered(&dora).await, ["A first"]);
}

#[actix_web::test]
async fn whoever_triages_shares_with_all_staff_and_looks_after_what_is_shared() {
    let app = TestApp::start().await;
    let (dora, dan) = (app.dispatcher("dora").await, app.dispatcher("dan").await);
    let (cleo, ann) = (app.member("cleo", &[Role::Committee]).await, app.resident("ann").await);
    let admin = app.member("ada", &[Role::Admin]).await;
    let team = keep(&dora, &shared("Emergencies")).await.ok();
    assert_eq!(offered(&dan).await, ["Emergencies*"]);
    assert_eq!(offered(&cleo).await, ["Emergencies*"]);
    assert_eq!(offered(&ann).await, [] as [&str; 0]);
    assert_eq!(keep(&ann, &shared("Mine")).await.refusal(), "403 not_allowed");
    assert_eq!(keep(&cleo, &shared("Ours")).await.refusal(), "403 not_allowed");

    let other = UpdateSavedFilter { query: Some("priority=P1%2CP2".into()), ..Default::default() };
    assert_eq!(change(&ann, &team, &other).await.refusal(), "404 not_found");
    assert_eq!(change(&cleo, &team, &other).await.refusal(), "403 not_allowed");
    let team = change(&dan, &team, &other).await.ok();
    assert!(!team.own && team.may_change);
    let own = UpdateSavedFilter { shared: Some(false), ..Default::default() };
    change(&dora, &team, &own).await.ok();
    assert_eq!(offered(&dan).await, [] as [&str; 0]);
    let trail =
        admin.find(&contract::audit::LIST, &[&admin.slug], &AuditEventQuery::default()).await.ok().data;
    let acts: Vec<&str> = trail.iter().map(|it| it.action.as_str()).collect();
    assert_eq!(acts[..3], ["saved_filter.changed", "saved_filter.changed", "saved_filter.shared"]);
}

#[actix_web::test]
async fn what_the_list_would_refuse_is_not_kept() {
    let app = TestApp::start().await;
    let dora = app.dispatcher("dora").await;
    for (name, query, refusal) in [
        ("", "priority=P1", "422 invalid: #/name required"),
        ("One", "", "422 invalid: #/query required"),
        ("One", "q=", "422 invalid: #/query required"),
        ("One", "state=new", "422 invalid: #/query unknown_parameter"),
        ("One", "priority=P9", "422 invalid: #/query wrong_type"),
        ("One", "mine=perhaps", "422 invalid: #/query wrong_type"),
        ("One", "priority=P1&limit=7", "422 invalid: #/query one_page"),
        ("One", "status=asleep&priority=P9", "422 invalid: #/query wrong_type, #/query wrong_type"),
    ] {
        assert_eq!(keep(&dora, &named(name, query)).await.refusal(), refusal, "{query}");
    }
    keep(&dora, &named("One", "priority=P1")).await.ok();
    assert_eq!(keep(&dora, &named("One", "priority=P2")).await.refusal(), "409 duplicate");
    assert_eq!(offered(&dora).await, ["One"]);
}

#[actix_web::test]
async fn of_two_who_keep_the_same_name_at_once_one_wins() {
    let app = TestApp::start().await;
    let dora = app.dispatcher("dora").await;
    let tabs = (0..8).map(|_| dora.on_another_device());
    let tries = tabs.map(|tab| async move { keep(&tab, &named("One", "priority=P1")).await.raw.status });
    let mut answers = futures_util::future::join_all(tries).await;
    answers.sort_unstable();
    assert_eq!(answers, [201, 409, 409, 409, 409, 409, 409, 409]);
}

#[actix_web::test]
async fn fifty_are_enough_for_anybody() {
    let app = TestApp::start().await;
    let dora = app.dispatcher("dora").await;
    for at in 0..48 {
        keep(&dora, &named(&format!("Number {at}"), "priority=P1")).await.ok();
    }
    let at_once = (0..8).map(async |at| {
        let kept = keep(&dora, &named(&format!("At once {at}"), "priority=P1")).await;
        if kept.raw.status == 201 { "kept".into() } else { kept.refusal() }
    });
    let mut outcomes = futures_util::future::join_all(at_once).await;
    outcomes.sort();
    assert_eq!(outcomes[..6], ["422 invalid: #/name too_many"; 6]);
    assert_eq!(outcomes[6..], ["kept", "kept"]);
}
