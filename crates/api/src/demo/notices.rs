//! What the demo accounts find in their inbox: the same people hear of the same things as in daily use.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use db::notification::NewNotification;
use db::timeline::Entry;
use domain::event::{Event, Party, SubjectKind};
use domain::id::{MemberId, NotificationId, UserId};
use domain::role::Role;

use super::dice::Dice;
use super::teller::Story;
use super::world::World;

/// How far back the inboxes go.
pub const DAYS: i64 = 21;
/// What happened so lately has not been read yet.
pub const UNREAD_HOURS: i64 = 18;

/// The notifications of these users, oldest first.
pub fn write(
    world: &World,
    dice: &mut Dice,
    stories: &[Story],
    users: &[UserId],
    now: DateTime<Utc>,
) -> Vec<NewNotification> {
    let readers: HashMap<MemberId, UserId> = world
        .people
        .iter()
        .filter_map(|person| Some((person.member.id, person.member.user_id?)))
        .filter(|(_, user)| users.contains(user))
        .collect();
    let dispatchers: Vec<MemberId> =
        world.with_role(Role::Dispatcher).into_iter().map(|at| world.people[at].member.id).collect();
    let mut all = Vec::new();
    for story in stories {
        let (mut assignee, mut former) = (None, None);
        for entry in &story.entries {
            if entry.assignee_id.is_some() {
                (former, assignee) = (assignee, entry.assignee_id);
            }
            if entry.at < now - TimeDelta::days(DAYS) {
                continue;
            }
            let event = event_of(entry);
            let mut told: Vec<MemberId> = Vec::new();
            for party in event.row().told {
                match party {
                    Party::Reporter => told.extend(story.new.beneficiary_id.or(story.new.reporter_id)),
                    Party::Assignee => told.extend(assignee),
                    Party::FormerAssignee => told.extend(former),
                    // They are told by an event of its own.
                    Party::Mentioned => {}
                    Party::Dispatchers => told.extend(&dispatchers),
                    Party::Team
                    | Party::Followers
                    | Party::Addressee
                    | Party::Audience
                    | Party::Silent
                    | Party::Answered
                    | Party::Watching => {}
                }
            }
            told.sort_unstable();
            told.dedup();
            let called = story.mentions.iter().filter(|mention| mention.comment_id.0 == entry.id.0);
            let mention_id = dice.id(entry.at);
            let called: Vec<_> = called.map(|it| (Event::RequestMention, mention_id, it.member_id)).collect();
            let outbox_id = dice.id(entry.at);
            let told = told.into_iter().map(|member| (event, outbox_id, member)).chain(called);
            for (event, outbox_id, member_id) in told.filter(|(_, _, member)| Some(*member) != entry.actor_id)
            {
                let Some(user_id) = readers.get(&member_id).copied() else { continue };
                let unread = entry.at > now - TimeDelta::hours(UNREAD_HOURS);
                all.push(NewNotification {
                    id: NotificationId(dice.id(entry.at)),
                    community_id: world.community.id,
                    member_id,
                    user_id,
                    outbox_id,
                    event,
                    subject_kind: SubjectKind::ServiceRequest,
                    subject_id: story.new.id.0,
                    request_id: Some(story.new.id),
                    actor_id: entry.actor_id,
                    created_at: entry.at,
                    read_at: (!unread).then(|| entry.at + TimeDelta::hours(3)),
                    held: false,
                });
            }
        }
    }
    all.sort_by_key(|notification| notification.created_at);
    all
}

fn event_of(entry: &Entry) -> Event {
    match entry.kind.parse() {
        Ok(action) => Event::of_action(action),
        Err(_) if entry.kind == "comment" => Event::of_comment(entry.audience),
        Err(_) => Event::RequestReport,
    }
}
