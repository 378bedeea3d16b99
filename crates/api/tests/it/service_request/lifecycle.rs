//! What happens to a request, step by step, as everybody sees it.

use chrono::TimeDelta;
use contract::service_request::{ActOnServiceRequest, ServiceRequest};
use domain::community::Settings;
use domain::role::Role;
use domain::service_request::RequestAction::*;
use domain::service_request::RequestStatus::*;
use domain::service_request::{HoldReason, Priority, RequestStatus};

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::cast::{Cast, about, act, assign, hold, noted};
use crate::support::photo;

/// The story as one line an entry.
fn story(request: &ServiceRequest) -> String {
    let lines = request.timeline.iter().map(|entry| {
        let actor = entry.actor.as_ref().map_or("nobody", |actor| &actor.display_name);
        let mut line = format!("{actor}: {} -> {}", entry.kind, entry.to_status);
        if let Some(assignee) = &entry.assignee {
            line += &format!(", {}", assignee.display_name);
        }
        if let Some(note) = &entry.note {
            line += &format!(" ({note})");
        }
        line
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn actions(request: &ServiceRequest) -> String {
    request.allowed_actions.iter().map(|one| one.action.as_str()).collect::<Vec<_>>().join(" ")
}

#[actix_web::test]
async fn a_request_is_reported_given_to_a_professional_resolved_and_confirmed() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    cast.dora.act(&request, act(Triage)).await.ok();
    cast.dora.act(&request, cast.assign_tess()).await.ok();
    for step in [act(Accept), act(Arrive), act(Start), hold(HoldReason::WaitingParts), act(Resume)] {
        app.advance(TimeDelta::minutes(1));
        cast.tess.act(&request, step).await.ok();
    }
    let resolved = cast.tess.act(&request, noted(Resolve, "Bled the radiator.")).await.ok();
    assert_eq!((resolved.summary.status, resolved.resolved_at), (Resolved, Some(app.now())));
    let rated = ActOnServiceRequest { rating: Some(5), ..act(Confirm) };
    let closed = cast.ann.act(&request, rated).await.ok();
    assert_eq!((closed.summary.status, closed.rating, closed.closed_at), (Closed, Some(5), Some(app.now())));
    assert_eq!(closed.version, 10);
    insta::assert_snapshot!(story(&closed), @r"
    Ann: report -> new
    Dora: triage -> triaged
    Dora: assign -> assigned, Tess
    Tess: accept -> assigned
    Tess: arrive -> assigned
    Tess: start -> in_progress
    Tess: hold -> on_hold
    Tess: resume -> in_progress
    Tess: resolve -> resolved (Bled the radiator.)
    Ann: confirm -> closed
    ");
}

#[actix_web::test]
async fn everybody_is_offered_what_is_theirs_to_do() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let mut lines = Vec::new();
    for status in RequestStatus::ALL {
        let request = cast.request(*status).await;
        for (name, who) in
            [("ann", &cast.ann), ("tess", &cast.tess), ("dora", &cast.dora), ("sue", &cast.sue)]
        {
            let answer = who.show(&request).await;
            let offered = match answer.raw.status {
                404 => "cannot see it".to_owned(),
                _ => match actions(&answer.ok()) {
                    none if none.is_empty() => "nothing".to_owned(),
                    some => some,
                },
            };
            lines.push(format!("{status} {name}: {offered}"));
        }
    }
    insta::assert_snapshot!(lines.join("\n"), @r"
    new ann: cancel
    new tess: cannot see it
    new dora: triage ask assign hold reject cancel merge change_priority change_category change_zone change_visibility
    new sue: triage ask assign hold reject cancel merge override change_priority change_category change_zone change_visibility change_due
    triaged ann: cancel
    triaged tess: cannot see it
    triaged dora: ask assign hold reject cancel merge change_priority change_category change_zone change_visibility
    triaged sue: ask assign hold reject cancel merge override change_priority change_category change_zone change_visibility change_due
    assigned ann: cancel
    assigned tess: accept decline arrive start hold
    assigned dora: reassign unassign hold cancel merge change_priority change_category change_zone change_visibility
    assigned sue: reassign unassign hold cancel merge override change_priority change_category change_zone change_visibility change_due
    in_progress ann: request_cancel
    in_progress tess: hold resolve
    in_progress dora: reassign unassign hold resolve cancel merge change_priority change_category change_zone change_visibility
    in_progress sue: reassign unassign hold resolve cancel merge override change_priority change_category change_zone change_visibility change_due
    on_hold ann: request_cancel
    on_hold tess: resume
    on_hold dora: reassign unassign resume cancel merge change_priority change_category change_zone change_visibility
    on_hold sue: reassign unassign resume cancel merge override change_priority change_category change_zone change_visibility change_due
    resolved ann: confirm dispute
    resolved tess: nothing
    resolved dora: change_visibility
    resolved sue: close override change_visibility
    closed ann: reopen
    closed tess: nothing
    closed dora: reopen change_visibility
    closed sue: reopen override change_visibility
    rejected ann: nothing
    rejected tess: cannot see it
    rejected dora: change_visibility
    rejected sue: override change_visibility
    cancelled ann: nothing
    cancelled tess: cannot see it
    cancelled dora: change_visibility
    cancelled sue: override change_visibility
    duplicate ann: nothing
    duplicate tess: cannot see it
    duplicate dora: unmerge change_visibility
    duplicate sue: unmerge override change_visibility
    ");
}

#[actix_web::test]
async fn what_does_not_fit_the_state_is_refused_with_the_state_and_the_alternatives() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let closed = cast.request(Closed).await;
    let before = app.holdings().await;
    insta::assert_snapshot!(
        cast.tess.act(&closed, act(Start)).await.refusal(),
        @"409 wrong_state (now closed; could )");
    insta::assert_snapshot!(
        cast.ann.act(&closed, act(Confirm)).await.refusal(),
        @"409 wrong_state (now closed; could reopen)");
    insta::assert_snapshot!(cast.ann.act(&closed, noted(Close, "x")).await.refusal(), @"403 not_allowed");
    assert_eq!(app.holdings().await, before);
    assert_eq!(cast.ann.show(&closed).await.ok().version, closed.version);
}

#[actix_web::test]
async fn missing_and_superfluous_fields_are_named_and_change_nothing() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Triaged).await;
    let before = app.holdings().await;
    let refused = async |who: &Caller, body: ActOnServiceRequest| who.act(&request, body).await.refusal();
    insta::assert_snapshot!(refused(&cast.dora, act(Assign)).await, @"422 invalid: #/assignee_id one_of, #/team_id one_of");
    insta::assert_snapshot!(refused(&cast.dora, act(Reject)).await, @"422 invalid: #/note required, #/reject_reason required");
    let rated = ActOnServiceRequest { rating: Some(3), target: Some(Closed), ..noted(Ask, "Which room?") };
    insta::assert_snapshot!(refused(&cast.dora, rated).await, @"422 invalid: #/rating superfluous, #/target superfluous");
    insta::assert_snapshot!(refused(&cast.dora, act(Merge)).await, @"422 invalid: #/master_id required");
    let past = ActOnServiceRequest { hold_until: Some(app.now()), ..hold(HoldReason::Weather) };
    insta::assert_snapshot!(refused(&cast.dora, past).await, @"422 invalid: #/hold_until in_the_past");
    assert_eq!(app.holdings().await, before);
}

