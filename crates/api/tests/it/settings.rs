//! What a community decides for itself.

use contract::community::{CommunitySettings, SETTINGS, UPDATE_SETTINGS, UpdateCommunitySettings};
use contract::public::COMMUNITY;
use domain::community::Joining;
use domain::role::Role;

use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller};

type Update = UpdateCommunitySettings;

async fn decide(who: &Caller, what: &Update) -> Answer<CommunitySettings> {
    who.call(&UPDATE_SETTINGS, &[&who.slug], what).await
}

#[actix_web::test]
async fn a_manager_opens_the_pages_and_closes_them_again() {
    let app = TestApp::start().await;
    let meg = app.member("meg", &[Role::Manager]).await;
    let admin = app.member("ada", &[Role::Admin]).await;
    let strangers = async || app.anonymous().call(&COMMUNITY, &[&app.place.slug], &()).await;
    assert_eq!(strangers().await.refusal(), "404 not_found");
    let reports = Update { anonymous_reports: Some(true), ..Update::default() };
    assert_eq!(decide(&meg, &reports).await.refusal(), "422 invalid: #/anonymous_reports needs_public_pages");
    let pages = Update { public_pages: Some(true), ..reports };
    let now = decide(&meg, &pages).await.ok();
    assert!(now.public_pages && now.anonymous_reports && now.joining == Joining::ByRequest);
    assert!(strangers().await.ok().takes_reports);

    let shut = Update { public_pages: Some(false), ..Update::default() };
    assert_eq!(decide(&meg, &shut).await.refusal(), "422 invalid: #/anonymous_reports needs_public_pages");
    let shut = Update { anonymous_reports: Some(false), ..shut };
    decide(&meg, &shut).await.ok();
    assert_eq!(strangers().await.refusal(), "404 not_found");
    decide(&meg, &shut).await.ok();
    let trail = admin
        .find(&contract::audit::LIST, &[&admin.slug], &contract::audit::AuditEventQuery::default())
        .await;
    let trail = trail;
    let acts: Vec<String> = trail.ok().data.into_iter().map(|it| it.action).collect();
    assert_eq!(acts[..2], ["community.changed", "community.changed"]);
    assert_eq!(acts.len(), 2, "what changes nothing is no act");
}

#[actix_web::test]
async fn two_who_change_different_things_at_once_are_both_heard() {
    let app = TestApp::start().await;
    let (meg, max) = (app.member("meg", &[Role::Manager]).await, app.member("max", &[Role::Manager]).await);
    for days in 1..=6 {
        let (close, reopen) = (
            Update { auto_close_days: Some(days), ..Update::default() },
            Update { reopen_days: Some(days * 2), ..Update::default() },
        );
        let (one, other) = tokio::join!(decide(&meg, &close), decide(&max, &reopen));
        one.ok();
        other.ok();
        let now: CommunitySettings = meg.call(&SETTINGS, &[&meg.slug], &()).await.ok();
        assert_eq!((now.auto_close_days, now.reopen_days), (days, days * 2));
    }
    let never = Update { auto_close_days: Some(0), reopen_days: Some(400), ..Update::default() };
    assert_eq!(
        decide(&meg, &never).await.refusal(),
        "422 invalid: #/auto_close_days out_of_range, #/reopen_days out_of_range"
    );
}

#[actix_web::test]
async fn a_decision_counts_at_once_for_those_whom_it_concerns() {
    let app = TestApp::start().await;
    let meg = app.member("meg", &[Role::Manager]).await;
    let cleo = app.member("cleo", &[Role::Committee]).await;
    let cast = crate::support::cast::Cast::of(&app).await;
    let request = cast.report().await;
    let triage = || crate::support::cast::act(domain::service_request::RequestAction::Triage);
    assert_eq!(cleo.act(&request, triage()).await.refusal(), "403 not_allowed");
    decide(&meg, &Update { committee_triages: Some(true), ..Update::default() }).await.ok();
    cleo.act(&request, triage()).await.ok();
}
