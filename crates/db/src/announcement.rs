//! Announcements: their life, their readers, and what is counted of them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use domain::announcement::{
    ACKNOWLEDGED_TARGET, AnnouncementStatus, AnnouncementView, READ_TARGET, ReadBy, ReceiptState,
};
use domain::audience::{AudienceTie, MemberFilter};
use domain::category::Hue;
use domain::id::{AnnouncementCategoryId, AnnouncementId, CommunityId, MemberId, UnitId, ZoneId};
use domain::role::Role;
use serde::{Deserialize, Serialize};

use crate::audience::{Named, Taken};
use crate::schema::{
    announcement_categories, announcement_counts, announcement_recipients, announcement_versions,
    announcements, members, units,
};
use crate::{Conn, Error, Result};

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = announcement_categories, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub struct Category {
    pub id: AnnouncementCategoryId,
    pub community_id: CommunityId,
    pub name: String,
    pub color: Hue,
    pub icon: String,
    pub urgent: bool,
    pub archived_at: Option<DateTime<Utc>>,
    pub version: i32,
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = announcements, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub struct Announcement {
    pub id: AnnouncementId,
    pub community_id: CommunityId,
    pub category_id: AnnouncementCategoryId,
    pub title: String,
    /// Markdown.
    pub body: String,
    pub status: AnnouncementStatus,
    pub urgent: bool,
    pub pinned: bool,
    pub acknowledgement: bool,
    pub comments_allowed: bool,
    /// See [`Announcement::audience`].
    pub audience_roles: Vec<Role>,
    pub audience_ties: Vec<AudienceTie>,
    pub audience_zone_ids: Vec<ZoneId>,
    pub audience_unit_ids: Vec<UnitId>,
    pub audience_tags: Vec<String>,
    pub author_id: MemberId,
    pub author_name: String,
    pub publish_at: Option<DateTime<Utc>>,
    pub published_at: Option<DateTime<Utc>>,
    pub valid_until: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
    /// When its words were changed after it was published.
    pub edited_at: Option<DateTime<Utc>>,
    /// When those are told by their next channel who have not read it; none once they were.
    pub escalate_at: Option<DateTime<Utc>>,
    pub reminded_at: Option<DateTime<Utc>>,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Announcement {
    /// Whom it is for.
    pub fn audience(&self) -> MemberFilter {
        MemberFilter {
            roles: self.audience_roles.clone(),
            ties: self.audience_ties.clone(),
            zone_ids: self.audience_zone_ids.clone(),
            unit_ids: self.audience_unit_ids.clone(),
            tags: self.audience_tags.clone(),
        }
    }

    pub fn for_audience(self, audience: MemberFilter) -> Self {
        let MemberFilter { roles, ties, zone_ids, unit_ids, tags } = audience;
        Self {
            audience_roles: roles,
            audience_ties: ties,
            audience_zone_ids: zone_ids,
            audience_unit_ids: unit_ids,
            audience_tags: tags,
            ..self
        }
    }
}

/// What is counted of an announcement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = announcement_counts, check_for_backend(diesel::pg::Pg))]
pub struct Counts {
    pub recipients: i64,
    pub read: i64,
    pub read_in_time: i64,
    pub acknowledged: i64,
    pub acknowledged_in_time: i64,
    pub comments: i32,
    pub attachments: i32,
}

/// An announcement with what a list shows of it.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    pub announcement: Announcement,
    pub category: Category,
    pub counts: Counts,
    /// Of whoever asks; none where it was not told to them.
    pub receipt: Option<Received>,
}

/// When somebody read and confirmed what they were told.
#[derive(Debug, Clone, Copy, Queryable, Selectable)]
#[diesel(table_name = announcement_recipients, check_for_backend(diesel::pg::Pg))]
pub struct Received {
    /// Never null, so that being told without having read is not taken for nothing.
    pub told_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// Who asks, and on which day.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    pub member: MemberId,
    pub day: NaiveDate,
    /// Those who publish see everything.
    pub publishes: bool,
}

/// Which announcements to list; `None` means no condition.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub view: Option<AnnouncementView>,
    pub category: Option<AnnouncementCategoryId>,
    pub urgent: Option<bool>,
    /// Whether the reader has read it.
    pub read: Option<bool>,
    /// As somebody typed it.
    pub words: Option<String>,
}