#[actix_web::test]
async fn work_counts_as_done_only_with_a_photo_where_the_category_demands_one() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.ann.report(&about(app.place.plumbing, "Tap drips")).await.ok();
    assert!(request.evidence_required);
    let zoned = ActOnServiceRequest { zone_id: Some(app.place.north), ..cast.assign_tess() };
    cast.dora.act(&request, zoned).await.ok();
    cast.tess.act(&request, act(Start)).await.ok();
    insta::assert_snapshot!(
        cast.tess.act(&request, noted(Resolve, "New washer.")).await.refusal(),
        @"422 invalid: #/attachment_ids required");

    let photo = cast.tess.upload(photo::jpeg(40, 30)).await.ok();
    let resolve = ActOnServiceRequest { attachment_ids: vec![photo.id], ..noted(Resolve, "New washer.") };
    let resolved = cast.tess.act(&request, resolve).await.ok();
    let [evidence] = &resolved.attachments[..] else { panic!("{:?}", resolved.attachments) };
    assert_eq!((evidence.id, evidence.kind.as_str(), resolved.summary.photos), (photo.id, "evidence", 1));
}

#[actix_web::test]
async fn triage_needs_a_zone_where_the_community_has_zones_and_the_place_tells_none() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let nowhere = cast.dora.report(&about(app.place.heating, "Somewhere cold")).await.ok();
    let triage = act(Triage);
    insta::assert_snapshot!(cast.dora.act(&nowhere, triage.clone()).await.refusal(), @"422 invalid: #/zone_id required");
    let placed = ActOnServiceRequest { zone_id: Some(app.place.south), ..triage };
    assert_eq!(cast.dora.act(&nowhere, placed).await.ok().summary.zone.as_deref(), Some("South"));
}

