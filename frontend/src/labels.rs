//! Words, tones and icons for what the domain knows as enums. Every match names every case.

use contract::problem::{Code, FieldError};
use domain::category::Hue;
use domain::community::{CommunityKind, Joining, MemberStatus, OccupancyKind};
use domain::question::QuestionKind;
use domain::role::Role;
use domain::rule::Fault;
use domain::service_request::workflow::Field;
use domain::service_request::{
    HoldReason, Priority, RejectReason, RequestAction, RequestChannel, RequestStatus, RequestVisibility,
    Shift, Urgency,
};

use crate::api::Failure;
use crate::ui::badge::Tone;
use crate::words;

pub fn status(status: RequestStatus) -> &'static str {
    match status {
        RequestStatus::New => words::status::new(),
        RequestStatus::Triaged => words::status::triaged(),
        RequestStatus::Assigned => words::status::assigned(),
        RequestStatus::InProgress => words::status::in_progress(),
        RequestStatus::OnHold => words::status::on_hold(),
        RequestStatus::Resolved => words::status::resolved(),
        RequestStatus::Closed => words::status::closed(),
        RequestStatus::Rejected => words::status::rejected(),
        RequestStatus::Cancelled => words::status::cancelled(),
        RequestStatus::Duplicate => words::status::duplicate(),
    }
}

pub const fn status_look(status: RequestStatus) -> (Tone, &'static str) {
    match status {
        RequestStatus::New => (Tone::Info, "circle-dot"),
        RequestStatus::Triaged => (Tone::Violet, "flag"),
        RequestStatus::Assigned => (Tone::Accent, "user-check"),
        RequestStatus::InProgress => (Tone::Warning, "hammer"),
        RequestStatus::OnHold => (Tone::Neutral, "circle-pause"),
        RequestStatus::Resolved => (Tone::Success, "circle-check"),
        RequestStatus::Closed => (Tone::Neutral, "check"),
        RequestStatus::Rejected => (Tone::Neutral, "ban"),
        RequestStatus::Cancelled => (Tone::Neutral, "circle-x"),
        RequestStatus::Duplicate => (Tone::Neutral, "layers"),
    }
}

pub fn priority(priority: Priority) -> &'static str {
    match priority {
        Priority::P1 => words::priority::p1(),
        Priority::P2 => words::priority::p2(),
        Priority::P3 => words::priority::p3(),
        Priority::P4 => words::priority::p4(),
        Priority::P5 => words::priority::p5(),
    }
}

pub const fn priority_level(priority: Priority) -> u8 {
    priority as u8 + 1
}

pub fn urgency(urgency: Urgency) -> (&'static str, &'static str) {
    match urgency {
        Urgency::CanWait => (words::urgency::can_wait(), words::urgency::can_wait_about()),
        Urgency::Normal => (words::urgency::normal(), words::urgency::normal_about()),
        Urgency::Soon => (words::urgency::soon(), words::urgency::soon_about()),
        Urgency::Emergency => (words::urgency::emergency(), words::urgency::emergency_about()),
    }
}

pub fn hold_reason(reason: HoldReason) -> &'static str {
    match reason {
        HoldReason::WaitingReporter => words::hold_reason::waiting_reporter(),
        HoldReason::WaitingParts => words::hold_reason::waiting_parts(),
        HoldReason::WaitingThirdParty => words::hold_reason::waiting_third_party(),
        HoldReason::Weather => words::hold_reason::weather(),
        HoldReason::Scheduled => words::hold_reason::scheduled(),
    }
}

pub fn reject_reason(reason: RejectReason) -> &'static str {
    match reason {
        RejectReason::Spam => words::reject_reason::spam(),
        RejectReason::OutOfScope => words::reject_reason::out_of_scope(),
        RejectReason::NotReproducible => words::reject_reason::not_reproducible(),
        RejectReason::Other => words::reject_reason::other_reason(),
    }
}

pub fn joining(way: Joining) -> &'static str {
    match way {
        Joining::ByRequest => words::settings::by_request(),
        Joining::ByInvitation => words::settings::by_invitation(),
    }
}

