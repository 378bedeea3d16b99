//! What holds after any sequence of legal steps.

use super::*;
use RequestStatus::*;
use proptest::prelude::*;

/// Everybody who could come along, in a community where everything is open.
fn people(settings: &Settings) -> Vec<Asker> {
    let of = |id, role| member(id, role, settings);
    vec![
        of(REPORTER, Role::Resident),
        of(NEIGHBOUR, Role::Resident),
        of(ASSIGNEE, Role::Professional),
        of(OTHER_PROFESSIONAL, Role::Professional),
        of(STAFF, Role::Dispatcher),
        of(STAFF, Role::Supervisor),
        of(STAFF, Role::Committee),
        Asker::Clock,
        Asker::System,
    ]
}

/// Something that somebody tries: who, what, which fields beyond those needed, towards which state, after how long.
#[derive(Debug, Clone)]
struct Try {
    who: usize,
    action: RequestAction,
    extra: Vec<Field>,
    target: RequestStatus,
    hours: i64,
    assignee_present: bool,
}

fn a_try() -> impl Strategy<Value = Try> {
    (
        0..9_usize,
        prop::sample::select(RequestAction::ALL),
        prop::sample::subsequence(Field::ALL, 0..4),
        prop::sample::select(RequestStatus::ALL),
        0..200_i64,
        prop::bool::weighted(0.9),
    )
        .prop_map(|(who, action, extra, target, hours, assignee_present)| Try {
            who,
            action,
            extra,
            target,
            hours,
            assignee_present,
        })
}

fn check(progress: &Progress) -> Result<(), TestCaseError> {
    let status = progress.status;
    let works = [Assigned, InProgress].contains(&status);
    prop_assert_eq!(progress.held_from.is_some(), status == OnHold, "{:?}", progress);
    prop_assert!(progress.held_from.is_none_or(|from| from.is_open() && from != OnHold), "{:?}", progress);
    prop_assert!(status == OnHold || progress.hold_reason.is_none() && progress.hold_until.is_none());
    prop_assert!(
        !works || progress.assignee.is_some() || status == Assigned && progress.team.is_some(),
        "{:?}",
        progress
    );
    prop_assert!(![New, Triaged].contains(&status) || progress.assignee.is_none(), "{:?}", progress);
    prop_assert!(progress.assignee.is_some() || progress.accepted_at.is_none(), "{:?}", progress);
    prop_assert_eq!(
        progress.resolved_at.is_some(),
        [Resolved, Closed].contains(&status),
        "resolved_at of {:?}",
        progress
    );
    prop_assert_eq!(
        progress.closed_at.is_some(),
        [Closed, Rejected, Cancelled, Duplicate].contains(&status),
        "closed_at of {:?}",
        progress
    );
    prop_assert!(status == Rejected || progress.reject_reason.is_none());
    prop_assert!(status == Duplicate || progress.duplicate_of.is_none());
    prop_assert!(status.is_open() || !progress.waiting_reporter, "{:?}", progress);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_legal_steps_leaves_a_request_that_makes_sense(
        tries in prop::collection::vec(a_try(), 1..60),
    ) {
        let settings = settings(true);
        let people = people(&settings);
        let mut progress = request(New);
        let mut at = now();
        for one in tries {
            at += TimeDelta::hours(one.hours);
            let facts = Facts { assignee_present: one.assignee_present, ..facts(settings.clone()) };
            let asker = &people[one.who];
            let offered = allowed_actions(&progress, &facts, asker, at);
            let offer = offered.iter().find(|(action, _)| *action == one.action);

            let mut given = Given::default();
            for need in offer.iter().flat_map(|(_, needs)| needs).filter(|need| need.when != When::Optional) {
                fill(&mut given, need.field);
            }
            let complete = given.clone();
            for field in &one.extra {
                fill(&mut given, *field);
            }
            given.target = given.target.map(|_| one.target);

            let before = progress.clone();
            let answer = decide(&progress, &facts, asker, one.action, &given, at);
            prop_assert_eq!(&before, &progress);
            // Offered is what succeeds with the fields that the offer names, and nothing else does.
            match offer {
                Some(_) if one.action != RequestAction::Override => {
                    let answer = decide(&progress, &facts, asker, one.action, &complete, at);
                    prop_assert!(answer.is_ok(), "{:?} was offered: {:?}", one, answer);
                }
                Some(_) => {}
                None => prop_assert!(
                    matches!(
                        answer,
                        Err(Refusal::NotAllowed | Refusal::WrongState { .. } | Refusal::TooLate)
                    ),
                    "{:?} was not offered: {:?}",
                    one,
                    answer
                ),
            }
            if let Ok(next) = answer {
                check(&next)?;
                prop_assert!(next.reopen_count >= before.reopen_count);
                prop_assert!(before.first_response_at.is_none_or(|at| next.first_response_at == Some(at)));
                progress = next;
            }
        }
    }

    #[test]
    fn no_input_whatever_makes_a_decision_panic(
        status in prop::sample::select(RequestStatus::ALL),
        one in a_try(),
        days in -20_000..20_000_i64,
    ) {
        let settings = settings(true);
        let given = given(&one.extra);
        let at = now() + TimeDelta::days(days);
        let _ = decide(&request(status), &facts(settings.clone()), &people(&settings)[one.who], one.action, &given, at);
    }
}
