//! From an event of the outbox to the people it concerns.

use chrono::{DateTime, Utc};
use db::Conn;
use db::delivery::Delivery;
use db::member::Recipient;
use db::notification::{Heard, NewNotification};
use db::outbox::Event;
use db::service_request::{Key, Seen, ServiceRequest, Sight, Ties, sees};
use domain::event::{MailChoice, Party, SubjectKind, by_mail};
use domain::id::{MemberId, NotificationId, UserId};
use domain::role::Role;
use uuid::Uuid;

use super::crowd;
use crate::app::App;
use crate::service_request::view::is_about;
use crate::stream::viewer;

/// Tells everybody whom an event concerns, all at once and once: whoever finds it told already does nothing.
pub async fn tell(app: &App, event: Uuid) -> anyhow::Result<()> {
    let now = app.now();
    let found = db::outbox::find_untold(&mut *app.db.conn().await?, event).await?;
    if let Some(event) = found.filter(|event| event.subject_kind == SubjectKind::Announcement) {
        return crowd::tell(app, &event).await;
    }
    app.db
        .transaction(async |tx| -> anyhow::Result<()> {
            let Some(event) = db::outbox::lock_untold(tx, event).await? else { return Ok(()) };
            let (request, members) = recipients(tx, &event, now).await?;
            let named = who_may_name(tx, request.as_ref(), &event, &members, now).await?;
            let group = event.event.row().group;
            let ids: Vec<MemberId> = members.iter().map(|one| one.member_id).collect();
            let chosen = db::notification_choice::list(tx, event.community_id, &ids).await?;
            let mut mails = Vec::new();
            for member in members {
                let choice = chosen.iter().find(|(id, of, _)| *id == member.member_id && *of == group);
                let choice = by_mail(event.event, choice.map_or(group.usual(), |(.., mail)| *mail));
                let actor = event.actor_id.filter(|_| named.contains(&member.member_id));
                let new = notification(&event, &member, actor, choice, now);
                let heard = db::notification::tell(tx, &new).await?;
                if heard == Heard::New && choice == MailChoice::Now && member.email.is_some() {
                    mails.push(Delivery {
                        user_id: Some(member.user_id),
                        community_id: Some(event.community_id),
                        member_id: Some(member.member_id),
                        notification_id: Some(new.id),
                        ..Delivery::new(Uuid::now_v7(), event.event.as_str(), now)
                    });
                }
            }
            db::delivery::enqueue(tx, &mails, now).await?;
            Ok(db::outbox::done(tx, event.id, now).await?)
        })
        .await?;
    // Their numbers wake the streams, and the mails wait to be sent.
    app.outbox_bell.notify_one();
    app.jobs_bell.notify_waiters();
    Ok(())
}

fn notification(
    event: &Event,
    member: &Recipient,
    actor_id: Option<MemberId>,
    choice: MailChoice,
    now: DateTime<Utc>,
) -> NewNotification {
    NewNotification {
        id: NotificationId(Uuid::now_v7()),
        community_id: event.community_id,
        member_id: member.member_id,
        user_id: member.user_id,
        outbox_id: event.id,
        event: event.event,
        subject_kind: event.subject_kind,
        subject_id: event.subject_id,
        request_id: event.request_id,
        actor_id,
        created_at: now,
        read_at: None,
        held: choice == MailChoice::Daily && member.email.is_some(),
    }
}

/// Which of these members may see a request: what may not be seen is not told either.
async fn who_sees(
    tx: &mut Conn,
    request: &ServiceRequest,
    members: &[MemberId],
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<MemberId>> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let known = db::member::recipients(tx, request.community_id, members).await?;
    let users: Vec<UserId> = known.iter().map(|one| one.user_id).collect();
    let seen = Seen::of(request);
    let places = db::stream::list_places(tx, &users).await?;
    let here = places.iter().filter(|place| members.contains(&place.member_id));
    Ok(here.filter(|place| sees(&viewer::sight(place, now).0, &seen)).map(|place| place.member_id).collect())
}

