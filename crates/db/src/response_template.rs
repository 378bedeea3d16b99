//! Texts that staff answer with again and again.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{CategoryId, CommunityId, ResponseTemplateId};
use domain::response_template::TEMPLATES_MAX;

use crate::schema::response_templates;
use crate::{Conn, Error, Result};

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = response_templates, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub struct ResponseTemplate {
    pub id: ResponseTemplateId,
    pub community_id: CommunityId,
    /// Offered for requests of this category only.
    pub category_id: Option<CategoryId>,
    pub title: String,
    pub body: String,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// By title.
pub async fn list(conn: &mut Conn, community: CommunityId) -> Result<Vec<ResponseTemplate>> {
    Ok(response_templates::table
        .filter(response_templates::community_id.eq(community))
        .order((response_templates::title, response_templates::id))
        .limit(TEMPLATES_MAX)
        .select(ResponseTemplate::as_select())
        .load(conn)
        .await?)
}

/// How many there are: at most [`TEMPLATES_MAX`], but for two who add the last one at once.
pub async fn count(conn: &mut Conn, community: CommunityId) -> Result<i64> {
    Ok(response_templates::table
        .filter(response_templates::community_id.eq(community))
        .count()
        .get_result(conn)
        .await?)
}

pub async fn find(
    conn: &mut Conn,
    community: CommunityId,
    id: ResponseTemplateId,
) -> Result<Option<ResponseTemplate>> {
    Ok(response_templates::table
        .filter(response_templates::community_id.eq(community).and(response_templates::id.eq(id)))
        .select(ResponseTemplate::as_select())
        .first(conn)
        .await
        .optional()?)
}

pub async fn insert_all(conn: &mut Conn, all: &[ResponseTemplate]) -> Result<()> {
    diesel::insert_into(response_templates::table).values(all).execute(conn).await?;
    Ok(())
}

/// Writes a template as it is now to be, under its next version. [`Error::Stale`] if somebody was faster.
pub async fn save(conn: &mut Conn, template: &ResponseTemplate, now: DateTime<Utc>) -> Result<()> {
    let next = ResponseTemplate { version: template.version + 1, updated_at: now, ..template.clone() };
    let saved = diesel::update(response_templates::table)
        .filter(response_templates::community_id.eq(template.community_id))
        .filter(response_templates::id.eq(template.id).and(response_templates::version.eq(template.version)))
        .set(&next)
        .execute(conn)
        .await?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// [`Error::Stale`] if it is no longer as it was.
pub async fn delete(conn: &mut Conn, template: &ResponseTemplate) -> Result<()> {
    let deleted = diesel::delete(response_templates::table)
        .filter(response_templates::community_id.eq(template.community_id))
        .filter(response_templates::id.eq(template.id).and(response_templates::version.eq(template.version)))
        .execute(conn)
        .await?;
    if deleted == 1 { Ok(()) } else { Err(Error::Stale) }
}
