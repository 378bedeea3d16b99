//! What a category asked and demands of one request: the answers to its questions, and its checklist.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{ChecklistItemId, CommunityId, MemberId, ServiceRequestId};
use domain::question::Answered;
use uuid::Uuid;

use crate::schema::{checklist_items, request_answers};
use crate::{Conn, Error, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = checklist_items, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub struct Item {
    pub id: ChecklistItemId,
    pub community_id: CommunityId,
    pub request_id: ServiceRequestId,
    pub position: i32,
    pub text: String,
    pub done_at: Option<DateTime<Utc>>,
    pub done_by: Option<MemberId>,
    /// Kept beside the id, so that a person can be erased without touching it.
    pub done_by_name: Option<String>,
    pub version: i32,
}

/// In their order.
pub async fn list(conn: &mut Conn, community: CommunityId, request: ServiceRequestId) -> Result<Vec<Item>> {
    Ok(checklist_items::table
        .filter(checklist_items::community_id.eq(community).and(checklist_items::request_id.eq(request)))
        .order(checklist_items::position)
        .limit(200)
        .select(Item::as_select())
        .load(conn)
        .await?)
}

/// Whether nothing on a request's checklist is left to do.
pub async fn is_finished(conn: &mut Conn, community: CommunityId, request: ServiceRequestId) -> Result<bool> {
    let open = checklist_items::table
        .filter(checklist_items::community_id.eq(community).and(checklist_items::request_id.eq(request)))
        .filter(checklist_items::done_at.is_null());
    Ok(!diesel::select(diesel::dsl::exists(open)).get_result::<bool>(conn).await?)
}

/// Gives a request these items instead of those that it has.
pub async fn replace(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
    texts: Vec<String>,
) -> Result<()> {
    diesel::delete(checklist_items::table)
        .filter(checklist_items::community_id.eq(community).and(checklist_items::request_id.eq(request)))
        .execute(conn)
        .await?;
    let items: Vec<Item> = (0..)
        .zip(texts)
        .map(|(position, text)| Item {
            id: ChecklistItemId(Uuid::now_v7()),
            community_id: community,
            request_id: request,
            position,
            text,
            done_at: None,
            done_by: None,
            done_by_name: None,
            version: 1,
        })
        .collect();
    insert_all(conn, &items).await
}

pub async fn insert_all(conn: &mut Conn, items: &[Item]) -> Result<()> {
    for some in items.chunks(1000) {
        diesel::insert_into(checklist_items::table).values(some).execute(conn).await?;
    }
    Ok(())
}

/// Writes an item as it is now to be, under its next version. [`Error::Stale`] if somebody was faster.
pub async fn save(conn: &mut Conn, item: &Item) -> Result<()> {
    let next = Item { version: item.version + 1, ..item.clone() };
    let saved = diesel::update(checklist_items::table)
        .filter(checklist_items::community_id.eq(item.community_id).and(checklist_items::id.eq(item.id)))
        .filter(checklist_items::version.eq(item.version))
        .set(&next)
        .execute(conn)
        .await?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Keeps what a reporter answered, with the questions as they were asked.
pub async fn insert_answers(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
    answers: &[Answered],
) -> Result<()> {
    if answers.is_empty() {
        return Ok(());
    }
    diesel::insert_into(request_answers::table)
        .values((
            request_answers::community_id.eq(community),
            request_answers::request_id.eq(request),
            request_answers::answers.eq(serde_json::json!(answers)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn answers(
    conn: &mut Conn,
    community: CommunityId,
    request: ServiceRequestId,
) -> Result<Vec<Answered>> {
    let found: Option<serde_json::Value> = request_answers::table
        .filter(request_answers::community_id.eq(community).and(request_answers::request_id.eq(request)))
        .select(request_answers::answers)
        .first(conn)
        .await
        .optional()?;
    Ok(found.and_then(|answers| serde_json::from_value(answers).ok()).unwrap_or_default())
}