/// Where a page begins: pinned, when it came out or was begun, and the id of the last of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub pinned: bool,
    pub at: DateTime<Utc>,
    pub id: AnnouncementId,
}

impl Position {
    pub fn of(row: &Listed) -> Self {
        let Announcement { id, pinned, published_at, created_at, .. } = &row.announcement;
        Self { pinned: *pinned, at: published_at.unwrap_or(*created_at), id: *id }
    }
}

type Boxed<'a> = announcements::BoxedQuery<'a, diesel::pg::Pg>;

/// Those of a community that the reader may see: what they were told, what is for them now, and for those who publish
/// everything.
fn visible<'a>(community: CommunityId, reader: Reader) -> Boxed<'a> {
    let all = announcements::table.filter(announcements::community_id.eq(community)).into_boxed();
    if reader.publishes {
        return all;
    }
    let told = announcement_recipients::table
        .filter(announcement_recipients::community_id.eq(community))
        .filter(announcement_recipients::member_id.eq(reader.member))
        .filter(announcement_recipients::announcement_id.eq(announcements::id))
        .select(announcement_recipients::member_id);
    let day = format!("date '{}'", reader.day);
    let takes = Named {
        roles: "announcements.audience_roles",
        ties: "announcements.audience_ties",
        zone_ids: "announcements.audience_zone_ids",
        unit_ids: "announcements.audience_unit_ids",
        tags: "announcements.audience_tags",
        day: &day,
    }
    .takes();
    let is_for_them =
        sql::<Bool>("exists (select from members where members.community_id = announcements.community_id and members.id = ")
            .bind::<SqlUuid, _>(reader.member)
            .sql(&format!(" and {takes})"));
    all.filter(announcements::published_at.is_not_null()).filter(diesel::dsl::exists(told).or(is_for_them))
}

fn chosen<'a>(community: CommunityId, reader: Reader, filter: &Filter) -> Boxed<'a> {
    use announcements::dsl;
    let mut chosen = visible(community, reader);
    chosen = match filter.view {
        None => chosen,
        Some(AnnouncementView::Current) => chosen.filter(dsl::status.eq(AnnouncementStatus::Published)),
        Some(AnnouncementView::Archive) => chosen.filter(dsl::status.eq(AnnouncementStatus::Archived)),
        Some(AnnouncementView::Prepared) => {
            chosen.filter(dsl::status.eq_any([AnnouncementStatus::Draft, AnnouncementStatus::Scheduled]))
        }
    };
    if let Some(category) = filter.category {
        chosen = chosen.filter(dsl::category_id.eq(category));
    }
    if let Some(urgent) = filter.urgent {
        chosen = chosen.filter(dsl::urgent.eq(urgent));
    }
    if let Some(read) = filter.read {
        let by_them = announcement_recipients::table
            .filter(announcement_recipients::community_id.eq(community))
            .filter(announcement_recipients::member_id.eq(reader.member))
            .filter(announcement_recipients::announcement_id.eq(dsl::id))
            .filter(announcement_recipients::read_at.is_not_null())
            .select(announcement_recipients::member_id);
        // Whoever wrote it has read it.
        let known = diesel::dsl::exists(by_them).or(dsl::author_id.eq(reader.member));
        chosen = if read { chosen.filter(known) } else { chosen.filter(diesel::dsl::not(known)) };
    }
    if let Some(words) = &filter.words {
        let found = sql::<Bool>("to_tsvector('simple', search_words(announcements.title || ' ' || announcements.body)) @@ search_query(")
            .bind::<Text, _>(words.clone())
            .sql(")");
        chosen = chosen.filter(found);
    }
    chosen
}

/// Pinned first, then the newest, beginning after `after`.
pub async fn list(
    conn: &mut Conn,
    community: CommunityId,
    reader: Reader,
    filter: &Filter,
    after: Option<Position>,
    limit: i64,
) -> Result<Vec<Listed>> {
    use announcements::dsl;
    let at = || sql::<Timestamptz>("coalesce(announcements.published_at, announcements.created_at)");
    let mut chosen = chosen(community, reader, filter);
    if let Some(Position { pinned, at: instant, id }) = after {
        let later = at().lt(instant).or(at().eq(instant).and(dsl::id.lt(id)));
        let here = dsl::pinned.eq(pinned).and(later);
        chosen = match pinned {
            true => chosen.filter(dsl::pinned.eq(false).or(here)),
            false => chosen.filter(here),
        };
    }
    let ids: Vec<AnnouncementId> = chosen
        .order((dsl::pinned.desc(), at().desc(), dsl::id.desc()))
        .limit(limit)
        .select(dsl::id)
        .load(conn)
        .await?;
    let mut rows = load(conn, community, reader.member, &ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.announcement.id));
    Ok(rows)
}