#[actix_web::test]
async fn only_who_can_be_given_work_is_given_work() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let unverified = app.member("uma", &[Role::Professional]).await;
    let southern = app.member("sid", &[Role::Professional]).await;
    app.with_conn(async |conn| {
        use crate::support::given::{professional_as, skills};
        let applied = domain::community::ProfessionalStatus::Applied;
        professional_as(conn, &app.place, unverified.person().member_id, applied, &["heating"], &[]).await;
        skills(conn, &app.place, southern.person().member_id, &["heating"], &[app.place.south]).await;
    })
    .await;
    let request = cast.request(Triaged).await;
    let no_resident = cast.dora.act(&request, assign(&cast.ann)).await.refusal();
    assert_eq!(cast.dora.act(&request, assign(&unverified)).await.refusal(), no_resident);
    insta::assert_snapshot!(no_resident, @"409 assignee_unavailable (now triaged; could ask, assign, hold, reject, cancel, merge, change_priority, change_category, change_zone, change_visibility)");
    insta::assert_snapshot!(cast.dora.act(&request, assign(&southern)).await.refusal(), @"422 invalid: #/note outside_zone");
    let reasoned = ActOnServiceRequest { note: Some("Everybody else is ill.".into()), ..assign(&southern) };
    let assigned = cast.dora.act(&request, reasoned).await.ok();
    assert_eq!(assigned.summary.assignee.unwrap().display_name, "Sid");
}

#[actix_web::test]
async fn a_question_waits_for_the_reporter_and_their_answer_ends_the_wait() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    assert!(cast.dora.act(&request, noted(Ask, "Which room?")).await.ok().summary.waiting_reporter);
    let answered = cast.ann.act(&request, noted(Answer, "The bathroom.")).await.ok();
    assert_eq!((answered.summary.waiting_reporter, answered.summary.status), (false, New));
    assert_eq!(answered.first_response_at, Some(app.now()));
}

#[actix_web::test]
async fn time_closes_what_nobody_answers_and_resumes_what_waited_for_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let resolved = cast.request(Resolved).await;
    let started = cast.request(InProgress).await;
    let until = app.now() + TimeDelta::hours(20);
    let waiting = ActOnServiceRequest { hold_until: Some(until), ..hold(HoldReason::Scheduled) };
    cast.tess.act(&started, waiting).await.ok();

    app.advance(TimeDelta::hours(20) - TimeDelta::seconds(1));
    app.run_outbox().await;
    let dora = app.again(&cast.dora).await;
    assert_eq!(dora.show(&started).await.ok().summary.status, OnHold);
    app.advance(TimeDelta::seconds(1));
    app.run_outbox().await;
    assert_eq!(dora.show(&started).await.ok().summary.status, InProgress);

    app.advance(TimeDelta::hours(7 * 24 - 20) - TimeDelta::seconds(1));
    app.run_outbox().await;
    let dora = app.again(&dora).await;
    assert_eq!(dora.show(&resolved).await.ok().summary.status, Resolved);
    app.advance(TimeDelta::seconds(1));
    app.run_outbox().await;
    let closed = dora.show(&resolved).await.ok();
    assert_eq!(closed.summary.status, Closed);
    assert!(story(&closed).ends_with("nobody: auto_close -> closed"), "{}", story(&closed));
}

