//! Announcements: their life, and who finds which of them.

mod receipt;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use domain::announcement::{AnnouncementStatus, AnnouncementView};
use domain::audience::{AudienceTie, MemberFilter};
use domain::category::Hue;
use domain::id::{AnnouncementCategoryId, AnnouncementId, CommunityId, MemberId, UnitId, ZoneId};
use domain::role::Role;
use serde::{Deserialize, Serialize};

use crate::audience::Named;
use crate::schema::{
    announcement_categories, announcement_counts, announcement_recipients, announcement_versions,
    announcements,
};
use crate::{Conn, Error, Result};

pub use receipt::{
    Among, By, Hour, Overall, Part, Receipt, Recipient, add, add_recipients, count_read_by_mail,
    count_silent, is_silent, over_time, overall, parts, read_among, receive, recipients, silent,
};

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
#[derive(Debug, Clone)]
pub struct Listed {
    pub announcement: Announcement,
    pub category: Category,
    pub counts: Counts,
    /// Of whoever asks; none where it was not told to them.
    pub receipt: Option<Received>,
    /// Whether it is out and for them, told or not; never for whoever wrote it.
    pub is_for_them: bool,
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
    // What one has read, or has not, is what is for one.
    let reader = Reader { publishes: reader.publishes && filter.read.is_none(), ..reader };
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
    let mut rows = load(conn, community, reader, &ids).await?;
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
        Some(id) => Ok(load(conn, community, reader, &[id]).await?.pop()),
        None => Ok(None),
    }
}

async fn load(
    conn: &mut Conn,
    community: CommunityId,
    reader: Reader,
    ids: &[AnnouncementId],
) -> Result<Vec<Listed>> {
    let theirs: Vec<AnnouncementId> = visible(community, Reader { publishes: false, ..reader })
        .filter(announcements::id.eq_any(ids).and(announcements::author_id.ne(reader.member)))
        .select(announcements::id)
        .load(conn)
        .await?;
    let rows: Vec<(Announcement, Category, Counts, Option<Received>)> = announcements::table
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
                .and(announcement_recipients::member_id.eq(reader.member))),
        )
        .filter(announcements::community_id.eq(community).and(announcements::id.eq_any(ids)))
        .select((
            Announcement::as_select(),
            Category::as_select(),
            Counts::as_select(),
            Option::<Received>::as_select(),
        ))
        .load(conn)
        .await?;
    let listed = |(announcement, category, counts, receipt): (Announcement, _, _, _)| Listed {
        is_for_them: theirs.contains(&announcement.id),
        announcement,
        category,
        counts,
        receipt,
    };
    Ok(rows.into_iter().map(listed).collect())
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
