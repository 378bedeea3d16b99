//! What members said about an announcement, and what the demo accounts find of it in their inbox.

use chrono::{DateTime, TimeDelta, Utc};
use db::comment::{Comment, Version};
use db::notification::NewNotification;
use domain::event::{Event, SubjectKind};
use domain::id::{CommentId, MemberId, NotificationId, UserId};
use domain::role::Permission;
use domain::service_request::Audience;

use super::announcements::Announced;
use super::calendar::{self, DUTY, OFFICE};
use super::dice::Dice;
use super::notices::{DAYS, UNREAD_HOURS};
use super::readers::{Habit, Reader};
use super::texts::board::{Notice, Said, Voice};
use super::world::{Person, World};

/// Those who have read it say something, in the order in which they read it.
pub fn talk(
    world: &World,
    dice: &mut Dice,
    readers: &[Reader],
    notice: &Notice,
    announced: &mut Announced,
    now: DateTime<Utc>,
) {
    let row = &announced.row;
    let (Some(published_at), Some(all)) = (row.published_at, notice.talk) else { return };
    let end = row.archived_at.unwrap_or(now);
    let mut speakers: Vec<(DateTime<Utc>, &Reader)> = announced
        .recipients
        .iter()
        .filter_map(|it| Some((it.read_at?, readers.iter().find(|one| one.member_id == it.member_id)?)))
        // Nobody finds words in their mouth.
        .filter(|(_, reader)| reader.habit != Habit::Visitor)
        .collect();
    speakers.sort_by_key(|(read_at, reader)| (*read_at, reader.member_id));
    let mut speakers = speakers.into_iter();
    let (mut last, mut thread): (_, Option<(CommentId, &Reader)>) = (published_at, None);
    for Said { voice, words, removed } in all {
        let (from, speaker) = match voice {
            Voice::Begins | Voice::JoinsIn => {
                let Some((read_at, speaker)) = speakers.nth(dice.below(4)) else { break };
                (last.max(read_at) + dice.minutes(2.0, 90.0), Some(speaker))
            }
            Voice::Again => (last + dice.minutes(20.0, 900.0), thread.map(|(_, beginner)| beginner)),
            Voice::Author => (last + dice.minutes(10.0, 300.0), None),
        };
        let hours = if speaker.is_some() { &DUTY } else { &OFFICE };
        let at = calendar::next_open(dice, world.zone, hours, from);
        let removed = removed.map(|reason| (at + dice.minutes(15.0, 120.0), reason));
        if removed.map_or(at, |(removed_at, _)| removed_at) >= end {
            break;
        }
        let id = CommentId(dice.id(at));
        let (author_id, author_name) = match speaker {
            Some(reader) => (reader.member_id, reader.name.clone()),
            None => (row.author_id, row.author_name.clone()),
        };
        let mut comment = Comment {
            id,
            community_id: row.community_id,
            request_id: None,
            announcement_id: Some(row.id),
            parent_id: thread.filter(|_| *voice != Voice::Begins).map(|(began, _)| began),
            author_id: Some(author_id),
            author_name,
            audience: Audience::Everyone,
            body: (*words).into(),
            version: 1,
            created_at: at,
            edited_at: None,
            removed_at: None,
            removed_by_id: None,
            removal_reason: None,
        };
        if let Some((removed_at, reason)) = removed {
            announced.comment_versions.push(Version {
                community_id: row.community_id,
                comment_id: id,
                version: comment.version,
                body: std::mem::take(&mut comment.body),
                until: removed_at,
            });
            comment.version += 1;
            comment.removed_at = Some(removed_at);
            comment.removed_by_id = moderator(world);
            comment.removal_reason = Some(reason.into());
        }
        announced.comments.push(comment);
        if let (Voice::Begins, Some(speaker)) = (voice, speaker) {
            thread = Some((id, speaker));
        }
        last = at;
    }
}

fn moderator(world: &World) -> Option<MemberId> {
    let moderates = |person: &&Person| person.rights.can(Permission::ContentModerate);
    world.people.iter().find(moderates).map(|person| person.member.id)
}

/// What of it the demo accounts find in their inbox.
pub fn notify(
    world: &World,
    dice: &mut Dice,
    readers: &[Reader],
    announced: &Announced,
    now: DateTime<Utc>,
) -> Vec<NewNotification> {
    let Announced { row, recipients, comments, .. } = announced;
    let visitors: Vec<(MemberId, UserId)> = readers
        .iter()
        .filter(|reader| reader.habit == Habit::Visitor)
        .filter_map(|reader| Some((reader.member_id, reader.user_id?)))
        .collect();
    let since = now - TimeDelta::days(DAYS);
    let mut all = Vec::new();
    let mut told = |dice: &mut Dice, event, outbox_id, member, actor_id, at, read_at| {
        let Some((member_id, user_id)) = visitors.iter().find(|(id, _)| *id == member).copied() else {
            return;
        };
        all.push(NewNotification {
            id: NotificationId(dice.id(at)),
            community_id: world.community.id,
            member_id,
            user_id,
            outbox_id,
            event,
            subject_kind: SubjectKind::Announcement,
            subject_id: row.id.0,
            request_id: None,
            actor_id,
            created_at: at,
            read_at,
            held: false,
        });
    };
    if let Some(published_at) = row.published_at.filter(|at| *at >= since) {
        let (event, outbox_id) = (Event::of_announcement(row.urgent), dice.id(published_at));
        for receipt in recipients {
            told(
                dice,
                event,
                outbox_id,
                receipt.member_id,
                Some(row.author_id),
                published_at,
                receipt.read_at,
            );
        }
    }
    // Neighbours who are answered are no demo accounts: only authors are.
    let others = comments.iter().filter(|comment| comment.author_id != Some(row.author_id));
    for comment in others.filter(|comment| comment.created_at >= since) {
        let at = comment.created_at;
        let read_at = (at <= now - TimeDelta::hours(UNREAD_HOURS)).then(|| at + TimeDelta::hours(3));
        let outbox_id = dice.id(at);
        told(dice, Event::AnnouncementComment, outbox_id, row.author_id, comment.author_id, at, read_at);
    }
    all
}