/// One that the reader may see.
pub async fn find(
    conn: &mut Conn,
    community: CommunityId,
    reader: Reader,
    id: AnnouncementId,
) -> Result<Option<Listed>> {
    let seen = visible(community, reader).filter(announcements::id.eq(id)).select(announcements::id);
    match seen.first::<AnnouncementId>(conn).await.optional()? {
        Some(id) => Ok(load(conn, community, reader.member, &[id]).await?.pop()),
        None => Ok(None),
    }
}

async fn load(
    conn: &mut Conn,
    community: CommunityId,
    member: MemberId,
    ids: &[AnnouncementId],
) -> Result<Vec<Listed>> {
    Ok(announcements::table
        .inner_join(
            announcement_categories::table.on(announcement_categories::community_id
                .eq(announcements::community_id)
                .and(announcement_categories::id.eq(announcements::category_id))),
        )
        .inner_join(
            announcement_counts::table.on(announcement_counts::community_id
                .eq(announcements::community_id)
                .and(announcement_counts::announcement_id.eq(announcements::id))),
        )
        .left_join(
            announcement_recipients::table.on(announcement_recipients::community_id
                .eq(announcements::community_id)
                .and(announcement_recipients::announcement_id.eq(announcements::id))
                .and(announcement_recipients::member_id.eq(member))),
        )
        .filter(announcements::community_id.eq(community).and(announcements::id.eq_any(ids)))
        .select((
            Announcement::as_select(),
            Category::as_select(),
            Counts::as_select(),
            Option::<Received>::as_select(),
        ))
        .load(conn)
        .await?)
}

/// What waits for a reader among what holds now: how many they have not read, and how many of those that ask for it they
/// have not confirmed.
pub async fn count_waiting(conn: &mut Conn, community: CommunityId, reader: Reader) -> Result<(i64, i64)> {
    // Who publishes sees everything, but only what is for them waits for them.
    let reader = Reader { publishes: false, ..reader };
    let current = Filter { view: Some(AnnouncementView::Current), ..Filter::default() };
    let unread = Filter { read: Some(false), ..current.clone() };
    let unread: i64 = chosen(community, reader, &unread).count().get_result(conn).await?;
    let confirmed = announcement_recipients::table
        .filter(announcement_recipients::community_id.eq(community))
        .filter(announcement_recipients::member_id.eq(reader.member))
        .filter(announcement_recipients::announcement_id.eq(announcements::id))
        .filter(announcement_recipients::acknowledged_at.is_not_null())
        .select(announcement_recipients::member_id);
    let unconfirmed: i64 = chosen(community, reader, &current)
        .filter(announcements::acknowledgement.and(announcements::author_id.ne(reader.member)))
        .filter(diesel::dsl::not(diesel::dsl::exists(confirmed)))
        .count()
        .get_result(conn)
        .await?;
    Ok((unread, unconfirmed))
}

pub async fn insert_all(conn: &mut Conn, all: &[Announcement]) -> Result<()> {
    for some in all.chunks(1000) {
        diesel::insert_into(announcements::table).values(some).execute(conn).await?;
        let counts: Vec<_> = some
            .iter()
            .map(|one| {
                let ids = (
                    announcement_counts::community_id.eq(one.community_id),
                    announcement_counts::announcement_id.eq(one.id),
                );
                (ids, Counts::default())
            })
            .collect();
        diesel::insert_into(announcement_counts::table).values(counts).execute(conn).await?;
    }
    Ok(())
}

