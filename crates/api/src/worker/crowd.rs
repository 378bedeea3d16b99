//! Telling many: from an announcement to all whom it is for, some at a time.
//!
//! Each thousand is a transaction of its own. Whoever dies between two of them leaves the rest to the next try, which finds
//! those who have been told, and tells nobody twice.

use std::collections::{HashMap, HashSet};

use db::Conn;
use db::announcement::{Reader, Recipient};
use db::audience::Taken;
use db::delivery::Delivery;
use db::notification::{Heard, NewNotification};
use db::outbox::Event;
use domain::announcement::AnnouncementStatus;
use domain::event::{Event as What, MailChoice, Party, by_mail};
use domain::id::{AnnouncementId, MemberId, NotificationId, UserId};
use domain::role::{Permission, Rights};
use uuid::Uuid;

use crate::app::{App, local_day};

/// What brings the announcement itself.
const OWN: &[What] = &[What::AnnouncementPublish, What::AnnouncementUrgent, What::AnnouncementReminder];

/// How many it tells in one go.
const SOME: i64 = 1000;

/// Tells everybody whom something that happened to an announcement concerns.
pub async fn tell(app: &App, event: &Event) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let last = app.db.transaction(async |tx| some(tx, app, event, after).await).await?;
        // They hear of it now, not when the last has been told.
        app.outbox_bell.notify_one();
        app.jobs_bell.notify_waiters();
        match last {
            Some(last) => after = Some(last),
            None => break,
        }
    }
    Ok(db::outbox::done(&mut *app.db.conn().await?, event.id, app.now()).await?)
}

/// Tells some of them, those after a member; answers who was the last, and none when there are no more.
async fn some(
    tx: &mut Conn,
    app: &App,
    event: &Event,
    after: Option<MemberId>,
) -> anyhow::Result<Option<MemberId>> {
    let (community, id) = (event.community_id, AnnouncementId(event.subject_id));
    let Some(one) = db::announcement::get(tx, community, id).await? else { return Ok(None) };
    let told = event.event.row().told;
    // What was archived meanwhile is told to nobody any more.
    if one.status != AnnouncementStatus::Published {
        return Ok(None);
    }
    let mut found = Vec::new();
    for party in told {
        found.extend(match party {
            Party::Audience => {
                let community = db::community::get(tx, community).await?;
                let day = local_day(&community, event.created_at);
                db::audience::list(tx, community.id, &one.audience(), day, after, SOME).await?
            }
            Party::Silent => db::announcement::silent(tx, &one, after, SOME).await?,
            Party::Answered if after.is_none() => answered(tx, app, event).await?,
            _ => Vec::new(),
        });
    }
    let last = found.last().map(|taken| taken.member_id);
    let is_for_all = told.contains(&Party::Audience);
    let mut recipients = Vec::new();
    if is_for_all {
        found.retain(|taken| taken.member_id != one.author_id);
        recipients.extend(found.iter().map(|taken| Recipient {
            community_id: community,
            announcement_id: id,
            member_id: taken.member_id,
            unit_id: taken.unit_id,
            told_at: event.created_at,
            read_at: None,
            read_by: None,
            acknowledged_at: None,
        }));
        // The list shows it at once: who has read it need not be told any more.
        let ids: Vec<MemberId> = found.iter().map(|taken| taken.member_id).collect();
        let read = db::announcement::read_among(tx, community, id, &ids).await?;
        found.retain(|taken| !read.contains(&taken.member_id));
    }
    // Whoever did it knows it.
    found.retain(|taken| Some(taken.member_id) != event.actor_id);
    // Readers, counts, outbox, notifications: in the order in which readers themselves lock them.
    db::announcement::add_recipients(tx, &one, &recipients).await?;
    write(tx, app, event, &found).await?;
    Ok(last)
}

/// Who wrote the announcement, and whom the comment answers, as far as they still find it.
async fn answered(tx: &mut Conn, app: &App, event: &Event) -> anyhow::Result<Vec<Taken>> {
    let community = db::community::get(tx, event.community_id).await?;
    let day = local_day(&community, app.now());
    let mut taken = Vec::new();
    for one in db::member::recipients(tx, community.id, &event.noted().mentioned).await? {
        let roles = db::member::roles(tx, community.id, one.member_id).await?;
        let publishes = Rights::of(&roles, &community.settings()).can(Permission::AnnouncementsPublish);
        let reader = Reader { member: one.member_id, day, publishes };
        let id = AnnouncementId(event.subject_id);
        if db::announcement::find(tx, community.id, reader, id).await?.is_some() {
            let (user_id, has_mail) = (Some(one.user_id), one.email.is_some());
            taken.push(Taken { member_id: one.member_id, user_id, has_mail, unit_id: None });
        }
    }
    Ok(taken)
}

/// A notification for each, and a mail for those who want one now.
async fn write(tx: &mut Conn, app: &App, event: &Event, all: &[Taken]) -> anyhow::Result<()> {
    let now = app.now();
    let group = event.event.row().group;
    let ids: Vec<MemberId> = all.iter().map(|one| one.member_id).collect();
    let chosen = db::notification_choice::list(tx, event.community_id, &ids).await?;
    let chosen: HashMap<MemberId, MailChoice> =
        chosen.into_iter().filter(|(_, of, _)| *of == group).map(|(id, _, mail)| (id, mail)).collect();
    let is_rung = event.event == What::AnnouncementUnread;
    let mailed: HashSet<MemberId> = match is_rung {
        true => db::notification::list_mailed(tx, event.community_id, &ids, event.subject_id, OWN)
            .await?
            .into_iter()
            .collect(),
        false => HashSet::new(),
    };
    let mut told = Vec::with_capacity(all.len());
    let mut wanted: HashMap<NotificationId, (MemberId, UserId)> = HashMap::new();
    for one in all {
        let Some(user_id) = one.user_id else { continue };
        let choice = chosen.get(&one.member_id).copied().unwrap_or(group.usual());
        let choice = by_mail(event.event, choice);
        let now_by_mail = choice == MailChoice::Now && one.has_mail && !mailed.contains(&one.member_id);
        // Who has no further channel has heard of it by all that they have.
        if is_rung && !now_by_mail {
            continue;
        }
        let id = NotificationId(Uuid::now_v7());
        if now_by_mail {
            wanted.insert(id, (one.member_id, user_id));
        }
        told.push(NewNotification {
            id,
            community_id: event.community_id,
            member_id: one.member_id,
            user_id,
            outbox_id: event.id,
            event: event.event,
            subject_kind: event.subject_kind,
            subject_id: event.subject_id,
            request_id: None,
            actor_id: event.actor_id,
            created_at: now,
            read_at: None,
            held: choice == MailChoice::Daily && one.has_mail,
        });
    }
    let new = match event.event.row().told {
        // What comes again within minutes is counted, not told anew.
        [Party::Answered] => {
            let mut new = Vec::new();
            for one in &told {
                if db::notification::tell(tx, one).await? == Heard::New {
                    new.push(one.id);
                }
            }
            new
        }
        _ => db::notification::tell_all(tx, &told).await?,
    };
    let mail = |id: &NotificationId| {
        let (member_id, user_id) = wanted.get(id)?;
        Some(Delivery {
            user_id: Some(*user_id),
            community_id: Some(event.community_id),
            member_id: Some(*member_id),
            notification_id: Some(*id),
            ..Delivery::new(Uuid::now_v7(), event.event.as_str(), now)
        })
    };
    let mails: Vec<Delivery> = new.iter().filter_map(mail).collect();
    Ok(db::delivery::enqueue(tx, &mails, now).await?)
}