pub fn visibility(seen: RequestVisibility) -> &'static str {
    match seen {
        RequestVisibility::Private => words::visibility::private(),
        RequestVisibility::Community => words::visibility::community(),
        RequestVisibility::Public => words::visibility::public(),
    }
}

pub fn shift(shift: Shift) -> &'static str {
    match shift {
        Shift::Day => words::teams::day(),
        Shift::Night => words::teams::night(),
        Shift::Always => words::teams::always(),
    }
}

pub fn channel(channel: RequestChannel) -> &'static str {
    match channel {
        RequestChannel::Web => words::channel::web(),
        RequestChannel::Telegram => words::channel::telegram(),
        RequestChannel::Open311 => words::channel::open311(),
        RequestChannel::Api => words::channel::api(),
        RequestChannel::Phone => words::channel::phone(),
        RequestChannel::Import => words::channel::import(),
    }
}

pub fn role(role: Role) -> &'static str {
    match role {
        Role::Resident => words::role::resident(),
        Role::Professional => words::role::professional(),
        Role::Guard => words::role::guard(),
        Role::Dispatcher => words::role::dispatcher(),
        Role::Supervisor => words::role::supervisor(),
        Role::Committee => words::role::committee(),
        Role::Accountant => words::role::accountant(),
        Role::Manager => words::role::manager(),
        Role::Admin => words::role::admin(),
    }
}

/// What a role may do, in a sentence.
pub fn role_about(role: Role) -> &'static str {
    match role {
        Role::Resident => words::role_about::resident(),
        Role::Professional => words::role_about::professional(),
        Role::Guard => words::role_about::guard(),
        Role::Dispatcher => words::role_about::dispatcher(),
        Role::Supervisor => words::role_about::supervisor(),
        Role::Committee => words::role_about::committee(),
        Role::Accountant => words::role_about::accountant(),
        Role::Manager => words::role_about::manager(),
        Role::Admin => words::role_about::admin(),
    }
}

/// Several roles in a line.
pub fn roles(roles: &[Role]) -> String {
    roles.iter().map(|known| role(*known)).collect::<Vec<_>>().join(", ")
}

/// The verb on the button.
pub fn action(action: RequestAction) -> &'static str {
    match action {
        RequestAction::Triage => words::action::triage(),
        RequestAction::Ask => words::action::ask(),
        RequestAction::Answer => words::action::answer(),
        RequestAction::Assign => words::action::assign(),
        RequestAction::Claim => words::action::claim(),
        RequestAction::Accept => words::action::accept(),
        RequestAction::Decline => words::action::decline(),
        RequestAction::Reassign => words::action::reassign(),
        RequestAction::Unassign => words::action::unassign(),
        RequestAction::Arrive => words::action::arrive(),
        RequestAction::Start => words::action::start(),
        RequestAction::Hold => words::action::hold(),
        RequestAction::Resume => words::action::resume(),
        RequestAction::Resolve => words::action::resolve(),
        RequestAction::Confirm => words::action::confirm(),
        RequestAction::Dispute => words::action::dispute(),
        RequestAction::AutoClose | RequestAction::Close => words::action::close(),
        RequestAction::Reopen => words::action::reopen(),
        RequestAction::Reject => words::action::reject(),
        RequestAction::Cancel => words::action::cancel(),
        RequestAction::Merge => words::action::merge(),
        RequestAction::Unmerge => words::action::unmerge(),
        RequestAction::Override => words::action::change_state(),
        RequestAction::ChangePriority => words::action::change_priority(),
        RequestAction::RequestCancel => words::action::request_cancel(),
        RequestAction::ChangeCategory => words::action::change_category(),
        RequestAction::ChangeZone => words::action::change_zone(),
        RequestAction::ChangeVisibility => words::action::change_visibility(),
        RequestAction::ChangeDue => words::action::change_due(),
    }
}

