//! Writing requests: new ones under their numbers, and what actions and people change of them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{CommunityId, MemberId, ServiceRequestId, UnitId};
use domain::service_request::decide::Progress;
use domain::service_request::{RequestChannel, RequestVisibility, Urgency, number};

use super::{Columns, Handling, ServiceRequest};
use crate::schema::{request_counters, request_ratings, service_requests};
use crate::{Conn, Error, Result};

/// A request that is about to be stored; it gets its number from [`insert`].
#[derive(Debug, Clone)]
pub struct New {
    pub id: ServiceRequestId,
    pub community_id: CommunityId,
    pub title: String,
    pub description: String,
    pub progress: Progress,
    pub urgency: Urgency,
    pub unit_id: Option<UnitId>,
    pub lng: Option<f64>,
    pub lat: Option<f64>,
    pub address_hint: String,
    pub reporter_id: Option<MemberId>,
    pub beneficiary_id: Option<MemberId>,
    pub channel: RequestChannel,
    pub visibility: RequestVisibility,
    pub personal: bool,
    pub name_hidden: bool,
    pub handling: Handling,
    /// Of a report by somebody without an account: what its secret is recognised by.
    pub secret_digest: Option<Vec<u8>>,
    pub photos: i32,
    pub due_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = service_requests)]
struct Row<'a> {
    id: ServiceRequestId,
    community_id: CommunityId,
    number: String,
    year: i32,
    sequence: i32,
    title: &'a str,
    description: &'a str,
    urgency: Urgency,
    unit_id: Option<UnitId>,
    lng: Option<f64>,
    lat: Option<f64>,
    address_hint: &'a str,
    reporter_id: Option<MemberId>,
    beneficiary_id: Option<MemberId>,
    channel: RequestChannel,
    visibility: RequestVisibility,
    personal: bool,
    name_hidden: bool,
    secret_digest: Option<&'a [u8]>,
    photos: i32,
    due_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    #[diesel(embed)]
    handling: Handling,
    #[diesel(embed)]
    columns: Columns,
}

fn row<'a>(new: &'a New, prefix: &str, year: i32, sequence: i32, updated_at: DateTime<Utc>) -> Row<'a> {
    Row {
        id: new.id,
        community_id: new.community_id,
        number: number::format(prefix, year, sequence),
        year,
        sequence,
        title: &new.title,
        description: &new.description,
        urgency: new.urgency,
        unit_id: new.unit_id,
        lng: new.lng,
        lat: new.lat,
        address_hint: &new.address_hint,
        reporter_id: new.reporter_id,
        beneficiary_id: new.beneficiary_id,
        channel: new.channel,
        visibility: new.visibility,
        personal: new.personal,
        name_hidden: new.name_hidden,
        secret_digest: new.secret_digest.as_deref(),
        photos: new.photos,
        due_at: new.due_at,
        created_at: new.created_at,
        updated_at,
        handling: new.handling.clone(),
        columns: Columns::from(&new.progress),
    }
}

/// Stores a request under the next number of its community's year. Call it last in the transaction: it holds the
/// counter's lock until the commit.
pub async fn insert(conn: &mut Conn, new: &New, prefix: &str, year: i32) -> Result<String> {
    let sequence = take_numbers(conn, new.community_id, year, 1).await?;
    let row = row(new, prefix, year, sequence, new.created_at);
    let number = row.number.clone();
    diesel::insert_into(service_requests::table).values(row).execute(conn).await?;
    Ok(number)
}

/// Stores many finished stories at once, each with the instant of its last change, in the order given. All of one
/// year of one community. For demo data and imports.
pub async fn insert_history(
    conn: &mut Conn,
    community: CommunityId,
    all: &[(New, DateTime<Utc>)],
    prefix: &str,
    year: i32,
) -> Result<()> {
    let count = i32::try_from(all.len()).map_err(|_| Error::Conflict("too many at once".into()))?;
    let first = take_numbers(conn, community, year, count).await?;
    let rows: Vec<Row> = (first..)
        .zip(all)
        .map(|(sequence, (new, updated_at))| row(new, prefix, year, sequence, *updated_at))
        .collect();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<Row> = rows.by_ref().take(500).collect();
        diesel::insert_into(service_requests::table).values(some).execute(conn).await?;
    }
    Ok(())
}

/// Takes the next `count` numbers of a year; answers the first. Locks the counter until the commit.
async fn take_numbers(conn: &mut Conn, community: CommunityId, year: i32, count: i32) -> Result<i32> {
    let last: i32 = diesel::insert_into(request_counters::table)
        .values((
            request_counters::community_id.eq(community),
            request_counters::year.eq(year),
            request_counters::last_sequence.eq(count),
        ))
        .on_conflict((request_counters::community_id, request_counters::year))
        .do_update()
        .set(request_counters::last_sequence.eq(request_counters::last_sequence + count))
        .returning(request_counters::last_sequence)
        .get_result(conn)
        .await?;
    Ok(last - count + 1)
}

