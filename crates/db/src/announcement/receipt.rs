//! Who has read an announcement, and what is counted of that.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use domain::announcement::{ACKNOWLEDGED_TARGET, READ_TARGET, ReadBy, ReceiptState};
use domain::id::{AnnouncementId, CommunityId, MemberId, UnitId, ZoneId};

use super::{Announcement, Counts};
use crate::audience::Taken;
use crate::schema::{announcement_counts, announcement_recipients, members, units};
use crate::{Conn, Result};

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

/// Which of these have read it.
pub async fn read_among(
    conn: &mut Conn,
    community: CommunityId,
    id: AnnouncementId,
    members: &[MemberId],
) -> Result<HashSet<MemberId>> {
    use announcement_recipients::dsl;
    let read: Vec<MemberId> = announcement_recipients::table
        .filter(dsl::community_id.eq(community).and(dsl::announcement_id.eq(id)))
        .filter(dsl::member_id.eq_any(members).and(dsl::read_at.is_not_null()))
        .select(dsl::member_id)
        .load(conn)
        .await?;
    Ok(read.into_iter().collect())
}

/// Whether somebody was told and has not read it, or not confirmed it where that is asked.
pub async fn is_silent(conn: &mut Conn, announcement: &Announcement, member: MemberId) -> Result<bool> {
    use announcement_recipients::dsl;
    let row = announcement_recipients::table
        .find((announcement.community_id, announcement.id, member))
        .select((dsl::read_at, dsl::acknowledged_at))
        .first::<(Option<DateTime<Utc>>, Option<DateTime<Utc>>)>(conn)
        .await
        .optional()?;
    Ok(row.is_some_and(|(read, confirmed)| match announcement.acknowledgement {
        true => confirmed.is_none(),
        false => read.is_none(),
    }))
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