/// Writes an announcement as it is now to be, under its next version. [`Error::Stale`] if somebody was faster.
pub async fn save(conn: &mut Conn, one: &Announcement, now: DateTime<Utc>) -> Result<()> {
    let next = Announcement { version: one.version + 1, updated_at: now, ..one.clone() };
    let saved = diesel::update(announcements::table)
        .filter(announcements::community_id.eq(one.community_id).and(announcements::id.eq(one.id)))
        .filter(announcements::version.eq(one.version))
        .set(&next)
        .execute(conn)
        .await?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Locks an announcement until the transaction ends.
pub async fn lock(conn: &mut Conn, community: CommunityId, id: AnnouncementId) -> Result<Announcement> {
    Ok(announcements::table
        .filter(announcements::community_id.eq(community).and(announcements::id.eq(id)))
        .for_no_key_update()
        .select(Announcement::as_select())
        .first(conn)
        .await?)
}

pub async fn get(
    conn: &mut Conn,
    community: CommunityId,
    id: AnnouncementId,
) -> Result<Option<Announcement>> {
    Ok(announcements::table
        .filter(announcements::community_id.eq(community).and(announcements::id.eq(id)))
        .select(Announcement::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// What these announcements are called.
pub async fn titles(
    conn: &mut Conn,
    community: CommunityId,
    ids: &[uuid::Uuid],
) -> Result<Vec<(AnnouncementId, String)>> {
    Ok(announcements::table
        .filter(announcements::community_id.eq(community).and(announcements::id.eq_any(ids)))
        .select((announcements::id, announcements::title))
        .load(conn)
        .await?)
}

/// Deletes a draft. Its files are thrown away by whoever named them.
pub async fn delete(conn: &mut Conn, community: CommunityId, id: AnnouncementId) -> Result<()> {
    let draft = announcements::table
        .filter(announcements::community_id.eq(community).and(announcements::id.eq(id)))
        .filter(announcements::status.eq(AnnouncementStatus::Draft));
    if diesel::delete(draft).execute(conn).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Forgets when its silent readers are told by their next channel. No change of what anybody sees.
pub async fn escalated(conn: &mut Conn, community: CommunityId, id: AnnouncementId) -> Result<()> {
    diesel::update(announcements::table)
        .filter(announcements::community_id.eq(community).and(announcements::id.eq(id)))
        .set(announcements::escalate_at.eq(None::<DateTime<Utc>>))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn reminded(
    conn: &mut Conn,
    community: CommunityId,
    id: AnnouncementId,
    at: DateTime<Utc>,
) -> Result<()> {
    diesel::update(announcements::table)
        .filter(announcements::community_id.eq(community).and(announcements::id.eq(id)))
        .set(announcements::reminded_at.eq(at))
        .execute(conn)
        .await?;
    Ok(())
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = announcement_versions, check_for_backend(diesel::pg::Pg))]
pub struct Version {
    pub community_id: CommunityId,
    pub announcement_id: AnnouncementId,
    pub version: i32,
    pub title: String,
    pub body: String,
    /// When it was changed.
    pub until: DateTime<Utc>,
}

pub async fn insert_versions(conn: &mut Conn, all: &[Version]) -> Result<()> {
    diesel::insert_into(announcement_versions::table).values(all).execute(conn).await?;
    Ok(())
}

/// What it said before, the newest first, older than the version `before`.
pub async fn versions(
    conn: &mut Conn,
    community: CommunityId,
    id: AnnouncementId,
    before: Option<i32>,
    limit: i64,
) -> Result<Vec<Version>> {
    use announcement_versions::dsl;
    Ok(announcement_versions::table
        .filter(dsl::community_id.eq(community).and(dsl::announcement_id.eq(id)))
        .filter(dsl::version.lt(before.unwrap_or(i32::MAX)))
        .order(dsl::version.desc())
        .limit(limit)
        .select(Version::as_select())
        .load(conn)
        .await?)
}

pub async fn count_versions(conn: &mut Conn, community: CommunityId, id: AnnouncementId) -> Result<i64> {
    use announcement_versions::dsl;
    Ok(announcement_versions::table
        .filter(dsl::community_id.eq(community).and(dsl::announcement_id.eq(id)))
        .count()
        .get_result(conn)
        .await?)
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = announcement_recipients, check_for_backend(diesel::pg::Pg))]
pub struct Recipient {
    pub community_id: CommunityId,
    pub announcement_id: AnnouncementId,
    pub member_id: MemberId,
    /// What made them its reader.
    pub unit_id: Option<UnitId>,
    pub told_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
    pub read_by: Option<ReadBy>,
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// Adds readers of one announcement, each once, and counts them.
pub async fn add_recipients(conn: &mut Conn, announcement: &Announcement, all: &[Recipient]) -> Result<()> {
    let mut added = Counts::default();
    for some in all.chunks(1000) {
        let inserted: Vec<Recipient> = diesel::insert_into(announcement_recipients::table)
            .values(some)
            .on_conflict_do_nothing()
            .returning(Recipient::as_returning())
            .get_results(conn)
            .await?;
        for one in &inserted {
            let of_one = gained(announcement, one.read_at, one.acknowledged_at);
            added = plus(added, Counts { recipients: 1, ..of_one });
        }
    }
    add(conn, announcement, added).await
}

/// What a reader's news adds to the counts.
fn gained(
    announcement: &Announcement,
    read_at: Option<DateTime<Utc>>,
    acknowledged_at: Option<DateTime<Utc>>,
) -> Counts {
    let within = |at: Option<DateTime<Utc>>, limit: TimeDelta| {
        at.zip(announcement.published_at).is_some_and(|(at, published)| at - published <= limit)
    };
    Counts {
        read: i64::from(read_at.is_some()),
        read_in_time: i64::from(within(read_at, READ_TARGET.within)),
        acknowledged: i64::from(acknowledged_at.is_some()),
        acknowledged_in_time: i64::from(within(acknowledged_at, ACKNOWLEDGED_TARGET.within)),
        ..Counts::default()
    }
}

fn plus(a: Counts, b: Counts) -> Counts {
    Counts {
        recipients: a.recipients + b.recipients,
        read: a.read + b.read,
        read_in_time: a.read_in_time + b.read_in_time,
        acknowledged: a.acknowledged + b.acknowledged,
        acknowledged_in_time: a.acknowledged_in_time + b.acknowledged_in_time,
        comments: a.comments + b.comments,
        attachments: a.attachments + b.attachments,
    }
}

/// Adds to what is counted of an announcement. Last in its transaction: its readers wait for each other here.
pub async fn add(conn: &mut Conn, announcement: &Announcement, more: Counts) -> Result<()> {
    use announcement_counts::dsl;
    if more == Counts::default() {
        return Ok(());
    }
    diesel::update(announcement_counts::table)
        .filter(dsl::community_id.eq(announcement.community_id).and(dsl::announcement_id.eq(announcement.id)))
        .set((
            dsl::recipients.eq(dsl::recipients + more.recipients),
            dsl::read.eq(dsl::read + more.read),
            dsl::read_in_time.eq(dsl::read_in_time + more.read_in_time),
            dsl::acknowledged.eq(dsl::acknowledged + more.acknowledged),
            dsl::acknowledged_in_time.eq(dsl::acknowledged_in_time + more.acknowledged_in_time),
            dsl::comments.eq(dsl::comments + more.comments),
            dsl::attachments.eq(dsl::attachments + more.attachments),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that somebody has read an announcement, and that they confirm it, each once. Answers whether it is news.
pub async fn receive(
    conn: &mut Conn,
    announcement: &Announcement,
    reader: (MemberId, Option<UnitId>),
    by: ReadBy,
    acknowledged: bool,
    now: DateTime<Utc>,
) -> Result<bool> {
    use announcement_recipients::dsl;
    let (member_id, unit_id) = reader;
    let new = Recipient {
        community_id: announcement.community_id,
        announcement_id: announcement.id,
        member_id,
        unit_id,
        told_at: now,
        read_at: None,
        read_by: None,
        acknowledged_at: None,
    };
    let inserted = diesel::insert_into(dsl::announcement_recipients)
        .values(&new)
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    let row = || {
        dsl::announcement_recipients.filter(
            dsl::community_id
                .eq(announcement.community_id)
                .and(dsl::announcement_id.eq(announcement.id))
                .and(dsl::member_id.eq(member_id)),
        )
    };
    let before: Recipient = row().for_update().select(Recipient::as_select()).first(conn).await?;
    let reads = before.read_at.is_none().then_some(now);
    let confirms = (acknowledged && before.acknowledged_at.is_none()).then_some(now);
    if reads.is_none() && confirms.is_none() {
        return Ok(false);
    }
    diesel::update(row())
        .set((
            dsl::read_at.eq(before.read_at.or(reads)),
            dsl::read_by.eq(before.read_by.or(Some(by))),
            dsl::acknowledged_at.eq(before.acknowledged_at.or(confirms)),
        ))
        .execute(conn)
        .await?;
    let more =
        Counts { recipients: i64::try_from(inserted).unwrap_or(0), ..gained(announcement, reads, confirms) };
    add(conn, announcement, more).await?;
    Ok(true)
}

/// Which readers somebody looks at.
#[derive(Debug, Clone, Default)]
pub struct Among {
    pub state: Option<ReceiptState>,
    pub zone: Option<ZoneId>,
    pub block: Option<String>,
}

/// A reader with their name.
#[derive(Debug, Clone, Queryable)]
pub struct Receipt {
    pub member_id: MemberId,
    pub display_name: String,
    pub unit: Option<String>,
    pub read_at: Option<DateTime<Utc>>,
    pub read_by: Option<ReadBy>,
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// The readers of an announcement by name, beginning after a name and an id.
pub async fn recipients(
    conn: &mut Conn,
    community: CommunityId,
    id: AnnouncementId,
    among: &Among,
    after: Option<(String, MemberId)>,
    limit: i64,
) -> Result<Vec<Receipt>> {
    use announcement_recipients::dsl;
    let mut query = announcement_recipients::table
        .inner_join(
            members::table
                .on(members::community_id.eq(dsl::community_id).and(members::id.eq(dsl::member_id))),
        )
        .left_join(
            units::table
                .on(units::community_id.eq(dsl::community_id).and(units::id.nullable().eq(dsl::unit_id))),
        )
        .filter(dsl::community_id.eq(community).and(dsl::announcement_id.eq(id)))
        .order((members::display_name, members::id))
        .limit(limit)
        .select((
            members::id,
            members::display_name,
            units::number.nullable(),
            dsl::read_at,
            dsl::read_by,
            dsl::acknowledged_at,
        ))
        .into_boxed();
    query = match among.state {
        None => query,
        Some(ReceiptState::Read) => query.filter(dsl::read_at.is_not_null()),
        Some(ReceiptState::Unread) => query.filter(dsl::read_at.is_null()),
        Some(ReceiptState::Acknowledged) => query.filter(dsl::acknowledged_at.is_not_null()),
        Some(ReceiptState::Unacknowledged) => query.filter(dsl::acknowledged_at.is_null()),
    };
    if let Some(zone) = among.zone {
        query = query.filter(units::zone_id.eq(zone));
    }
    if let Some(block) = &among.block {
        query = query.filter(units::block.eq(block.clone()));
    }
    if let Some((name, id)) = after {
        query = query.filter(
            members::display_name.gt(name.clone()).or(members::display_name.eq(name).and(members::id.gt(id))),
        );
    }
    Ok(query.load(conn).await?)
}

/// Active members who were told and have not read it, or not confirmed it where that is asked: those after a member.
pub async fn silent(
    conn: &mut Conn,
    announcement: &Announcement,
    after: Option<MemberId>,
    limit: i64,
) -> Result<Vec<Taken>> {
    let sql = format!(
        "select r.member_id, m.user_id, u.email is not null as has_mail, r.unit_id {SILENT} \
         and r.member_id > $4 order by r.member_id limit $5"
    );
    Ok(diesel::sql_query(sql)
        .bind::<SqlUuid, _>(announcement.community_id)
        .bind::<SqlUuid, _>(announcement.id)
        .bind::<Bool, _>(announcement.acknowledgement)
        .bind::<SqlUuid, _>(after.map_or(uuid::Uuid::nil(), |after| after.0))
        .bind::<BigInt, _>(limit)
        .load(conn)
        .await?)
}

const SILENT: &str = "from announcement_recipients r \
    join members m on m.community_id = r.community_id and m.id = r.member_id and m.status = 'active' \
    left join users u on u.id = m.user_id \
    where r.community_id = $1 and r.announcement_id = $2 \
        and case when $3 then r.acknowledged_at is null else r.read_at is null end";

/// How many those are.
pub async fn count_silent(conn: &mut Conn, announcement: &Announcement) -> Result<i64> {
    #[derive(QueryableByName)]
    struct Many {
        #[diesel(sql_type = BigInt)]
        many: i64,
    }
    let many: Many = diesel::sql_query(format!("select count(*) as many {SILENT}"))
        .bind::<SqlUuid, _>(announcement.community_id)
        .bind::<SqlUuid, _>(announcement.id)
        .bind::<Bool, _>(announcement.acknowledgement)
        .get_result(conn)
        .await?;
    Ok(many.many)
}

/// Readers of a part of a community, those of them who have read it, and those who have confirmed it.
#[derive(Debug, Clone, QueryableByName)]
pub struct Part {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub zone_id: Option<ZoneId>,
    /// Of the zone, or the block.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub recipients: i64,
    #[diesel(sql_type = BigInt)]
    pub read: i64,
    #[diesel(sql_type = BigInt)]
    pub acknowledged: i64,
}

/// By what readers are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Zone,
    Block,
}

/// The readers of an announcement in parts, those who belong to none last; at most 200 parts.
pub async fn parts(conn: &mut Conn, community: CommunityId, id: AnnouncementId, by: By) -> Result<Vec<Part>> {
    let (part, order) = match by {
        By::Zone => ("zones.id as zone_id, zones.name as name", "zones.id, zones.name, zones.position"),
        By::Block => ("null::uuid as zone_id, units.block as name", "units.block"),
    };
    let last = match by {
        By::Zone => "zones.position nulls last, name",
        By::Block => "name nulls last",
    };
    let sql = format!(
        "select {part}, count(*) as recipients, count(r.read_at) as read, count(r.acknowledged_at) as acknowledged \
         from announcement_recipients r \
         left join units on units.community_id = r.community_id and units.id = r.unit_id \
         left join zones on zones.community_id = units.community_id and zones.id = units.zone_id \
         where r.community_id = $1 and r.announcement_id = $2 group by {order} order by {last} limit 200"
    );
    let query = diesel::sql_query(sql).bind::<SqlUuid, _>(community).bind::<SqlUuid, _>(id);
    Ok(query.load(conn).await?)
}

/// What came in within an hour, by how many hours after publishing that hour began.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Hour {
    #[diesel(sql_type = BigInt)]
    pub hour: i64,
    #[diesel(sql_type = BigInt)]
    pub read: i64,
    #[diesel(sql_type = BigInt)]
    pub acknowledged: i64,
}

/// When its readers read and confirmed it. Hours of the first two days, then days, of the first year.
pub async fn over_time(conn: &mut Conn, announcement: &Announcement) -> Result<Vec<Hour>> {
    let Some(published_at) = announcement.published_at else { return Ok(Vec::new()) };
    let sql = "with happened as ( \
            select greatest(0, floor(extract(epoch from read_at - $3) / 3600))::bigint as at, 1 as read, 0 as acknowledged \
                from announcement_recipients where community_id = $1 and announcement_id = $2 and read_at is not null \
            union all \
            select greatest(0, floor(extract(epoch from acknowledged_at - $3) / 3600))::bigint, 0, 1 \
                from announcement_recipients \
                where community_id = $1 and announcement_id = $2 and acknowledged_at is not null) \
        select case when at < 48 then at else at / 24 * 24 end as hour, sum(read)::bigint as read, \
            sum(acknowledged)::bigint as acknowledged \
        from happened where at < 24 * 366 group by 1 order by 1";
    Ok(diesel::sql_query(sql)
        .bind::<SqlUuid, _>(announcement.community_id)
        .bind::<SqlUuid, _>(announcement.id)
        .bind::<Timestamptz, _>(published_at)
        .load(conn)
        .await?)
}

pub async fn count_read_by_mail(conn: &mut Conn, community: CommunityId, id: AnnouncementId) -> Result<i64> {
    use announcement_recipients::dsl;
    Ok(announcement_recipients::table
        .filter(dsl::community_id.eq(community).and(dsl::announcement_id.eq(id)))
        .filter(dsl::read_by.eq(ReadBy::Mail))
        .count()
        .get_result(conn)
        .await?)
}

/// What was published since an instant, how it reached its readers, and how many of those were asked to confirm it.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Overall {
    #[diesel(sql_type = BigInt)]
    pub published: i64,
    #[diesel(sql_type = BigInt)]
    pub recipients: i64,
    #[diesel(sql_type = BigInt)]
    pub read: i64,
    #[diesel(sql_type = BigInt)]
    pub read_in_time: i64,
    #[diesel(sql_type = BigInt)]
    pub asked: i64,
    #[diesel(sql_type = BigInt)]
    pub acknowledged: i64,
    #[diesel(sql_type = BigInt)]
    pub acknowledged_in_time: i64,
}

pub async fn overall(conn: &mut Conn, community: CommunityId, since: DateTime<Utc>) -> Result<Overall> {
    let sql = "select count(*) as published, coalesce(sum(c.recipients), 0)::bigint as recipients, \
            coalesce(sum(c.read), 0)::bigint as read, coalesce(sum(c.read_in_time), 0)::bigint as read_in_time, \
            coalesce(sum(c.recipients) filter (where a.acknowledgement), 0)::bigint as asked, \
            coalesce(sum(c.acknowledged) filter (where a.acknowledgement), 0)::bigint as acknowledged, \
            coalesce(sum(c.acknowledged_in_time) filter (where a.acknowledgement), 0)::bigint as acknowledged_in_time \
        from announcements a join announcement_counts c on c.community_id = a.community_id and c.announcement_id = a.id \
        where a.community_id = $1 and a.published_at >= $2";
    Ok(diesel::sql_query(sql)
        .bind::<SqlUuid, _>(community)
        .bind::<Timestamptz, _>(since)
        .get_result(conn)
        .await?)
}

/// What of any community is to be published by the clock: those whose time has come.
pub async fn list_to_publish(
    conn: &mut Conn,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(CommunityId, AnnouncementId)>> {
    Ok(announcements::table
        .filter(
            announcements::status.eq(AnnouncementStatus::Scheduled).and(announcements::publish_at.le(now)),
        )
        .order(announcements::publish_at)
        .limit(limit)
        .select((announcements::community_id, announcements::id))
        .load(conn)
        .await?)
}

/// What of any community holds no longer.
pub async fn list_to_archive(
    conn: &mut Conn,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(CommunityId, AnnouncementId)>> {
    Ok(announcements::table
        .filter(
            announcements::status.eq(AnnouncementStatus::Published).and(announcements::valid_until.le(now)),
        )
        .order(announcements::valid_until)
        .limit(limit)
        .select((announcements::community_id, announcements::id))
        .load(conn)
        .await?)
}

/// What of any community has been out so long that its silent readers are told by their next channel.
pub async fn list_to_escalate(
    conn: &mut Conn,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(CommunityId, AnnouncementId)>> {
    Ok(announcements::table
        .filter(
            announcements::status.eq(AnnouncementStatus::Published).and(announcements::escalate_at.le(now)),
        )
        .order(announcements::escalate_at)
        .limit(limit)
        .select((announcements::community_id, announcements::id))
        .load(conn)
        .await?)
}

pub async fn insert_categories(conn: &mut Conn, all: &[Category]) -> Result<()> {
    diesel::insert_into(announcement_categories::table).values(all).execute(conn).await?;
    Ok(())
}

/// All of them by name, those that are archived last; never more than 500.
pub async fn list_categories(conn: &mut Conn, community: CommunityId) -> Result<Vec<Category>> {
    use announcement_categories::dsl;
    Ok(announcement_categories::table
        .filter(dsl::community_id.eq(community))
        .order((dsl::archived_at.is_not_null(), dsl::name))
        .limit(500)
        .select(Category::as_select())
        .load(conn)
        .await?)
}

pub async fn find_category(
    conn: &mut Conn,
    community: CommunityId,
    id: AnnouncementCategoryId,
) -> Result<Option<Category>> {
    use announcement_categories::dsl;
    Ok(announcement_categories::table
        .filter(dsl::community_id.eq(community).and(dsl::id.eq(id)))
        .select(Category::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// Writes a category as it is now to be, under its next version. [`Error::Stale`] if somebody was faster.
pub async fn save_category(conn: &mut Conn, one: &Category) -> Result<()> {
    use announcement_categories::dsl;
    let saved = diesel::update(announcement_categories::table)
        .filter(dsl::community_id.eq(one.community_id).and(dsl::id.eq(one.id)))
        .filter(dsl::version.eq(one.version))
        .set(&Category { version: one.version + 1, ..one.clone() })
        .execute(conn)
        .await?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}
