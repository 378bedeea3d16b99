//! What the table alone does not say.

use super::*;
use RequestAction::*;
use RequestStatus::*;

fn dispatcher() -> Asker {
    staff(Role::Dispatcher)
}

fn supervisor() -> Asker {
    staff(Role::Supervisor)
}

#[test]
fn an_answer_needs_a_question() {
    let unasked = request(Triaged);
    let asked = act(&unasked, &dispatcher(), Ask, &[Field::Note]).unwrap();
    assert!(asked.waiting_reporter);

    let refused = act(&unasked, &resident(REPORTER), Answer, &[Field::Note]);
    assert_eq!(refused, Err(wrong_state(Triaged, Answer)));
    let answered = act(&asked, &resident(REPORTER), Answer, &[Field::Note]).unwrap();
    assert!(!answered.waiting_reporter && answered.status == Triaged);
}

#[test]
fn an_answer_ends_the_hold_that_waited_for_it() {
    let mut given = given(&[Field::HoldReason]);
    given.hold_reason = Some(HoldReason::WaitingReporter);
    let facts = facts(Settings::default());
    let held = decide(&request(InProgress), &facts, &professional(ASSIGNEE), Hold, &given, now()).unwrap();
    assert!(held.waiting_reporter);

    let answered = act(&held, &resident(REPORTER), Answer, &[Field::Note]).unwrap();
    assert_eq!((answered.status, answered.held_from, answered.waiting_reporter), (InProgress, None, false));
}

#[test]
fn a_job_is_accepted_once() {
    let accepted = act(&request(Assigned), &professional(ASSIGNEE), Accept, &[]).unwrap();
    assert_eq!(accepted.accepted_at, Some(now()));
    assert_eq!(act(&accepted, &professional(ASSIGNEE), Accept, &[]), Err(wrong_state(Assigned, Accept)));
}

#[test]
fn one_arrives_once() {
    let arrived = act(&request(Assigned), &professional(ASSIGNEE), Arrive, &[]).unwrap();
    assert_eq!(arrived.arrived_at, Some(now()));
    assert_eq!(act(&arrived, &professional(ASSIGNEE), Arrive, &[]), Err(wrong_state(Assigned, Arrive)));
}

#[test]
fn starting_accepts_on_the_way_but_keeps_an_earlier_acceptance() {
    let started = act(&request(Assigned), &professional(ASSIGNEE), Start, &[]).unwrap();
    assert_eq!((started.accepted_at, started.started_at), (Some(now()), Some(now())));

    let accepted = Progress { accepted_at: Some(days_ago(1)), ..request(Assigned) };
    let started = act(&accepted, &professional(ASSIGNEE), Start, &[]).unwrap();
    assert_eq!(started.accepted_at, Some(days_ago(1)));
}

#[test]
fn the_clock_resumes_only_what_is_due() {
    let until = |at: DateTime<Utc>| Progress { hold_until: Some(at), ..request(OnHold) };
    let second = TimeDelta::seconds(1);
    assert_eq!(act(&request(OnHold), &Asker::Clock, Resume, &[]), Err(wrong_state(OnHold, Resume)));
    assert_eq!(act(&until(now() + second), &Asker::Clock, Resume, &[]), Err(wrong_state(OnHold, Resume)));
    assert_eq!(act(&until(now()), &Asker::Clock, Resume, &[]).unwrap().status, InProgress);
    // People need not wait.
    assert_eq!(act(&until(now() + second), &dispatcher(), Resume, &[]).unwrap().status, InProgress);
}

#[test]
fn a_resolved_request_closes_by_itself_only_after_the_days_that_the_community_chose() {
    let resolved = |at: DateTime<Utc>| Progress { resolved_at: Some(at), ..request(Resolved) };
    for days in [3, 7] {
        let facts = facts(Settings { auto_close_days: days, ..Settings::default() });
        let close = |at| decide(&resolved(at), &facts, &Asker::Clock, AutoClose, &Given::default(), now());
        let due = days_ago(days.into());
        assert_eq!(close(due).unwrap().status, Closed);
        assert_eq!(close(due + TimeDelta::seconds(1)), Err(wrong_state(Resolved, AutoClose)));
    }
}

