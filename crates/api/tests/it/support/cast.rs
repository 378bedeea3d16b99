//! The people of most stories, and requests that they have brought to a certain point.

use contract::service_request::{ActOnServiceRequest, NewServiceRequest, ServiceRequest};
use domain::id::CategoryId;
use domain::question::Answers;
use domain::service_request::{HoldReason, RejectReason, RequestAction, RequestStatus};

use super::app::TestApp;
use super::caller::Caller;
use super::given;

pub struct Cast {
    /// Lives in flat 1 and reports.
    pub ann: Caller,
    /// A professional who can do everything and works everywhere.
    pub tess: Caller,
    /// A second one.
    pub theo: Caller,
    pub dora: Caller,
    pub sue: Caller,
    heating: CategoryId,
    flat_1: domain::id::UnitId,
}

const SKILLS: &[&str] = &["heating", "plumbing", "security-breach"];

impl Cast {
    pub async fn of(app: &TestApp) -> Self {
        let ann = app.resident("ann").await;
        given::home(&mut app.conn().await, &app.place, ann.person().member_id, app.place.flat_1).await;
        Self {
            ann,
            tess: app.professional("tess", SKILLS).await,
            theo: app.professional("theo", SKILLS).await,
            dora: app.dispatcher("dora").await,
            sue: app.member("sue", &[domain::role::Role::Supervisor]).await,
            heating: app.place.heating,
            flat_1: app.place.flat_1,
        }
    }

    /// What Ann tells of her cold radiator.
    pub fn cold_radiator(&self) -> NewServiceRequest {
        NewServiceRequest { unit_id: Some(self.flat_1), ..about(self.heating, "Radiator stays cold") }
    }

    pub async fn report(&self) -> ServiceRequest {
        self.ann.report(&self.cold_radiator()).await.ok()
    }

    /// Ann's request, brought to this state by the people whose work that is; Tess has it where somebody must.
    pub async fn request(&self, status: RequestStatus) -> ServiceRequest {
        use RequestStatus::{
            Assigned, Cancelled, Closed, Duplicate, InProgress, New, OnHold, Rejected, Resolved, Triaged,
        };
        let before = match status {
            New => return self.report().await,
            Triaged | Rejected | Cancelled => New,
            Duplicate | Assigned => Triaged,
            InProgress => Assigned,
            OnHold | Resolved => InProgress,
            Closed => Resolved,
        };
        let request = Box::pin(self.request(before)).await;
        let (who, act) = match status {
            New => unreachable!("seen to above"),
            Duplicate => (&self.dora, into(&self.report().await)),
            Triaged => (&self.dora, act(RequestAction::Triage)),
            Assigned => (&self.dora, self.assign_tess()),
            InProgress => (&self.tess, act(RequestAction::Start)),
            OnHold => (&self.tess, hold(HoldReason::WaitingParts)),
            Resolved => (&self.tess, noted(RequestAction::Resolve, "Bled the radiator.")),
            Closed => (&self.ann, act(RequestAction::Confirm)),
            Cancelled => (&self.ann, act(RequestAction::Cancel)),
            Rejected => {
                let reject = noted(RequestAction::Reject, "Not ours.");
                (&self.dora, ActOnServiceRequest { reject_reason: Some(RejectReason::OutOfScope), ..reject })
            }
        };
        who.act(&request, act).await.ok()
    }

    pub fn assign_tess(&self) -> ActOnServiceRequest {
        assign(&self.tess)
    }
}

pub fn about(category_id: CategoryId, title: &str) -> NewServiceRequest {
    NewServiceRequest {
        title: title.into(),
        description: String::new(),
        category_id,
        urgency: None,
        unit_id: None,
        at: None,
        address_hint: String::new(),
        answers: Answers::new(),
        personal: false,
        name_hidden: false,
        attachment_ids: Vec::new(),
        on_behalf_of: None,
        channel: None,
    }
}

pub fn act(action: RequestAction) -> ActOnServiceRequest {
    ActOnServiceRequest::new(action)
}

pub fn noted(action: RequestAction, note: &str) -> ActOnServiceRequest {
    ActOnServiceRequest { note: Some(note.into()), ..act(action) }
}

pub fn assign(professional: &Caller) -> ActOnServiceRequest {
    let assignee_id = Some(professional.person().member_id);
    ActOnServiceRequest { assignee_id, ..act(RequestAction::Assign) }
}

pub fn into(master: &ServiceRequest) -> ActOnServiceRequest {
    ActOnServiceRequest { master_id: Some(master.summary.id), ..act(RequestAction::Merge) }
}

pub fn hold(reason: HoldReason) -> ActOnServiceRequest {
    ActOnServiceRequest { hold_reason: Some(reason), ..act(RequestAction::Hold) }
}
