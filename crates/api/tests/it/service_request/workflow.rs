//! Every cell of the workflow against the running server: state × action × who, held against the table of the domain.

use contract::service_request::{ActOnServiceRequest, ServiceRequest};
use domain::community::Settings;
use domain::role::{Rights, Role};
use domain::service_request::workflow::{Field, Step, To, WORKFLOW, When, Who, steps};
use domain::service_request::{
    HoldReason, Priority, RejectReason, RequestAction, RequestStatus, RequestVisibility,
};

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::cast::{Cast, act};

/// Somebody of the cast, and what ties them to Ann's request.
struct Actor<'a> {
    name: &'static str,
    caller: &'a Caller,
    role: Role,
    is_reporter: bool,
    is_professional: bool,
}

fn actors(cast: &Cast) -> [Actor<'_>; 5] {
    let of = |name, caller, role| Actor {
        name,
        caller,
        role,
        is_reporter: name == "ann",
        is_professional: name == "tess",
    };
    [
        of("ann", &cast.ann, Role::Resident),
        of("tess", &cast.tess, Role::Professional),
        of("theo", &cast.theo, Role::Professional),
        of("dora", &cast.dora, Role::Dispatcher),
        of("sue", &cast.sue, Role::Supervisor),
    ]
}

/// Tess has the work from its assignment on.
fn has_assignee(status: RequestStatus) -> bool {
    use RequestStatus::{Assigned, Closed, InProgress, OnHold, Resolved};
    matches!(status, Assigned | InProgress | OnHold | Resolved | Closed)
}

impl Actor<'_> {
    fn can_see(&self, status: RequestStatus) -> bool {
        match self.role {
            Role::Professional => self.is_professional && has_assignee(status),
            _ => true,
        }
    }

    fn is(&self, who: Who, status: RequestStatus) -> bool {
        match who {
            Who::May(permission) => Rights::of(&[self.role], &Settings::default()).can(permission),
            Who::Reporter => self.is_reporter,
            Who::Assignee => self.is_professional && has_assignee(status),
            // No team, nobody may claim, and nobody is the clock.
            Who::TeamMember | Who::Qualified | Who::Clock | Who::System => false,
        }
    }

    fn takes(&self, step: &Step, status: RequestStatus) -> bool {
        step.who.iter().any(|who| self.is(*who, status))
    }
}

/// The action with everything that it cannot do without.
fn filled(
    action: RequestAction,
    step: &Step,
    cast: &Cast,
    app: &TestApp,
    master: &ServiceRequest,
) -> ActOnServiceRequest {
    let mut body = act(action);
    let needs = step.needs.iter().filter(|need| matches!(need.when, When::Always | When::OneOf));
    for field in needs.map(|need| need.field) {
        match field {
            Field::Note => body.note = Some("Because.".into()),
            Field::Category => body.category_id = Some(app.place.security),
            Field::Priority => body.priority = Some(Priority::P1),
            Field::Zone => body.zone_id = Some(app.place.south),
            Field::Assignee => body.assignee_id = Some(cast.theo.person().member_id),
            Field::HoldReason => body.hold_reason = Some(HoldReason::Weather),
            Field::RejectReason => body.reject_reason = Some(RejectReason::Spam),
            Field::Master => body.master_id = Some(master.summary.id),
            Field::Target => body.target = Some(RequestStatus::Cancelled),
            Field::Visibility => body.visibility = Some(RequestVisibility::Community),
            Field::DueAt => body.due_at = Some(app.now() + chrono::TimeDelta::days(3)),
            Field::Team | Field::HoldUntil | Field::Evidence | Field::Rating | Field::Place => {}
        }
    }
    body
}

/// Where a step leads from a state to which the cast has brought a request.
fn target(step: &Step, from: RequestStatus) -> RequestStatus {
    match step.to {
        To::Same => from,
        To::State(state) | To::BackTo(state) => state,
        To::BeforeHold => RequestStatus::InProgress,
        To::Target => RequestStatus::Cancelled,
    }
}

#[actix_web::test]
async fn every_cell_of_the_workflow_is_what_the_table_says() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let master = cast.report().await;
    let mut wrong = Vec::new();
    for status in RequestStatus::ALL {
        let untouched = cast.request(*status).await;
        for actor in actors(&cast) {
            for action in RequestAction::ALL {
                let step = steps(*status, *action).find(|step| actor.takes(step, *status));
                let any = step.or_else(|| WORKFLOW.iter().find(|step| step.action == *action)).unwrap();
                let body = filled(*action, any, &cast, &app, &master);
                let ever = WORKFLOW.iter().any(|step| step.action == *action && actor.takes(step, *status));
                // Nobody has asked anything.
                let open = step.filter(|_| *action != RequestAction::Answer);
                let expected = match open {
                    _ if !actor.can_see(*status) => "not_found".to_owned(),
                    Some(step) => target(step, *status).to_string(),
                    // What a body names is looked up first, and the master is not theirs to see.
                    None if *action == RequestAction::Merge && actor.is_professional => "invalid".to_owned(),
                    None if ever => "wrong_state".to_owned(),
                    None => "not_allowed".to_owned(),
                };
                let request = match open {
                    Some(_) if actor.can_see(*status) => cast.request(*status).await,
                    _ => untouched.clone(),
                };
                let answer = actor.caller.act(&request, body).await;
                let came = match answer.raw.status {
                    200 => answer.ok().summary.status.to_string(),
                    _ => answer.problem().code.as_str().to_owned(),
                };
                if came != expected {
                    wrong
                        .push(format!("{} does {action} while {status}: {came}, not {expected}", actor.name));
                }
            }
        }
        // Not one refusal has left a trace.
        let now = cast.sue.show(&untouched).await.ok();
        assert_eq!(
            (now.version, now.timeline.len()),
            (untouched.version, untouched.timeline.len()),
            "{status}"
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
