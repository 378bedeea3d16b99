//! Texts that staff answer with again and again.

use contract_macros::wire;
use domain::id::{CategoryId, ResponseTemplateId};
use domain::role::Permission;

use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

pub const LIST: Endpoint<(), Page<ResponseTemplate>> = Endpoint::new(
    "list_response_templates",
    Method::Get,
    "/communities/{community}/response-templates",
    Access::Needs(Permission::RequestsViewInternal),
);
pub const CREATE: Endpoint<NewResponseTemplate, ResponseTemplate> = Endpoint::new(
    "create_response_template",
    Method::Post,
    "/communities/{community}/response-templates",
    Access::Needs(Permission::CategoriesManage),
);
pub const UPDATE: Endpoint<UpdateResponseTemplate, ResponseTemplate> = Endpoint::new(
    "update_response_template",
    Method::Patch,
    "/communities/{community}/response-templates/{id}",
    Access::Needs(Permission::CategoriesManage),
)
.versioned();
pub const DELETE: Endpoint<(), ()> = Endpoint::new(
    "delete_response_template",
    Method::Delete,
    "/communities/{community}/response-templates/{id}",
    Access::Needs(Permission::CategoriesManage),
)
.versioned();
/// Those that fit a request, filled in.
pub const FILLED: Endpoint<(), Page<FilledTemplate>> = Endpoint::new(
    "fill_response_templates",
    Method::Get,
    "/communities/{community}/service-requests/{id}/response-templates",
    Access::Needs(Permission::RequestsViewInternal),
);

#[wire]
pub struct ResponseTemplate {
    pub id: ResponseTemplateId,
    /// Offered for requests of this category only.
    pub category_id: Option<CategoryId>,
    pub title: String,
    /// With `{reporter}`, `{number}`, `{title}`, `{assignee}` and `{due}` where something is filled in.
    pub body: String,
    pub version: i32,
}

#[wire(input)]
pub struct NewResponseTemplate {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category_id: Option<CategoryId>,
    #[validate(custom(function = "rules::template_title"))]
    #[schema(example = "On our way")]
    pub title: String,
    #[validate(custom(function = "rules::template_body"))]
    #[schema(example = "Dear {reporter}, {assignee} is on the way to you.")]
    pub body: String,
}

/// What is left out stays as it is.
#[wire(patch)]
#[derive(Default)]
pub struct UpdateResponseTemplate {
    /// Null offers it for requests of every category.
    pub category_id: Option<Option<CategoryId>>,
    #[validate(custom(function = "rules::template_title"))]
    pub title: Option<String>,
    #[validate(custom(function = "rules::template_body"))]
    pub body: Option<String>,
}

/// A template with everything filled in for one request.
#[wire]
pub struct FilledTemplate {
    pub id: ResponseTemplateId,
    pub title: String,
    pub text: String,
}