#[actix_web::test]
async fn the_reporter_reopens_for_a_fortnight_and_gets_a_new_deadline() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let (early, late) = (cast.request(Closed).await, cast.request(Closed).await);
    app.advance(TimeDelta::days(13));
    let ann = app.again(&cast.ann).await;
    let reopened = ann.act(&early, noted(Reopen, "Cold again.")).await.ok();
    assert_eq!((reopened.summary.status, reopened.reopen_count), (Assigned, 1));
    assert_eq!(reopened.summary.due_at, app.now() + TimeDelta::hours(24));

    app.advance(TimeDelta::days(1));
    let (ann, dora) = (app.again(&ann).await, app.again(&cast.dora).await);
    insta::assert_snapshot!(ann.act(&late, noted(Reopen, "Cold again.")).await.refusal(), @"409 too_late (now closed; could )");
    assert_eq!(dora.act(&late, noted(Reopen, "Never too late.")).await.ok().summary.status, Assigned);
}

#[actix_web::test]
async fn professionals_claim_only_where_the_community_lets_them() {
    for allowed in [false, true] {
        let app = TestApp::start_with(Settings { professionals_claim: allowed, ..Settings::default() }).await;
        let cast = Cast::of(&app).await;
        let request = cast.request(Triaged).await;
        let answer = cast.tess.act(&request, act(Claim)).await;
        if allowed {
            let claimed = answer.ok();
            assert_eq!((claimed.summary.status, claimed.summary.accepted), (Assigned, true));
        } else {
            assert!(matches!(answer.problem().status, 403 | 404), "{}", answer.refusal());
        }
    }
}

#[actix_web::test]
async fn an_override_is_marked_as_one_and_audited() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Cancelled).await;
    let over = ActOnServiceRequest { target: Some(InProgress), ..noted(Override, "Cancelled by mistake.") };
    insta::assert_snapshot!(cast.sue.act(&request, over.clone()).await.refusal(), @"422 invalid: #/assignee_id required");
    let with_tess = ActOnServiceRequest { assignee_id: Some(cast.tess.person().member_id), ..over };
    let next = cast.sue.act(&request, with_tess).await.ok();
    assert_eq!((next.summary.status, next.closed_at), (InProgress, None));
    assert!(
        story(&next).ends_with("Sue: override -> in_progress, Tess (Cancelled by mistake.)"),
        "{}",
        story(&next)
    );
    let audited = app
        .query("select concat_ws(' ', action, from_value, to_value) as text from audit_events where community_id is not null")
        .await;
    assert_eq!(audited, [r#"service_request.override "cancelled" "in_progress""#]);
}

#[actix_web::test]
async fn a_changed_priority_is_told_to_staff_and_a_changed_category_moves_the_deadline() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    assert_eq!(request.summary.due_at, app.now() + TimeDelta::hours(24));
    let urgent =
        ActOnServiceRequest { priority: Some(Priority::P2), ..noted(ChangePriority, "A baby lives there.") };
    let changed = cast.dora.act(&request, urgent).await.ok();
    assert_eq!(
        (changed.summary.priority, changed.timeline.last().unwrap().priority),
        (Priority::P2, Some(Priority::P2))
    );
    assert!(!story(&cast.ann.show(&request).await.ok()).contains("change_priority"));

    app.advance(TimeDelta::minutes(5));
    let moved = ActOnServiceRequest { category_id: Some(app.place.plumbing), ..act(Triage) };
    let triaged = cast.dora.act(&request, moved).await.ok();
    assert_eq!(triaged.summary.due_at, request.summary.created_at + TimeDelta::hours(12));
}
