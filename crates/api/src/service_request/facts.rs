//! What a decision about a request must know, and what a body speaks of, looked up.

use contract::service_request::ActOnServiceRequest;
use db::Conn;
use db::category::Category;
use db::service_request::ServiceRequest;
use domain::community::Settings;
use domain::id::{CommunityId, TeamId};
use domain::role::Permission;
use domain::service_request::RequestVisibility;
use domain::service_request::decide::{Asker, Candidate, Facts, Given, Master, Progress, TeamCandidate};

use crate::app::Actor;
use crate::http::error::{Error, Fault, Result};

/// What a decision about a request must know.
pub async fn facts(
    conn: &mut Conn,
    community: CommunityId,
    settings: &Settings,
    request: &ServiceRequest,
) -> Result<(Facts, Category)> {
    let progress = request.progress();
    let category = db::category::find(conn, community, progress.category).await?;
    let category = category.ok_or_else(|| Error::internal("a request without its category"))?;
    let assignee_present = match progress.assignee {
        Some(assignee) => db::professional::is_active(conn, community, assignee).await?,
        None => false,
    };
    let facts = Facts {
        reporters: request.reporters(),
        assignee_present,
        evidence_demanded: category.evidence_required,
        checklist_finished: !category.checklist_required
            || db::checklist::is_finished(conn, community, request.id).await?,
        // What anybody may read once it is triaged, somebody looks at before.
        auto_triage: category.auto_triage && request.visibility != RequestVisibility::Public,
        team_members: match progress.team {
            Some(team) => members_of(conn, community, team).await?,
            None => Vec::new(),
        },
        zoned: db::community::has_zones(conn, community).await?,
        settings: settings.clone(),
    };
    Ok((facts, category))
}

/// Those of a team who could do its work now.
async fn members_of(
    conn: &mut Conn,
    community: CommunityId,
    team: TeamId,
) -> Result<Vec<domain::id::MemberId>> {
    let team = db::team::list(conn, community, Some(team)).await?.pop();
    let members = team.map(|team| team.members).unwrap_or_default();
    Ok(members.into_iter().filter(|(_, _, present)| *present).map(|(id, ..)| id).collect())
}

/// The caller as the workflow sees them.
pub async fn asker(conn: &mut Conn, actor: &Actor, category: &Category) -> Result<Asker> {
    // Skill only matters to those who could claim.
    let could_claim = actor.settings.professionals_claim && actor.can(Permission::RequestsWork);
    let needed = category.skills();
    let skilled = could_claim
        && db::professional::list(conn, actor.community_id(), Some(actor.member_id))
            .await?
            .iter()
            .any(|one| one.skills.iter().any(|skill| needed.contains(skill)));
    Ok(actor.asker(skilled))
}

/// What a body names, found.
pub struct LookedUp {
    pub given: Given,
    /// Where it is another one than before.
    pub category: Option<Category>,
    /// The names of those whom it speaks of.
    pub zone: Option<String>,
    pub assignee: Option<String>,
    pub team: Option<String>,
}

/// Looks up what the body names; tells all that does not exist at once.
pub async fn look_up(
    tx: &mut Conn,
    request: &ServiceRequest,
    master: Option<&ServiceRequest>,
    body: &ActOnServiceRequest,
) -> Result<LookedUp> {
    let (community, progress) = (request.community_id, request.progress());
    let mut faults = Vec::new();
    let category = match body.category_id {
        Some(id) if id != progress.category => {
            let found = db::category::find(tx, community, id).await?;
            if found.as_ref().is_none_or(|category| category.archived_at.is_some()) {
                faults.push(Fault::field("category_id", "unknown"));
            }
            found
        }
        _ => None,
    };
    let zone = match body.zone_id {
        Some(id) => {
            let found = db::place::find_zone(tx, community, id).await?;
            if found.is_none() {
                faults.push(Fault::field("zone_id", "unknown"));
            }
            found.map(|zone| zone.name)
        }
        None => None,
    };
    let team = match body.team_id {
        Some(id) => {
            let found = db::team::list(tx, community, Some(id)).await?.pop();
            if found.is_none() {
                faults.push(Fault::field("team_id", "unknown"));
            }
            found
        }
        None => None,
    };
    if body.master_id.is_some() && master.is_none() {
        faults.push(Fault::field("master_id", "unknown"));
    }
    if !faults.is_empty() {
        return Err(Error::invalid(faults));
    }
    let candidate = candidate(tx, request, &progress, body).await?;
    let zone_then = body.zone_id.or(progress.zone);
    let given = Given {
        note: body.note.is_some(),
        category: body.category_id,
        priority: body.priority,
        zone: body.zone_id,
        assignee: candidate.as_ref().map(|(candidate, _)| *candidate),
        team: team.as_ref().map(|found| TeamCandidate {
            id: found.team.id,
            active: found.is_staffed(),
            covers_zone: found.covers(zone_then),
        }),
        hold_reason: body.hold_reason,
        hold_until: body.hold_until,
        reject_reason: body.reject_reason,
        evidence: !body.attachment_ids.is_empty(),
        rating: body.rating.is_some(),
        master: master.map(|master| {
            let progress = master.progress();
            Master {
                id: master.id,
                itself: master.id == request.id,
                status: progress.status,
                closed_at: progress.closed_at,
            }
        }),
        target: body.target,
        visibility: body.visibility.is_some(),
        due_at: body.due_at.is_some(),
        place: body.at.is_some(),
    };
    let (assignee, team) = (candidate.map(|(_, name)| name), team.map(|found| found.team.name));
    Ok(LookedUp { given, category, zone, assignee, team })
}

/// The professional that a body names; whoever is none cannot be given work.
async fn candidate(
    tx: &mut Conn,
    request: &ServiceRequest,
    progress: &Progress,
    body: &ActOnServiceRequest,
) -> Result<Option<(Candidate, String)>> {
    let Some(id) = body.assignee_id else { return Ok(None) };
    let community = request.community_id;
    // Whoever suspends them waits, and then finds this request among their work.
    db::member::hold(tx, community, id).await?;
    let declined = db::team::declined(tx, community, request.id).await?.contains(&id);
    let known = db::professional::list(tx, community, Some(id)).await?.pop();
    Ok(Some(match known {
        Some(one) => {
            let covers_zone = one.covers(body.zone_id.or(progress.zone));
            (Candidate { id, active: true, covers_zone, declined }, one.display_name)
        }
        None => (Candidate { id, active: false, covers_zone: false, declined }, String::new()),
    }))
}
