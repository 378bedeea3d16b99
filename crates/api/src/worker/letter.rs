//! Mail put into words when it is sent, from the ids of its delivery. Only here does it show whether an address belongs
//! to somebody, so that no answer to a request can tell.

mod account;

use anyhow::Context;
use db::delivery::{DIGEST, Delivery, Failure};
use db::notification::Told;
use domain::announcement::AnnouncementStatus;
use domain::event::{Event, SubjectKind};
use domain::id::{AnnouncementId, CommunityId, MemberId, UserId};
use domain::job::DeliveryState;
use lettre::message::Mailbox;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::mail::{self, Item, Letter, Mailer, Post};
use crate::announcement::MAILED;
use crate::app::App;

/// How many lines a digest has; the rest is in the app.
const DIGEST_LINES: i64 = 50;
/// For what the links under mail are signed.
pub const UNSUBSCRIBE: &str = "unsubscribe";

/// Sends a mail that is queued, or notes that nobody is there to get it. `last` says that it will not be tried again by
/// itself.
pub async fn send(app: &App, mailer: &Mailer, delivery: Uuid, last: bool) -> anyhow::Result<()> {
    let found = db::delivery::find_queued(&mut *app.db.conn().await?, delivery).await?;
    let Some(queued) = found else { return Ok(()) };
    let sent = async {
        let Some(letter) = write(app, &queued).await? else { return Ok(None) };
        mailer.post(letter).await.map(Some)
    }
    .await;
    let (conn, now) = (&mut *app.db.conn().await?, app.now());
    match sent {
        Ok(Some(id)) => Ok(db::delivery::ended(conn, queued.id, DeliveryState::Sent, Some(&id), now).await?),
        Ok(None) => Ok(db::delivery::ended(conn, queued.id, DeliveryState::Dropped, None, now).await?),
        Err(error) => {
            let failure = Failure { error: format!("{error:#}"), fault: mail::fault(&error) };
            db::delivery::tried(conn, queued.id, &failure, last.then_some(now)).await?;
            Err(error)
        }
    }
}

async fn write(app: &App, mail: &Delivery) -> anyhow::Result<Option<Letter>> {
    match (mail.community_id, mail.member_id, mail.notification_id) {
        (Some(community), Some(_), Some(notification)) => {
            let conn = &mut *app.db.conn().await?;
            match db::notification::find_for_mail(conn, community, notification).await? {
                Some(found) => of_notification(app, conn, mail, &found).await,
                None => Ok(None),
            }
        }
        (Some(community), Some(member), None) if mail.template == DIGEST => {
            of_digest(app, mail, community, member).await
        }
        _ => account::write(app, mail).await,
    }
}

/// Somebody to write to, in their language.
struct Reader {
    name: String,
    address: lettre::Address,
    language: &'static str,
}

/// Nobody, where the address was taken away since, or they are no active member any more.
async fn reader(
    app: &App,
    conn: &mut db::Conn,
    user: UserId,
    community: CommunityId,
    member: MemberId,
) -> anyhow::Result<Option<Reader>> {
    let found = db::member::recipients(conn, community, &[member]).await?.pop();
    let Some((one, email)) = found.and_then(|one| Some((one.clone(), one.email?))) else { return Ok(None) };
    let language = app.messages.negotiate(Some(&db::user::get(conn, user).await?.locale));
    Ok(Some(Reader { name: one.display_name, address: email.parse().context("the address")?, language }))
}

/// The server's words for one reader.
struct Words<'a> {
    app: &'a App,
    language: &'static str,
}

impl Words<'_> {
    fn say(&self, key: &str, facts: &[(&str, &str)]) -> String {
        let facts: Map<String, Value> =
            facts.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
        self.app.messages.get(self.language, key, &facts)
    }

    fn sentence(&self, told: &Told) -> String {
        let actor = told.actor.clone().unwrap_or_else(|| self.say("actor.nobody", &[]));
        let title = told.title().unwrap_or_default();
        self.say(&format!("event.{}", told.event), &[("actor", &actor), ("title", title)])
    }
}

/// What a mail is about, and where it leads.
struct About {
    title: String,
    subject: String,
    /// Markdown that it brings.
    text: Option<String>,
    action: String,
    link: String,
}