pub const fn action_icon(action: RequestAction) -> &'static str {
    match action {
        RequestAction::Triage => "flag",
        RequestAction::Ask | RequestAction::Answer => "message-square",
        RequestAction::Assign | RequestAction::Reassign => "user-plus",
        RequestAction::Claim | RequestAction::Accept => "user-check",
        RequestAction::Decline | RequestAction::Unassign => "user-minus",
        RequestAction::Arrive => "map-pin",
        RequestAction::Start | RequestAction::Resume => "play",
        RequestAction::Hold => "pause",
        RequestAction::Resolve | RequestAction::AutoClose | RequestAction::Close => "check",
        RequestAction::Confirm => "thumbs-up",
        RequestAction::Dispute => "thumbs-down",
        RequestAction::Reopen | RequestAction::Unmerge => "rotate-ccw",
        RequestAction::Reject => "ban",
        RequestAction::Cancel => "circle-x",
        RequestAction::Merge => "layers",
        RequestAction::Override => "settings",
        RequestAction::ChangePriority => "chevrons-up",
        RequestAction::RequestCancel => "circle-x",
        RequestAction::ChangeCategory => "layers",
        RequestAction::ChangeZone => "map-pin",
        RequestAction::ChangeVisibility => "users",
        RequestAction::ChangeDue => "calendar",
    }
}

/// What the form of an action says about what will happen.
pub fn action_about(action: RequestAction) -> Option<&'static str> {
    match action {
        RequestAction::Triage => Some(words::action_about::triage()),
        RequestAction::Ask => Some(words::action_about::ask()),
        RequestAction::Answer => Some(words::action_about::answer()),
        RequestAction::Assign | RequestAction::Reassign => Some(words::action_about::assign()),
        RequestAction::Decline => Some(words::action_about::decline()),
        RequestAction::Unassign => Some(words::action_about::unassign()),
        RequestAction::Hold => Some(words::action_about::hold()),
        RequestAction::Resolve => Some(words::action_about::resolve()),
        RequestAction::Confirm => Some(words::action_about::confirm()),
        RequestAction::Dispute => Some(words::action_about::dispute()),
        RequestAction::Reopen => Some(words::action_about::reopen()),
        RequestAction::Reject => Some(words::action_about::reject()),
        RequestAction::Cancel => Some(words::action_about::cancel()),
        RequestAction::Override => Some(words::action_about::change_state()),
        RequestAction::Close | RequestAction::AutoClose => Some(words::action_about::close()),
        RequestAction::Merge => Some(words::action_about::merge()),
        RequestAction::Unmerge => Some(words::action_about::unmerge()),
        RequestAction::RequestCancel => Some(words::action_about::request_cancel()),
        RequestAction::ChangeVisibility => Some(words::action_about::change_visibility()),
        RequestAction::ChangeDue => Some(words::action_about::change_due()),
        RequestAction::Arrive => Some(words::action_about::arrive()),
        RequestAction::Accept
        | RequestAction::ChangePriority
        | RequestAction::ChangeCategory
        | RequestAction::ChangeZone
        | RequestAction::Claim
        | RequestAction::Resume
        | RequestAction::Start => None,
    }
}

/// What the toast says when it is done.
pub fn done(action: RequestAction) -> &'static str {
    match action {
        RequestAction::Triage => words::done::triage(),
        RequestAction::Ask => words::done::ask(),
        RequestAction::Answer => words::done::answer(),
        RequestAction::Assign | RequestAction::Reassign => words::done::assign(),
        RequestAction::Claim | RequestAction::Accept => words::done::accept(),
        RequestAction::Decline => words::done::decline(),
        RequestAction::Unassign => words::done::unassign(),
        RequestAction::Arrive => words::done::arrive(),
        RequestAction::Start => words::done::start(),
        RequestAction::Hold => words::done::hold(),
        RequestAction::Resume => words::done::resume(),
        RequestAction::Resolve => words::done::resolve(),
        RequestAction::Confirm => words::done::confirm(),
        RequestAction::Dispute => words::done::dispute(),
        RequestAction::AutoClose | RequestAction::Close => words::done::close(),
        RequestAction::Reopen => words::done::reopen(),
        RequestAction::Reject => words::done::reject(),
        RequestAction::Cancel => words::done::cancel(),
        RequestAction::Merge => words::done::merge(),
        RequestAction::Unmerge => words::done::unmerge(),
        RequestAction::Override => words::done::changed(),
        RequestAction::RequestCancel => words::done::request_cancel(),
        RequestAction::ChangeCategory => words::done::change_category(),
        RequestAction::ChangeZone => words::done::change_zone(),
        RequestAction::ChangeVisibility => words::done::change_visibility(),
        RequestAction::ChangeDue => words::done::change_due(),
        RequestAction::ChangePriority => words::done::change_priority(),
    }
}