#[test]
fn the_reporter_reopens_for_a_fortnight_and_a_dispatcher_at_any_time() {
    let closed = |at: DateTime<Utc>| Progress { closed_at: Some(at), ..request(Closed) };
    let almost = closed(days_ago(14) + TimeDelta::seconds(1));
    let reopened = act(&almost, &resident(REPORTER), Reopen, &[Field::Note]).unwrap();
    assert_eq!((reopened.status, reopened.reopen_count), (Assigned, 1));
    assert_eq!((reopened.resolved_at, reopened.closed_at), (None, None));
    // Somebody has to go there once more.
    assert_eq!((reopened.arrived_at, reopened.started_at), (None, None));
    assert!(act(&reopened, &professional(ASSIGNEE), Arrive, &[]).is_ok());

    assert_eq!(
        act(&closed(days_ago(14)), &resident(REPORTER), Reopen, &[Field::Note]),
        Err(Refusal::TooLate)
    );
    let late = act(&closed(days_ago(400)), &dispatcher(), Reopen, &[Field::Note]).unwrap();
    assert_eq!((late.status, late.reopen_count), (Assigned, 1));

    let generous = facts(Settings { reopen_days: 30, ..Settings::default() });
    let given = given(&[Field::Note]);
    assert!(decide(&closed(days_ago(20)), &generous, &resident(REPORTER), Reopen, &given, now()).is_ok());
}

#[test]
fn work_outside_the_zones_of_a_professional_needs_a_reason() {
    let outsider = Candidate { id: OTHER_PROFESSIONAL, active: true, covers_zone: false, declined: false };
    let facts = facts(Settings::default());
    let assign = |note| {
        let given = Given { assignee: Some(outsider), note, ..Given::default() };
        decide(&request(Triaged), &facts, &dispatcher(), Assign, &given, now())
    };
    assert_eq!(assign(false), Err(Refusal::OutsideZone));
    assert_eq!(assign(true).unwrap().assignee, Some(OTHER_PROFESSIONAL));
}

#[test]
fn an_inactive_professional_gets_no_work_whatever_the_reason() {
    let inactive = Candidate { id: OTHER_PROFESSIONAL, active: false, covers_zone: true, declined: false };
    let facts = facts(Settings::default());
    let given = Given { assignee: Some(inactive), note: true, target: Some(Assigned), ..Given::default() };
    let without_target = Given { target: None, ..given.clone() };
    for (status, asker, action, given) in [
        (New, dispatcher(), Assign, &without_target),
        (Triaged, dispatcher(), Assign, &without_target),
        (Assigned, dispatcher(), Reassign, &without_target),
        (Triaged, supervisor(), Override, &given),
    ] {
        let answer = decide(&request(status), &facts, &asker, action, given, now());
        assert_eq!(answer, Err(Refusal::AssigneeUnavailable), "{action} while {status}");
    }
}

#[test]
fn resolving_needs_a_photo_where_the_category_demands_one() {
    let demanding = Facts { evidence_demanded: true, ..facts(Settings::default()) };
    for asker in [professional(ASSIGNEE), dispatcher()] {
        let resolve = |fields: &[Field]| {
            decide(&request(InProgress), &demanding, &asker, Resolve, &given(fields), now())
        };
        assert_eq!(resolve(&[Field::Note]), Err(Refusal::Missing(vec![Field::Evidence])));
        assert_eq!(resolve(&[Field::Note, Field::Evidence]).unwrap().resolved_at, Some(now()));
    }
}

