//! What requests are about.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::category::{DUPLICATE_WINDOW_DAYS, Hue, Starter};
use domain::id::{CategoryId, CommunityId};
use domain::service_request::{Priority, RequestVisibility};
use serde_json::json;

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
    pub questions: serde_json::Value,
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
