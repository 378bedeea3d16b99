//! Communities.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::community::{CommunityKind, Settings};
use domain::id::CommunityId;
use domain::rule;

use crate::schema::{communities, members, service_requests, units, zones};
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = communities, check_for_backend(diesel::pg::Pg))]
pub struct Community {
    pub id: CommunityId,
    pub slug: String,
    pub name: String,
    pub kind: CommunityKind,
    pub time_zone: String,
    pub currency: String,
    pub locale: String,
    pub request_prefix: String,
    pub settings: serde_json::Value,
    pub created_at: DateTime<Utc>,
}

impl Community {
    /// What the community decided for itself; defaults where it said nothing.
    pub fn settings(&self) -> Settings {
        serde_json::from_value(self.settings.clone()).unwrap_or_default()
    }
}

/// A second community with the same slug is [`crate::Error::Conflict`] on `communities_slug_key`.
pub async fn insert(conn: &mut Conn, community: &Community) -> Result<()> {
    diesel::insert_into(communities::table).values(community).execute(conn).await?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: CommunityId) -> Result<Community> {
    Ok(communities::table.find(id).select(Community::as_select()).first(conn).await?)
}

/// Locks a community, so that changes of what it decides take turns.
pub async fn lock(conn: &mut Conn, id: CommunityId) -> Result<Community> {
    Ok(communities::table.find(id).for_no_key_update().select(Community::as_select()).first(conn).await?)
}

pub async fn set_settings(conn: &mut Conn, id: CommunityId, settings: &Settings) -> Result<()> {
    let settings = serde_json::to_value(settings).unwrap_or_default();
    diesel::update(communities::table.find(id)).set(communities::settings.eq(settings)).execute(conn).await?;
    Ok(())
}

/// None also for what can be no slug, of which the database need not hear.
pub async fn find_by_slug(conn: &mut Conn, slug: &str) -> Result<Option<Community>> {
    if rule::slug(slug).is_err() {
        return Ok(None);
    }
    Ok(communities::table
        .filter(communities::slug.eq(slug))
        .select(Community::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// The ids of all communities after one, in order.
pub async fn ids_after(conn: &mut Conn, after: Option<CommunityId>, limit: i64) -> Result<Vec<CommunityId>> {
    let after = after.unwrap_or(CommunityId(uuid::Uuid::nil()));
    Ok(communities::table
        .filter(communities::id.gt(after))
        .order(communities::id)
        .limit(limit)
        .select(communities::id)
        .load(conn)
        .await?)
}

pub async fn has_zones(conn: &mut Conn, community: CommunityId) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(zones::table.filter(zones::community_id.eq(community))))
        .get_result(conn)
        .await?)
}

/// A community in the operator's list: figures, no people.
#[derive(Debug, Clone)]
pub struct Overview {
    pub community: Community,
    pub members: i64,
    pub units: i64,
    pub requests: i64,
}

/// By slug, after the slug `after`.
pub async fn list(conn: &mut Conn, after: Option<&str>, limit: i64) -> Result<Vec<Overview>> {
    type Row = (Community, Option<i64>, Option<i64>, Option<i64>);
    let rows: Vec<Row> = communities::table
        .filter(communities::slug.gt(after.unwrap_or_default().to_owned()))
        .order(communities::slug)
        .limit(limit)
        .select((
            Community::as_select(),
            members::table.filter(members::community_id.eq(communities::id)).count().single_value(),
            units::table.filter(units::community_id.eq(communities::id)).count().single_value(),
            service_requests::table
                .filter(service_requests::community_id.eq(communities::id))
                .count()
                .single_value(),
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(community, members, units, requests)| Overview {
            community,
            members: members.unwrap_or(0),
            units: units.unwrap_or(0),
            requests: requests.unwrap_or(0),
        })
        .collect())
}