/// Which of these members may learn who did it: all of them, unless it was whoever reported it. Who that is stays among
/// those whom it is about, their household and staff, and where the name is hidden among staff.
async fn who_may_name(
    tx: &mut Conn,
    request: Option<&ServiceRequest>,
    event: &Event,
    members: &[Recipient],
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<MemberId>> {
    let all = || members.iter().map(|one| one.member_id).collect();
    let Some(request) = request.filter(|request| is_about(event.actor_id, request)) else { return Ok(all()) };
    let users: Vec<UserId> = members.iter().map(|one| one.user_id).collect();
    let places = db::stream::list_places(tx, &users).await?;
    let is_home = |ties: &Ties| {
        let of_fabric = ties.fabric.contains(&request.progress().category);
        let owned = ties.owned.iter().filter(|_| of_fabric);
        let knows =
            |unit| ties.household.iter().chain(owned).any(|home| home.knows(unit, request.created_at));
        !request.name_hidden && !request.personal && request.unit_id.is_some_and(knows)
    };
    let close = [request.reporter_id, request.beneficiary_id, request.progress().assignee];
    let may_name = |place: &&db::stream::Place| {
        close.contains(&Some(place.member_id))
            || match viewer::sight(place, now).0 {
                Sight::Everything => true,
                Sight::Own { ties, .. } => is_home(&ties),
                Sight::Public => false,
            }
    };
    let here = places.iter().filter(|place| place.community.id == request.community_id);
    Ok(here.filter(may_name).map(|place| place.member_id).collect())
}

async fn recipients(
    tx: &mut Conn,
    event: &Event,
    now: DateTime<Utc>,
) -> anyhow::Result<(Option<ServiceRequest>, Vec<Recipient>)> {
    let community = event.community_id;
    let request = match event.request_id {
        Some(id) => db::service_request::find(tx, community, &Sight::Everything, &Key::Id(id)).await?,
        None => None,
    };
    let request = request.map(|row| row.request);
    let mut members: Vec<MemberId> = Vec::new();
    // Nothing but their wish, or somebody's, ties them to it.
    let mut others: Vec<MemberId> = Vec::new();
    for party in event.event.row().told {
        match party {
            Party::Reporter => members.extend(request.iter().flat_map(|it| it.reporters())),
            Party::Assignee => members.extend(request.as_ref().and_then(|it| it.progress().assignee)),
            Party::FormerAssignee => members.extend(event.noted().former_assignee),
            Party::Mentioned => others.extend(event.noted().mentioned),
            Party::Followers => {
                if let Some(request) = event.request_id {
                    others.extend(db::follower::list(tx, community, request).await?);
                }
            }
            Party::Team => {
                let progress = request.as_ref().map(ServiceRequest::progress);
                let untaken = progress.filter(|progress| progress.assignee.is_none());
                if let Some(team) = untaken.and_then(|progress| progress.team) {
                    let found = db::team::list(tx, community, Some(team)).await?.pop();
                    let known = found.map(|team| team.members).unwrap_or_default();
                    members.extend(known.into_iter().map(|(id, ..)| id));
                }
            }
            Party::Dispatchers => {
                let dispatchers = db::member::ids_with_role(tx, community, &[Role::Dispatcher]).await?;
                members.extend(match dispatchers.is_empty() {
                    // Somebody must hear of it.
                    true => db::member::ids_with_role(tx, community, &[Role::Manager, Role::Admin]).await?,
                    false => dispatchers,
                });
            }
            // Mail about accounts goes to an address, not to a member; the others are of announcements.
            Party::Addressee | Party::Audience | Party::Silent | Party::Answered | Party::Watching => {}
        }
    }
    if let Some(request) = &request {
        members.extend(who_sees(tx, request, &others, now).await?);
    }
    if event.event != domain::event::Event::RequestMention {
        // Who is called by name is told that, and not besides that there was a comment.
        members.retain(|member| !event.noted().mentioned.contains(member));
    }
    members.sort_unstable();
    members.dedup();
    members.retain(|member| Some(*member) != event.actor_id);
    let told = db::member::recipients(tx, community, &members).await?;
    Ok((request, told))
}