#[test]
fn triage_needs_a_zone_only_where_there_are_zones_and_none_is_known() {
    let nowhere = request(New);
    let somewhere = Progress { zone: Some(ZONE), ..request(New) };
    let plain = facts(Settings::default());
    let zoned = Facts { zoned: true, ..plain.clone() };
    for (action, fields) in [(Triage, &[] as &[Field]), (Assign, &[Field::Assignee])] {
        let answer = |progress: &Progress, facts: &Facts, more: &[Field]| {
            let fields: Vec<Field> = fields.iter().chain(more).copied().collect();
            decide(progress, facts, &dispatcher(), action, &given(&fields), now()).map(|next| next.zone)
        };
        assert_eq!(answer(&nowhere, &plain, &[]), Ok(None), "{action}");
        assert_eq!(answer(&nowhere, &zoned, &[]), Err(Refusal::Missing(vec![Field::Zone])), "{action}");
        assert_eq!(answer(&nowhere, &zoned, &[Field::Zone]), Ok(Some(ZONE)), "{action}");
        assert_eq!(answer(&somewhere, &zoned, &[]), Ok(Some(ZONE)), "{action}");
    }
}

#[test]
fn an_override_to_a_state_of_work_needs_somebody_to_do_it() {
    let override_to = |before: &Progress, target, assignee: bool| {
        let mut given = given(&[Field::Note]);
        given.target = Some(target);
        given.assignee = assignee.then(|| candidate(OTHER_PROFESSIONAL));
        decide(before, &facts(Settings::default()), &supervisor(), Override, &given, now())
    };
    for target in [Assigned, InProgress] {
        assert_eq!(
            override_to(&request(Cancelled), target, false),
            Err(Refusal::Missing(vec![Field::Assignee]))
        );
        let taken = override_to(&request(Cancelled), target, true).unwrap();
        assert_eq!((taken.status, taken.assignee), (target, Some(OTHER_PROFESSIONAL)));
        // Whoever had it keeps it.
        assert_eq!(override_to(&request(Resolved), target, false).unwrap().assignee, Some(ASSIGNEE));
    }
}

#[test]
fn only_a_skilled_professional_claims_and_only_where_the_community_lets_them() {
    let claim = |allowed: bool, skilled: bool, role: Role| {
        let settings = settings(allowed);
        let asker = Asker::Member { id: OTHER_PROFESSIONAL, rights: Rights::of(&[role], &settings), skilled };
        decide(&request(Triaged), &facts(settings), &asker, Claim, &Given::default(), now())
    };
    assert_eq!(claim(false, true, Role::Professional), Err(Refusal::NotAllowed));
    assert_eq!(claim(true, false, Role::Professional), Err(Refusal::NotAllowed));
    assert_eq!(claim(true, true, Role::Resident), Err(Refusal::NotAllowed));
    let claimed = claim(true, true, Role::Professional).unwrap();
    assert_eq!(
        (claimed.status, claimed.assignee, claimed.accepted_at),
        (Assigned, Some(OTHER_PROFESSIONAL), Some(now()))
    );
}

#[test]
fn dispute_and_reopen_go_back_to_triage_when_the_assignee_is_gone() {
    let gone = Facts { assignee_present: false, ..facts(Settings::default()) };
    for (status, action, there, elsewhere) in
        [(Resolved, Dispute, InProgress, Triaged), (Closed, Reopen, Assigned, Triaged)]
    {
        let given = given(&[Field::Note]);
        let still = act(&request(status), &resident(REPORTER), action, &[Field::Note]).unwrap();
        assert_eq!((still.status, still.assignee, still.reopen_count), (there, Some(ASSIGNEE), 1));
        let left = decide(&request(status), &gone, &resident(REPORTER), action, &given, now()).unwrap();
        assert_eq!((left.status, left.assignee, left.reopen_count), (elsewhere, None, 1));
        assert_eq!((left.accepted_at, left.arrived_at, left.started_at), (None, None, None));
    }
}