/// What actions change besides the request's progress.
#[derive(Debug, Clone, AsChangeset)]
#[diesel(table_name = service_requests)]
pub struct Besides {
    pub due_at: DateTime<Utc>,
    pub visibility: RequestVisibility,
    /// None leaves it.
    pub resolution_note: Option<String>,
}

/// Writes what an action made of a request. Guarded by the version that the decision was made on:
/// [`Error::Stale`] if somebody was faster, whatever lock was taken or forgotten.
pub async fn advance(
    conn: &mut Conn,
    community: CommunityId,
    before: &ServiceRequest,
    progress: &Progress,
    besides: &Besides,
    new_photos: i32,
    at: DateTime<Utc>,
) -> Result<()> {
    use service_requests::dsl;
    let target = service_requests::table.filter(
        dsl::community_id.eq(community).and(dsl::id.eq(before.id)).and(dsl::version.eq(before.version)),
    );
    let changed = diesel::update(target)
        .set((
            Columns::from(progress),
            besides,
            dsl::photos.eq(dsl::photos + new_photos),
            dsl::version.eq(dsl::version + 1),
            dsl::updated_at.eq(at),
        ))
        .execute(conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What people write about a request without moving it along. None of an outer option leaves the field as it is.
#[derive(Debug, Clone, Default, AsChangeset)]
#[diesel(table_name = service_requests)]
pub struct Edit {
    pub title: Option<String>,
    pub description: Option<String>,
    pub tags: Option<Vec<String>>,
    pub estimated_cost: Option<Option<i64>>,
    pub actual_cost: Option<Option<i64>>,
}

/// Guarded like [`advance`].
pub async fn edit(
    conn: &mut Conn,
    community: CommunityId,
    before: &ServiceRequest,
    edit: &Edit,
    new_photos: i32,
    at: DateTime<Utc>,
) -> Result<()> {
    use service_requests::dsl;
    let target = service_requests::table.filter(
        dsl::community_id.eq(community).and(dsl::id.eq(before.id)).and(dsl::version.eq(before.version)),
    );
    let changed = diesel::update(target)
        .set((
            edit,
            dsl::photos.eq(dsl::photos + new_photos),
            dsl::version.eq(dsl::version + 1),
            dsl::updated_at.eq(at),
        ))
        .execute(conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What was said about a request changes it too: it comes up in lists of what is new, and may be the first response.
pub async fn touch(
    conn: &mut Conn,
    before: &ServiceRequest,
    first_response_at: Option<DateTime<Utc>>,
    more_photos: i32,
    at: DateTime<Utc>,
) -> Result<()> {
    use service_requests::dsl;
    let target = service_requests::table
        .filter(dsl::community_id.eq(before.community_id).and(dsl::id.eq(before.id)))
        .filter(dsl::version.eq(before.version));
    let changed = diesel::update(target)
        .set((
            dsl::first_response_at.eq(first_response_at),
            dsl::photos.eq(dsl::photos + more_photos),
            dsl::version.eq(dsl::version + 1),
            dsl::updated_at.eq(at),
        ))
        .execute(conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

#[derive(Debug, Clone, Copy, Insertable)]
#[diesel(table_name = request_ratings)]
pub struct Rating {
    pub community_id: CommunityId,
    pub request_id: ServiceRequestId,
    /// None for whoever holds the secret link of a report.
    pub rater_id: Option<MemberId>,
    pub stars: i16,
    pub created_at: DateTime<Utc>,
}

/// One rating a person; giving it again replaces it.
pub async fn rate(conn: &mut Conn, ratings: &[Rating]) -> Result<()> {
    for rating in ratings {
        diesel::insert_into(request_ratings::table)
            .values(rating)
            .on_conflict((
                request_ratings::community_id,
                request_ratings::request_id,
                request_ratings::rater_id,
            ))
            .do_update()
            .set((request_ratings::stars.eq(rating.stars), request_ratings::created_at.eq(rating.created_at)))
            .execute(conn)
            .await?;
    }
    Ok(())
}

pub async fn find_rating(
    conn: &mut Conn,
    community: CommunityId,
    id: ServiceRequestId,
) -> Result<Option<i16>> {
    Ok(request_ratings::table
        .filter(request_ratings::community_id.eq(community).and(request_ratings::request_id.eq(id)))
        .order(request_ratings::created_at.desc())
        .select(request_ratings::stars)
        .first(conn)
        .await
        .optional()?)
}