/// What the note of an action is called.
pub fn note(action: RequestAction) -> &'static str {
    match action {
        RequestAction::Ask => words::note::question(),
        RequestAction::Answer => words::note::answer(),
        RequestAction::Resolve => words::note::resolution(),
        RequestAction::Decline
        | RequestAction::Reassign
        | RequestAction::Unassign
        | RequestAction::Dispute
        | RequestAction::Reopen
        | RequestAction::Reject
        | RequestAction::Cancel
        | RequestAction::Close
        | RequestAction::Override
        | RequestAction::ChangePriority
        | RequestAction::ChangeDue
        | RequestAction::RequestCancel
        | RequestAction::Unmerge => words::note::reason(),
        RequestAction::Triage
        | RequestAction::Assign
        | RequestAction::Claim
        | RequestAction::Accept
        | RequestAction::Arrive
        | RequestAction::Start
        | RequestAction::Hold
        | RequestAction::Resume
        | RequestAction::Confirm
        | RequestAction::AutoClose
        | RequestAction::ChangeCategory
        | RequestAction::ChangeZone
        | RequestAction::ChangeVisibility
        | RequestAction::Merge => words::note::note(),
    }
}

pub fn field(field: Field, action: RequestAction) -> &'static str {
    match field {
        Field::Note => note(action),
        Field::Category => words::field::category(),
        Field::Priority => words::field::priority(),
        Field::Zone => words::field::zone(),
        Field::Assignee => words::field::assignee(),
        Field::HoldReason => words::field::hold_reason(),
        Field::HoldUntil => words::field::hold_until(),
        Field::RejectReason => words::field::reject_reason(),
        Field::Evidence => words::field::photos(),
        Field::Rating => words::field::rating(),
        Field::Master => words::field::master(),
        Field::Target => words::field::target(),
        Field::Team => words::field::team(),
        Field::Visibility => words::field::visibility(),
        Field::DueAt => words::field::due_at(),
        Field::Place => words::field::place(),
    }
}

/// What is wrong with a value, for the rules that the browser checks itself.
pub fn fault(fault: &Fault) -> String {
    let number = |bound: Option<usize>| bound.unwrap_or_default().to_string();
    match fault.code {
        "required" => words::fault::required().into(),
        "too_short" => words::fault::too_short(&number(fault.min)),
        "too_long" => words::fault::too_long(&number(fault.max)),
        "not_a_number" => words::fault::not_a_number().into(),
        "not_a_time" => words::fault::not_a_time().into(),
        "not_an_option" => words::fault::not_an_option().into(),
        "too_many" => words::fault::too_many(&number(fault.max)),
        "too_few" => words::fault::too_few(&number(fault.min)),
        "taken" => words::fault::taken().into(),
        "not_closed" => words::fault::not_closed().into(),
        "crosses_itself" => words::fault::crosses_itself().into(),
        "not_on_earth" => words::fault::not_on_earth().into(),
        "not_geojson" => words::fault::not_geojson().into(),
        "has_holes" => words::fault::has_holes().into(),
        "unknown_placeholder" => words::fault::unknown_placeholder().into(),
        "not_an_email" => words::fault::not_an_email().into(),
        "not_a_sign_in_name" => words::fault::not_a_sign_in_name().into(),
        _ => words::fault::wrong().into(),
    }
}

/// What the server says is wrong with a value.
pub fn field_error(error: &FieldError) -> String {
    if error.detail.is_empty() { words::fault::wrong().into() } else { error.detail.clone() }
}

pub fn failure_title(failure: &Failure) -> &'static str {
    match failure {
        Failure::Offline => words::failure::offline_title(),
        Failure::SignedOut => words::failure::signed_out_title(),
        Failure::Unexpected | Failure::Wait(_) => words::failure::unexpected_title(),
        Failure::Problem(problem) => match problem.code {
            Code::NotFound => words::failure::not_found_title(),
            Code::NotAllowed => words::failure::not_allowed_title(),
            _ => words::failure::unexpected_title(),
        },
    }
}

