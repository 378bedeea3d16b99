//! The queue, for those who run the platform.

use chrono::{DateTime, Utc};
use contract_macros::wire;
use domain::job::Kind;
use domain::role::Permission;
use uuid::Uuid;

use crate::endpoint::{Access, Endpoint, Method};
use crate::page::Page;
#[cfg(feature = "server")]
use crate::rules;

const JOBS: Access = Access::Needs(Permission::PlatformJobs);

pub const SHOW: Endpoint<(), JobQueues> =
    Endpoint::new("show_job_queues", Method::Get, "/platform/jobs", JOBS);
/// Query: [`FailedJobQuery`].
pub const LIST_FAILED: Endpoint<(), Page<FailedJob>> =
    Endpoint::new("list_failed_jobs", Method::Get, "/platform/jobs/failed", JOBS);
pub const RETRY: Endpoint<(), FailedJob> =
    Endpoint::new("retry_job", Method::Post, "/platform/jobs/{id}/retry", JOBS);

#[wire(query)]
#[derive(Default)]
pub struct FailedJobQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::cursor"))]
    pub cursor: Option<String>,
    /// 1 to 200, default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::page_size"))]
    pub limit: Option<u16>,
}

#[wire]
pub struct JobQueues {
    /// One for each kind of work of which there is any.
    pub data: Vec<JobQueue>,
}

/// How a kind of work stands.
#[wire]
pub struct JobQueue {
    pub kind: Kind,
    pub waiting: i64,
    pub running: i64,
    /// Of those that wait: tried before.
    pub retrying: i64,
    pub failed: i64,
    /// Since when the oldest has been there.
    pub oldest: Option<DateTime<Utc>>,
}

/// A piece of work that nobody tries any more by itself.
#[wire]
pub struct FailedJob {
    pub id: Uuid,
    pub kind: Kind,
    pub attempts: i32,
    /// Why, in the words of whoever refused it; for those who run the platform only.
    pub reason: Option<String>,
    pub created_at: DateTime<Utc>,
    pub failed_at: Option<DateTime<Utc>>,
}
