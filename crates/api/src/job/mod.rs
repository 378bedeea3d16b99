//! The queue, for those who run the platform.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use contract::job::{FailedJob, FailedJobQuery, JobQueue, JobQueues};
use contract::page::Page;
use db::job::{Row, Standing};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::app::App;
use crate::http::error::Result;
use crate::http::input::Query;
use crate::http::page;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_job_queues).service(list_failed_jobs).service(retry_job);
}

/// Show the queues
///
/// How much of each kind of work waits, runs or has failed.
#[utoipa::path(tag = "platform", responses((status = OK, body = JobQueues)))]
#[get("/platform/jobs")]
async fn show_job_queues(app: Data<App>) -> Result<HttpResponse> {
    let rows = db::job::standing(&mut *app.db.conn().await?, app.now()).await?;
    let view = |row: Standing| {
        let Standing { kind, waiting, running, retrying, failed, oldest } = row;
        JobQueue { kind, waiting, running, retrying, failed, oldest }
    };
    Ok(HttpResponse::Ok().json(JobQueues { data: rows.into_iter().map(view).collect() }))
}

/// List failed jobs
///
/// What nobody tries any more by itself, the latest first.
#[utoipa::path(tag = "platform", params(FailedJobQuery), responses((status = OK, body = Page<FailedJob>)))]
#[get("/platform/jobs/failed")]
async fn list_failed_jobs(
    app: Data<App>,
    request: HttpRequest,
    query: Query<FailedJobQuery>,
) -> Result<HttpResponse> {
    let limit = page::limit(query.0.limit);
    let after = page::newest(query.0.cursor.as_deref())?;
    let rows = db::job::list_failed(&mut *app.db.conn().await?, after, limit + 1).await?;
    let key = |row: &Row| (row.failed_at.unwrap_or(row.created_at), row.id);
    Ok(page::answer(&request, &page::page(rows, limit, key, view)))
}

/// Try a failed job again
///
/// It is queued anew, with all its tries before it.
#[utoipa::path(
    tag = "platform",
    params(("id" = Uuid, Path, description = "The job")),
    responses((status = OK, body = FailedJob))
)]
#[post("/platform/jobs/{id}/retry")]
async fn retry_job(app: Data<App>, id: Path<Uuid>) -> Result<HttpResponse> {
    let now = app.now();
    let row = db::job::retry(&mut *app.db.conn().await?, id.into_inner(), now).await?;
    app.jobs_bell.notify_waiters();
    Ok(HttpResponse::Ok().json(view(row)))
}

fn view(row: Row) -> FailedJob {
    let Row { id, kind, args: _, created_at, attempts, failed_at, last_error } = row;
    FailedJob { id, kind, attempts, reason: last_error, created_at, failed_at }
}