async fn of_notification(
    app: &App,
    conn: &mut db::Conn,
    mail: &Delivery,
    found: &db::notification::ForMail,
) -> anyhow::Result<Option<Letter>> {
    let told = &found.told;
    let reader = reader(app, conn, found.user_id, found.community_id, found.member_id).await?;
    let Some(Reader { name, address, language }) = reader else { return Ok(None) };
    let words = Words { app, language };
    let sentence = words.sentence(told);
    let base = &app.config.public_url;
    let About { title, subject, text, action, link } = match told.subject_kind {
        SubjectKind::ServiceRequest => {
            let (number, title) = told.request.clone().unwrap_or_default();
            About {
                subject: format!("{number}: {sentence}"),
                action: words.say("mail.action", &[("number", &number)]),
                link: format!("{base}/c/{}/requests/{number}", told.community_slug),
                title,
                text: None,
            }
        }
        SubjectKind::Announcement => {
            let id = AnnouncementId(found.subject_id);
            let one = db::announcement::get(conn, found.community_id, id).await?;
            // What is over, or was taken back, is told to nobody any more.
            let Some(one) = one.filter(|one| one.status == AnnouncementStatus::Published) else {
                return Ok(None);
            };
            // Who has answered meanwhile is not asked again.
            let asks_again = matches!(told.event, Event::AnnouncementUnread | Event::AnnouncementReminder);
            if asks_again && !db::announcement::is_silent(conn, &one, found.member_id).await? {
                return Ok(None);
            }
            let asked =
                if one.acknowledgement { "mail.announcement.confirm" } else { "mail.announcement.open" };
            // What somebody says of it is read there; the announcement itself is in the mail.
            let is_comment = told.event == Event::AnnouncementComment;
            About {
                subject: format!("{}: {sentence}", told.community_name),
                action: words.say(asked, &[]),
                link: match is_comment {
                    true => format!("{base}/c/{}/announcements/{id}", told.community_slug),
                    false => format!("{base}/announcement/{}", app.vault.link(MAILED, mail.id)),
                },
                text: (!is_comment).then_some(one.body),
                title: one.title,
            }
        }
    };
    Ok(Some(Letter {
        post: Post {
            id: mail.id,
            to: Mailbox::new(Some(name.clone()), address),
            subject,
            thread: Some(found.subject_id),
            unsubscribe: (!told.event.row().essential).then(|| unsubscribe(app, mail.id)),
        },
        language,
        preheader: title,
        greeting: words.say("mail.greeting", &[("name", &name)]),
        lines: vec![sentence],
        text,
        items: Vec::new(),
        action,
        link,
        footer: words.say("mail.footer", &[("community", &told.community_name)]),
        unsubscribe: words.say("mail.unsubscribe", &[]),
        heading: told.community_name.clone(),
    }))
}

/// What was told and waited, with a line each.
async fn of_digest(
    app: &App,
    mail: &Delivery,
    community: CommunityId,
    member: MemberId,
) -> anyhow::Result<Option<Letter>> {
    let conn = &mut *app.db.conn().await?;
    let Some(user) = mail.user_id else { return Ok(None) };
    let Some(reader) = reader(app, conn, user, community, member).await? else { return Ok(None) };
    let told = db::notification::list_of_digest(conn, community, mail.id, DIGEST_LINES).await?;
    let Some(first) = told.first() else { return Ok(None) };
    let Reader { name, address, language } = reader;
    let words = Words { app, language };
    let (count, place) = (told.len().to_string(), first.community_name.clone());
    let facts = [("count", count.as_str()), ("community", place.as_str())];
    let items = told.iter().map(|one| {
        let place = format!("{}/c/{}", app.config.public_url, one.community_slug);
        let (name, link) = match (one.subject_kind, &one.request) {
            (SubjectKind::Announcement, _) => (
                one.title().unwrap_or_default().to_owned(),
                format!("{place}/announcements/{}", one.subject_id),
            ),
            (SubjectKind::ServiceRequest, request) => {
                let number = request.as_ref().map(|(number, _)| number.clone()).unwrap_or_default();
                let link = format!("{place}/requests/{number}");
                (number, link)
            }
        };
        Item { name, text: words.sentence(one), link }
    });
    Ok(Some(Letter {
        post: Post {
            id: mail.id,
            to: Mailbox::new(Some(name.clone()), address),
            subject: words.say("mail.digest.subject", &facts),
            thread: None,
            unsubscribe: Some(unsubscribe(app, mail.id)),
        },
        language,
        preheader: words.say("mail.digest.line", &facts),
        greeting: words.say("mail.greeting", &[("name", &name)]),
        lines: vec![words.say("mail.digest.line", &facts)],
        text: None,
        items: items.collect(),
        action: words.say("mail.digest.action", &facts),
        link: format!("{}/notifications", app.config.public_url),
        footer: words.say("mail.footer", &facts),
        unsubscribe: words.say("mail.unsubscribe", &[]),
        heading: place,
    }))
}

/// Where such mail is stopped: by a program with `POST`, by a person on the page that it leads to.
fn unsubscribe(app: &App, delivery: Uuid) -> String {
    format!("{}/unsubscribe/{}", app.config.public_url, app.vault.link(UNSUBSCRIBE, delivery))
}