#[test]
fn whoever_gives_work_back_leaves_no_marks_on_it() {
    let worked =
        Progress { accepted_at: Some(days_ago(2)), arrived_at: Some(days_ago(1)), ..request(Assigned) };
    for (asker, action) in
        [(professional(ASSIGNEE), Decline), (dispatcher(), Unassign), (Asker::System, Unassign)]
    {
        let next = act(&worked, &asker, action, &[Field::Note]).unwrap();
        assert_eq!((next.status, next.assignee), (Triaged, None), "{action}");
        assert_eq!((next.accepted_at, next.arrived_at, next.started_at), (None, None, None), "{action}");
    }
    let next = act(&worked, &dispatcher(), Reassign, &[Field::Assignee, Field::Note]).unwrap();
    assert_eq!((next.status, next.assignee, next.accepted_at), (Assigned, Some(OTHER_PROFESSIONAL), None));
}

#[test]
fn a_hold_ends_where_it_began() {
    for status in [New, Triaged, Assigned, InProgress] {
        let held =
            act(&request(status), &dispatcher(), Hold, &[Field::HoldReason, Field::HoldUntil]).unwrap();
        assert_eq!((held.status, held.held_from), (OnHold, Some(status)));
        assert_eq!(held.hold_reason, Some(HoldReason::Weather));
        assert_eq!(held.hold_until, Some(now() + TimeDelta::days(2)));
        assert_eq!(act(&held, &dispatcher(), Resume, &[]).unwrap(), request(status));
    }
}

#[test]
fn the_first_response_is_counted_once() {
    let quiet = request(New);
    for (asker, action, fields, counts) in [
        (dispatcher(), Triage, vec![], true),
        (dispatcher(), Assign, vec![Field::Assignee], true),
        (dispatcher(), ChangePriority, vec![Field::Priority, Field::Note], false),
    ] {
        let next = act(&quiet, &asker, action, &fields).unwrap();
        assert_eq!(next.first_response_at, counts.then(now), "{action} {fields:?}");
    }
    let answered = Progress { first_response_at: Some(days_ago(1)), ..request(New) };
    assert_eq!(act(&answered, &dispatcher(), Triage, &[]).unwrap().first_response_at, Some(days_ago(1)));
}

#[test]
fn an_override_marks_the_end_that_it_leads_to_and_clears_the_one_it_leaves() {
    let override_to = |before: &Progress, target| {
        let given = Given {
            target: Some(target),
            note: true,
            hold_reason: (target == OnHold).then_some(HoldReason::Weather),
            reject_reason: (target == Rejected).then_some(RejectReason::Spam),
            ..Given::default()
        };
        decide(before, &facts(Settings::default()), &supervisor(), Override, &given, now()).unwrap()
    };
    let marks = |progress: Progress| (progress.resolved_at, progress.closed_at);
    let yesterday = Some(days_ago(1));
    assert_eq!(marks(override_to(&request(Closed), Resolved)), (Some(now()), None));
    assert_eq!(marks(override_to(&request(Resolved), Closed)), (yesterday, Some(now())));
    assert_eq!(marks(override_to(&request(Cancelled), Closed)), (Some(now()), Some(now())));
    assert_eq!(marks(override_to(&request(Closed), Rejected)), (None, Some(now())));
    assert_eq!(marks(override_to(&request(Closed), Closed)), (yesterday, yesterday));
    assert_eq!(marks(override_to(&request(Closed), OnHold)), (None, None));
}

#[test]
fn an_override_needs_what_its_target_is_about() {
    let override_to = |facts: &Facts, target| {
        let given = Given { target: Some(target), note: true, ..Given::default() };
        decide(&request(Resolved), facts, &supervisor(), Override, &given, now())
    };
    let present = facts(Settings::default());
    let gone = Facts { assignee_present: false, ..present.clone() };
    for (facts, target, field) in [
        (&present, OnHold, Field::HoldReason),
        (&present, Rejected, Field::RejectReason),
        (&present, Duplicate, Field::Master),
        (&gone, Assigned, Field::Assignee),
    ] {
        assert_eq!(override_to(facts, target), Err(Refusal::Missing(vec![field])), "{target}");
    }
}

