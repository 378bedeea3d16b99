//! Whom somebody may call by name: those who can read what they say, as far as the caller knows of them.

use contract::service_request::PersonBrief;
use db::Conn;
use db::service_request::{ServiceRequest, Sight, Ties};
use domain::id::MemberId;
use domain::role::{Permission, Rights, Role};
use domain::service_request::Audience;

use crate::app::{Actor, App, household};
use crate::http::error::{Error, Fault, Result};
use crate::service_request::view::{is_about, is_inside, is_near, knows_names};

/// How many are offered at once.
const OFFERED_MAX: usize = 50;

/// Everybody whom the caller may call by name in what this audience reads, by name.
pub async fn to_mention(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    request: &ServiceRequest,
    audience: Audience,
) -> Result<Vec<PersonBrief>> {
    let community = actor.community_id();
    let staff_roles: Vec<Role> = Role::ALL
        .iter()
        .copied()
        .filter(|role| Rights::of(&[*role], &actor.settings).can(Permission::RequestsViewInternal))
        .collect();
    let mut staff = db::member::ids_with_role(conn, community, &staff_roles).await?;
    staff.extend(request.progress().assignee);
    let mut ids = match (audience, is_inside(actor, request)) {
        (Audience::Staff, false) => Vec::new(),
        (Audience::Staff, true) => staff,
        (Audience::Everyone, inside) => {
            let mut ids = taking_part(conn, app, actor, request, &staff).await?;
            ids.extend(staff.into_iter().filter(|_| inside));
            ids
        }
    };
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| *id != actor.member_id);
    let mut people: Vec<PersonBrief> = db::member::recipients(conn, community, &ids)
        .await?
        .into_iter()
        .map(|one| PersonBrief { member_id: one.member_id, display_name: one.display_name })
        .collect();
    people.sort_by_cached_key(|person| (person.display_name.to_lowercase(), person.member_id));
    Ok(people)
}

/// Whoever reported it, whoever has it, and whoever said something: as far as they still see it, and the caller may know
/// of them.
async fn taking_part(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    request: &ServiceRequest,
    staff: &[MemberId],
) -> Result<Vec<MemberId>> {
    let community = actor.community_id();
    let near = is_near(actor, request) && knows_names(actor, request);
    let about = [request.reporter_id, request.beneficiary_id].into_iter().flatten();
    let mut ids: Vec<MemberId> = about.filter(|_| near).chain(request.progress().assignee).collect();
    for author in db::comment::authors(conn, community, request.id, 50).await? {
        if ids.contains(&author) || is_about(Some(author), request) {
            continue;
        }
        let sees = staff.contains(&author) || {
            let household = household(conn, &actor.community, author, app.now()).await?;
            let sight = Sight::Own { member: author, ties: Ties { household, ..Ties::default() } };
            db::service_request::is_seen(conn, community, &sight, request.id).await?
        };
        ids.extend(sees.then_some(author));
    }
    Ok(ids)
}

/// Those of whose names any word begins so.
pub fn named_like(all: Vec<PersonBrief>, beginning: &str) -> Vec<PersonBrief> {
    let beginning = beginning.trim().to_lowercase();
    let fits = |person: &PersonBrief| {
        let name = person.display_name.to_lowercase();
        name.starts_with(&beginning) || name.split_whitespace().any(|word| word.starts_with(&beginning))
    };
    all.into_iter().filter(fits).take(OFFERED_MAX).collect()
}

/// The people that a comment names, each of whom must be able to read it.
pub async fn named(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    request: &ServiceRequest,
    audience: Audience,
    ids: &[MemberId],
) -> Result<Vec<PersonBrief>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = to_mention(conn, app, actor, request, audience).await?;
    if ids.iter().any(|id| !all.iter().any(|person| person.member_id == *id)) {
        return Err(Error::invalid(vec![Fault::field("mention_ids", "unknown")]));
    }
    all.retain(|person| ids.contains(&person.member_id));
    Ok(all)
}
