//! What requests are about.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::{CategoryId, CommunityId};
use domain::service_request::Priority;

use crate::schema::categories;
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = categories, check_for_backend(diesel::pg::Pg))]
pub struct Category {
    pub id: CategoryId,
    pub community_id: CommunityId,
    pub parent_id: Option<CategoryId>,
    pub code: String,
    pub name: String,
    pub icon: String,
    pub default_priority: Priority,
    pub target_hours: i32,
    pub evidence_required: bool,
    pub position: i32,
}

pub async fn insert_all(conn: &mut Conn, all: &[Category]) -> Result<()> {
    diesel::insert_into(categories::table).values(all).execute(conn).await?;
    Ok(())
}

pub async fn list(conn: &mut Conn, community: CommunityId) -> Result<Vec<Category>> {
    Ok(categories::table
        .filter(categories::community_id.eq(community))
        .order((categories::position, categories::name))
        .limit(500)
        .select(Category::as_select())
        .load(conn)
        .await?)
}

pub async fn find(conn: &mut Conn, community: CommunityId, id: CategoryId) -> Result<Option<Category>> {
    Ok(categories::table
        .filter(categories::community_id.eq(community).and(categories::id.eq(id)))
        .select(Category::as_select())
        .first(conn)
        .await
        .optional()?)
}
