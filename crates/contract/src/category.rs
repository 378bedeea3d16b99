//! Keeping the catalogue of what requests can be about. The list itself is [`crate::community::CATEGORIES`].

use contract_macros::wire;
use domain::category::{CategoryAction, Hue};
use domain::id::CategoryId;
use domain::question::Question;
use domain::role::Permission;
use domain::service_request::{Priority, RequestVisibility};

use crate::community::Category;
use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

pub const SHOW: Endpoint<(), Category> = Endpoint::new(
    "show_category",
    Method::Get,
    "/communities/{community}/categories/{id}",
    Access::Needs(Permission::RequestsReport),
);
pub const CREATE: Endpoint<NewCategory, Category> = Endpoint::new(
    "create_category",
    Method::Post,
    "/communities/{community}/categories",
    Access::Needs(Permission::CategoriesManage),
);
pub const UPDATE: Endpoint<UpdateCategory, Category> = Endpoint::new(
    "update_category",
    Method::Patch,
    "/communities/{community}/categories/{id}",
    Access::Needs(Permission::CategoriesManage),
)
.versioned();
/// The categories of one level in the order that they shall have.
pub const ORDER: Endpoint<OrderCategories, Page<Category>> = Endpoint::new(
    "order_categories",
    Method::Post,
    "/communities/{community}/categories/order",
    Access::Needs(Permission::CategoriesManage),
);
pub const ACT: Endpoint<ActOnCategory, Category> = Endpoint::new(
    "act_on_category",
    Method::Post,
    "/communities/{community}/categories/{id}/actions",
    Access::Needs(Permission::CategoriesManage),
);

#[wire(query)]
#[derive(Default)]
pub struct CategoryQuery {
    /// With those that are archived, for whoever keeps the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
}

/// What is left out is as in a category that decides nothing.
#[wire(input)]
pub struct NewCategory {
    /// Default: made out of the name. Never changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::code"))]
    #[schema(example = "street-lamps")]
    pub code: Option<String>,
    /// A category of the first level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CategoryId>,
    #[validate(custom(function = "rules::name"))]
    #[schema(example = "Street lamps")]
    pub name: String,
    /// Name of a line icon, such as `lamp`.
    #[validate(custom(function = "rules::icon"))]
    #[schema(example = "lamp")]
    pub icon: String,
    pub color: Hue,
    pub default_priority: Priority,
    /// Hours until it should be resolved.
    #[validate(custom(function = "rules::target_hours"))]
    #[schema(example = 72)]
    pub target_hours: i32,
}

/// What is left out stays as it is.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateCategory {
    /// A category of the first level, or null for the first level itself.
    pub parent_id: Option<Option<CategoryId>>,
    #[validate(custom(function = "rules::name"))]
    #[schema(example = "Street lamps")]
    pub name: Option<String>,
    #[validate(custom(function = "rules::category_description"))]
    pub description: Option<String>,
    /// Name of a line icon, such as `lamp`.
    #[validate(custom(function = "rules::icon"))]
    #[schema(example = "lamp")]
    pub icon: Option<String>,
    pub color: Option<Hue>,
    pub default_priority: Option<Priority>,
    pub priority_min: Option<Priority>,
    pub priority_max: Option<Priority>,
    #[validate(custom(function = "rules::target_hours"))]
    pub target_hours: Option<i32>,
    pub evidence_required: Option<bool>,
    pub checklist_required: Option<bool>,
    /// The whole list, in its order.
    #[validate(custom(function = "rules::checklist"))]
    pub checklist: Option<Vec<String>>,
    /// All questions, in their order. Requests keep the questions that they were asked.
    #[validate(custom(function = "rules::questions"))]
    pub questions: Option<Vec<Question>>,
    pub auto_triage: Option<bool>,
    pub building_fabric: Option<bool>,
    pub anonymous_allowed: Option<bool>,
    pub default_visibility: Option<RequestVisibility>,
    #[validate(custom(function = "rules::skill_codes"))]
    pub required_skills: Option<Vec<String>>,
    #[validate(custom(function = "rules::radius_m"))]
    pub duplicate_radius_m: Option<i32>,
    #[validate(custom(function = "rules::window_days"))]
    pub duplicate_window_days: Option<i32>,
}

#[wire(input)]
pub struct OrderCategories {
    /// All categories of one level, those that are archived too: of the first, or all under one.
    #[validate(custom(function = "rules::category_ids"))]
    pub ids: Vec<CategoryId>,
}

#[wire(input)]
pub struct ActOnCategory {
    pub action: CategoryAction,
}
