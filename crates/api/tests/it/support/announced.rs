//! Announcements to test with: written through the functions that the server itself uses, and told as people would.

use api::announcement::MAILED;
use contract::announcement::{
    ACT, ActOnAnnouncement, Announcement, CREATE, NewAnnouncement, RECEIVE, Receipt, SHOW,
};
use db::announcement::{self, Category};
use domain::announcement::{AnnouncementAction, AnnouncementStatus};
use domain::audience::MemberFilter;
use domain::category::Hue;
use domain::event::{Event, SubjectKind};
use domain::id::{AnnouncementCategoryId, AnnouncementId, CommunityId, MemberId, NotificationId};
use uuid::Uuid;

use super::app::TestApp;
use super::caller::{Answer, Caller};
use super::given::Place;

/// A category of a place, named so.
pub async fn category(app: &TestApp, place: &Place, name: &str) -> AnnouncementCategoryId {
    let row = Category {
        id: AnnouncementCategoryId(Uuid::now_v7()),
        community_id: place.id,
        name: name.into(),
        color: Hue::Teal,
        icon: "info".into(),
        urgent: false,
        archived_at: None,
        version: 1,
    };
    let all = std::slice::from_ref(&row);
    app.with_conn(async |conn| announcement::insert_categories(conn, all).await.unwrap()).await;
    row.id
}

/// Something to tell everybody.
pub fn news(category_id: AnnouncementCategoryId, title: &str) -> NewAnnouncement {
    NewAnnouncement {
        category_id,
        title: title.into(),
        body: "The mains are being **replaced**.".into(),
        audience: MemberFilter::default(),
        urgent: None,
        pinned: false,
        acknowledgement: false,
        comments_allowed: true,
        valid_until: None,
        attachment_ids: Vec::new(),
    }
}

impl Caller {
    pub async fn draft(&self, new: &NewAnnouncement) -> Announcement {
        self.call(&CREATE, &[&self.slug()], new).await.ok()
    }

    pub async fn acts_on(&self, id: AnnouncementId, action: AnnouncementAction) -> Answer<Announcement> {
        self.call(&ACT, &[&self.slug(), &id], &ActOnAnnouncement { action, publish_at: None }).await
    }

    /// Writes it and publishes it; nobody has been told yet.
    pub async fn announce(&self, new: &NewAnnouncement) -> Announcement {
        let draft = self.draft(new).await;
        self.acts_on(draft.summary.id, AnnouncementAction::Publish).await.ok()
    }

    pub async fn reads(&self, id: AnnouncementId, acknowledged: bool) -> Answer<Announcement> {
        self.call(&RECEIVE, &[&self.slug(), &id], &Receipt { acknowledged }).await
    }

    pub async fn looks_at(&self, id: AnnouncementId) -> Answer<Announcement> {
        self.call(&SHOW, &[&self.slug(), &id], &()).await
    }
}

/// What the operations on announcements speak of, made anew for every round of calls.
pub struct Announced {
    pub category: AnnouncementCategoryId,
    pub draft: AnnouncementId,
    pub spare: AnnouncementId,
    /// Asks to be confirmed, and takes comments.
    pub published: AnnouncementId,
    /// What follows in the address in its mail.
    pub link: String,
}

impl Announced {
    pub async fn of(app: &TestApp, word: &str) -> Self {
        let author = author(app).await;
        let category = category(app, &app.place, &format!("News {word}")).await;
        let row = |status: AnnouncementStatus| row(app, category, author, status);
        let [draft, spare, published] = [
            row(AnnouncementStatus::Draft),
            row(AnnouncementStatus::Draft),
            row(AnnouncementStatus::Published),
        ];
        let ids = [draft.id, spare.id, published.id];
        let delivery = app
            .with_conn(async |conn| {
                announcement::insert_all(conn, &[draft, spare, published]).await.unwrap();
                mailed(conn, app.place.id, author, ids[2], app.now()).await
            })
            .await;
        refill(app, ids[2]).await;
        Self {
            category,
            draft: ids[0],
            spare: ids[1],
            published: ids[2],
            link: app.shared.vault.link(MAILED, delivery),
        }
    }
}

fn row(
    app: &TestApp,
    category_id: AnnouncementCategoryId,
    author_id: MemberId,
    status: AnnouncementStatus,
) -> announcement::Announcement {
    let now = app.now();
    announcement::Announcement {
        id: AnnouncementId(Uuid::now_v7()),
        community_id: app.place.id,
        category_id,
        title: "Water off on Thursday".into(),
        body: "From 9 to 12.".into(),
        status,
        urgent: false,
        pinned: false,
        acknowledgement: true,
        comments_allowed: true,
        audience_roles: Vec::new(),
        audience_ties: Vec::new(),
        audience_zone_ids: Vec::new(),
        audience_unit_ids: Vec::new(),
        audience_tags: Vec::new(),
        author_id,
        author_name: "Somebody".into(),
        publish_at: None,
        published_at: status.is_out().then_some(now),
        valid_until: None,
        archived_at: None,
        edited_at: None,
        escalate_at: None,
        reminded_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

async fn author(app: &TestApp) -> MemberId {
    let sql = format!(
        "select id::text as text from members where community_id = '{}' and status = 'active' \
         and user_id is not null order by id limit 1",
        app.place.id
    );
    app.query(&sql).await.remove(0).parse().unwrap()
}

/// A mail of it to somebody.
async fn mailed(
    conn: &mut db::Conn,
    community: CommunityId,
    member: MemberId,
    about: AnnouncementId,
    now: chrono::DateTime<chrono::Utc>,
) -> Uuid {
    let reader = db::member::recipients(conn, community, &[member]).await.unwrap().remove(0);
    let new = db::notification::NewNotification {
        id: NotificationId(Uuid::now_v7()),
        community_id: community,
        member_id: member,
        user_id: reader.user_id,
        outbox_id: Uuid::now_v7(),
        event: Event::AnnouncementPublish,
        subject_kind: SubjectKind::Announcement,
        subject_id: about.0,
        request_id: None,
        actor_id: None,
        created_at: now,
        read_at: None,
        held: false,
    };
    let notification = db::notification::tell_all(conn, &[new]).await.unwrap().remove(0);
    let mail = db::delivery::Delivery {
        user_id: Some(reader.user_id),
        community_id: Some(community),
        member_id: Some(member),
        notification_id: Some(notification),
        ..db::delivery::Delivery::new(Uuid::now_v7(), "announcement.publish", now)
    };
    db::delivery::enqueue(conn, std::slice::from_ref(&mail), now).await.unwrap();
    mail.id
}

/// Everybody has a comment to edit on it, and another to remove: see [`super::talk::own`].
async fn refill(app: &TestApp, about: AnnouncementId) {
    let (now, place) = (app.now().to_rfc3339(), app.place.id);
    for letter in ["1", "2"] {
        app.query(&format!(
            "with it as (insert into comments \
                 (id, community_id, announcement_id, author_id, author_name, audience, body, created_at) \
             select overlay(user_id::text placing '{letter}' from 1 for 1)::uuid, community_id, '{about}', id, \
                 display_name, 'everyone', 'A slip of the pem.', '{now}' \
             from members where community_id = '{place}' and user_id is not null \
             on conflict (id) do update set announcement_id = excluded.announcement_id, body = excluded.body, \
                 created_at = excluded.created_at, removed_at = null, removed_by_id = null, removal_reason = null \
             returning 1) select '' as text from it"
        ))
        .await;
    }
}