/// What went wrong, and what to do.
pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Offline => words::failure::offline().into(),
        Failure::SignedOut => words::failure::signed_out().into(),
        Failure::Unexpected => words::failure::unexpected().into(),
        Failure::Wait(seconds) => words::failure::wait(&wait(*seconds)),
        Failure::Problem(problem) => match problem.code {
            Code::BadCredentials => words::failure::bad_credentials().into(),
            Code::NotFound => words::failure::not_found().into(),
            Code::NotAllowed => words::failure::not_allowed().into(),
            Code::WrongState | Code::Stale | Code::PreconditionFailed => words::failure::stale().into(),
            Code::TooManyRequests => words::failure::too_many().into(),
            Code::LastAdmin => words::failure::last_admin().into(),
            Code::TooLarge => words::failure::too_large().into(),
            Code::UnsupportedMediaType => words::failure::not_a_photo().into(),
            Code::Internal | Code::Unavailable => words::failure::unexpected().into(),
            Code::Malformed
            | Code::NotSignedIn
            | Code::SecondFactorRequired
            | Code::BadSecondFactor
            | Code::PasswordChangeRequired
            | Code::MethodNotAllowed
            | Code::TooSlow
            | Code::StillRunning
            | Code::Gone
            | Code::KeyReused
            | Code::PreconditionRequired
            | Code::Duplicate
            | Code::AssigneeUnavailable
            | Code::ChecklistUnfinished
            | Code::MasterUnfit
            | Code::TooLate
            | Code::Invalid => problem.detail.clone().unwrap_or_else(|| problem.title.clone()),
        },
    }
}

/// A span that somebody has to wait, rounded up: "40 seconds", "2 minutes".
pub fn wait(seconds: u32) -> String {
    match seconds {
        0..=90 => words::time::seconds_to_wait(seconds.into()),
        91..=5400 => words::time::minutes_to_wait(seconds.div_ceil(60).into()),
        _ => words::time::hours_to_wait(seconds.div_ceil(3600).into()),
    }
}

pub fn member_status(status: MemberStatus) -> &'static str {
    match status {
        MemberStatus::Pending => words::member_status::pending(),
        MemberStatus::Active => words::member_status::active(),
        MemberStatus::Suspended => words::member_status::suspended(),
        MemberStatus::Archived => words::member_status::archived(),
    }
}

pub fn tie(tie: OccupancyKind) -> &'static str {
    match tie {
        OccupancyKind::Owner => words::tie::owner(),
        OccupancyKind::Tenant => words::tie::tenant(),
        OccupancyKind::Family => words::tie::family(),
    }
}

pub fn community_kind(kind: CommunityKind) -> &'static str {
    match kind {
        CommunityKind::Estate => words::community_kind::estate(),
        CommunityKind::HousingSociety => words::community_kind::housing_society(),
        CommunityKind::Building => words::community_kind::building(),
        CommunityKind::Municipal => words::community_kind::municipal(),
    }
}

pub const fn community_icon(kind: CommunityKind) -> &'static str {
    match kind {
        CommunityKind::Estate => "trees",
        CommunityKind::HousingSociety => "building-2",
        CommunityKind::Building => "building",
        CommunityKind::Municipal => "signpost",
    }
}

pub fn question_kind(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::String => words::question_kind::string(),
        QuestionKind::Text => words::question_kind::text(),
        QuestionKind::Number => words::question_kind::number(),
        QuestionKind::Datetime => words::question_kind::datetime(),
        QuestionKind::Single => words::question_kind::single(),
        QuestionKind::Multi => words::question_kind::multi(),
    }
}

pub fn hue(hue: Hue) -> &'static str {
    match hue {
        Hue::Teal => words::hue::teal(),
        Hue::Blue => words::hue::blue(),
        Hue::Violet => words::hue::violet(),
        Hue::Pink => words::hue::pink(),
        Hue::Red => words::hue::red(),
        Hue::Amber => words::hue::amber(),
        Hue::Green => words::hue::green(),
        Hue::Cyan => words::hue::cyan(),
    }
}
