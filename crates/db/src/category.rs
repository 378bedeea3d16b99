//! What requests are about.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::category::{DUPLICATE_WINDOW_DAYS, Hue, Starter};
use domain::id::{CategoryId, CommunityId};
use domain::question::Question;
use domain::service_request::{Priority, RequestVisibility};
use serde_json::json;

use crate::schema::{categories, communities};
use crate::{Conn, Error, Result};

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = categories, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
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
    pub color: Hue,
    pub description: String,
    /// The priorities that a report may have: P1 is the least.
    pub priority_min: Priority,
    pub priority_max: Priority,
    /// The clock takes reports up; nobody needs to look at them first.
    pub auto_triage: bool,
    /// About the building itself: owners who live elsewhere see it.
    pub building_fabric: bool,
    pub anonymous_allowed: bool,
    /// Who sees what is reported, once it is triaged.
    pub default_visibility: RequestVisibility,
    /// See [`Category::skills`].
    pub required_skills: Vec<String>,
    /// The work counts as done only when the checklist is finished.
    pub checklist_required: bool,
    /// 0 looks for none.
    pub duplicate_radius_m: i32,
    pub duplicate_window_days: i32,
    /// See [`Category::questions`].
    pub questions: serde_json::Value,
    /// See [`Category::checklist`].
    pub checklist: serde_json::Value,
    /// Since when nothing new can be about it.
    pub archived_at: Option<DateTime<Utc>>,
    pub version: i32,
}

impl Category {
    /// A category of the starter catalogue.
    pub fn starting(id: CategoryId, community_id: CommunityId, starter: &Starter, position: i32) -> Self {
        let (priority_min, priority_max) = starter.range();
        Self {
            id,
            community_id,
            parent_id: None,
            code: starter.code.into(),
            name: starter.name.into(),
            icon: starter.icon.into(),
            default_priority: starter.priority,
            target_hours: starter.hours.into(),
            evidence_required: starter.evidence,
            position,
            color: starter.color,
            description: String::new(),
            priority_min,
            priority_max,
            auto_triage: false,
            building_fabric: starter.fabric,
            anonymous_allowed: starter.anonymous,
            default_visibility: starter.visibility,
            required_skills: Vec::new(),
            checklist_required: false,
            duplicate_radius_m: starter.radius_m.into(),
            duplicate_window_days: DUPLICATE_WINDOW_DAYS.into(),
            questions: json!([]),
            checklist: json!([]),
            archived_at: None,
            version: 1,
        }
    }

    pub fn questions(&self) -> Vec<Question> {
        serde_json::from_value(self.questions.clone()).unwrap_or_default()
    }

    pub fn checklist(&self) -> Vec<String> {
        serde_json::from_value(self.checklist.clone()).unwrap_or_default()
    }

    /// The codes of the skills of which a professional needs one: its own code, unless others were named.
    pub fn skills(&self) -> Vec<String> {
        match self.required_skills.as_slice() {
            [] => vec![self.code.clone()],
            named => named.to_vec(),
        }
    }
}

pub async fn insert_all(conn: &mut Conn, all: &[Category]) -> Result<()> {
    diesel::insert_into(categories::table).values(all).execute(conn).await?;
    Ok(())
}

/// All of them in their order, those that are archived too.
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

/// All categories of a community, of which nobody else changes one until the transaction ends: how they hang together and
/// follow each other is about them all.
pub async fn lock_all(conn: &mut Conn, community: CommunityId) -> Result<Vec<Category>> {
    // The community's own row is what holds back those who would add one.
    communities::table
        .find(community)
        .for_no_key_update()
        .select(communities::id)
        .first::<CommunityId>(conn)
        .await?;
    list(conn, community).await
}

/// Writes a category as it is now to be, under its next version. [`Error::Stale`] if somebody was faster.
pub async fn save(conn: &mut Conn, category: &Category) -> Result<()> {
    let next = Category { version: category.version + 1, ..category.clone() };
    let saved = diesel::update(categories::table)
        .filter(categories::community_id.eq(category.community_id).and(categories::id.eq(category.id)))
        .filter(categories::version.eq(category.version))
        .set(&next)
        .execute(conn)
        .await?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Where a category stands among those of its level. Not a new version: nothing of what it says is another.
pub async fn place(conn: &mut Conn, community: CommunityId, id: CategoryId, position: i32) -> Result<()> {
    diesel::update(categories::table)
        .filter(categories::community_id.eq(community).and(categories::id.eq(id)))
        .set(categories::position.eq(position))
        .execute(conn)
        .await?;
    Ok(())
}

/// Those about the building itself.
pub async fn of_fabric(conn: &mut Conn, community: CommunityId) -> Result<Vec<CategoryId>> {
    Ok(categories::table
        .filter(categories::community_id.eq(community).and(categories::building_fabric))
        .limit(500)
        .select(categories::id)
        .load(conn)
        .await?)
}