#[test]
fn an_override_back_to_the_beginning_takes_the_work_from_whoever_had_it() {
    for status in [Assigned, InProgress, OnHold, Resolved, Closed] {
        for target in [New, Triaged] {
            let given = Given { target: Some(target), note: true, ..Given::default() };
            let facts = facts(Settings::default());
            let next = decide(&request(status), &facts, &supervisor(), Override, &given, now()).unwrap();
            assert_eq!((next.status, next.assignee, next.started_at), (target, None, None), "from {status}");
        }
    }
}

#[test]
fn a_team_member_takes_what_the_team_was_given_unless_somebody_was_faster() {
    let given_to_team = Progress { assignee: None, team: Some(TEAM), ..request(Assigned) };
    let taken = act(&given_to_team, &professional(TEAMMATE), Accept, &[]).unwrap();
    assert_eq!((taken.assignee, taken.team, taken.accepted_at), (Some(TEAMMATE), Some(TEAM), Some(now())));
    assert_eq!(act(&taken, &professional(TEAMMATE), Accept, &[]), Err(wrong_state(Assigned, Accept)));
    assert_eq!(act(&given_to_team, &professional(OTHER_PROFESSIONAL), Accept, &[]), Err(Refusal::NotAllowed));
    let taken_back = act(&given_to_team, &dispatcher(), Unassign, &[Field::Note]).unwrap();
    assert_eq!((taken_back.status, taken_back.team), (Triaged, None));
}

#[test]
fn what_somebody_declined_is_offered_to_them_again_by_people_only() {
    let refused = Candidate { declined: true, ..candidate(OTHER_PROFESSIONAL) };
    let given = Given { assignee: Some(refused), ..Given::default() };
    let assign =
        |asker: &Asker| decide(&request(Triaged), &facts(Settings::default()), asker, Assign, &given, now());
    assert_eq!(assign(&Asker::System), Err(Refusal::AssigneeUnavailable));
    assert!(assign(&dispatcher()).is_ok());
}

#[test]
fn a_master_is_open_or_closed_for_less_than_a_week_and_never_the_request_itself() {
    let merge = |master: Master| {
        let given = Given { master: Some(master), ..Given::default() };
        decide(&request(Triaged), &facts(Settings::default()), &dispatcher(), Merge, &given, now())
    };
    for status in RequestStatus::ALL {
        let fits = status.is_open() || *status == Closed;
        assert_eq!(merge(master(*status)).is_ok(), fits, "{status}");
    }
    let closed = |days| Master { closed_at: Some(days_ago(days)), ..master(Closed) };
    assert!(merge(closed(6)).is_ok());
    assert_eq!(merge(closed(7)), Err(Refusal::MasterUnfit));
    assert_eq!(merge(Master { itself: true, ..master(New) }), Err(Refusal::MasterUnfit));
}

#[test]
fn resolving_waits_for_the_checklist_where_the_category_insists() {
    let unfinished = Facts { checklist_finished: false, ..facts(Settings::default()) };
    let answer = decide(
        &request(InProgress),
        &unfinished,
        &professional(ASSIGNEE),
        Resolve,
        &given(&[Field::Note]),
        now(),
    );
    assert_eq!(answer, Err(Refusal::ChecklistUnfinished));
}

#[test]
fn time_triages_only_where_the_category_says_so() {
    let by_hand = Facts { auto_triage: false, ..facts(Settings::default()) };
    let answer = |facts: &Facts| {
        decide(&request(New), facts, &Asker::Clock, Triage, &Given::default(), now()).map(|next| next.status)
    };
    assert_eq!(answer(&by_hand), Err(wrong_state(New, Triage)));
    assert_eq!(answer(&facts(Settings::default())), Ok(Triaged));
    let zoned = Facts { zoned: true, ..facts(Settings::default()) };
    assert_eq!(answer(&zoned), Err(Refusal::Missing(vec![Field::Zone])));
}
