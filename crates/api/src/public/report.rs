//! `POST /public/{community}/reports`.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use contract::problem::Code;
use contract::public::{NewReport, ReportReceipt};
use db::Conn;
use db::community::Community;
use domain::id::ServiceRequestId;
use domain::rule;
use domain::service_request::RequestChannel;
use uuid::Uuid;

use super::open;
use crate::app::App;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Body;
use crate::http::peer::client_address;
use crate::service_request::report::{Source, Told, asked, store};
use crate::session::{throttle, token};

/// Report without an account
///
/// Answers the number of the report, and the secret with which it is followed: nobody can tell it again. Send an
/// `Idempotency-Key`, and a lost answer can be asked for once more. Ten reports from one network address are free, then each
/// has to wait.
#[utoipa::path(tag = "public", request_body = NewReport,
    params(("community" = String, Path, description = "Slug")),
    responses((status = CREATED, body = ReportReceipt)))]
#[post("/public/{community}/reports")]
pub async fn report_without_account(
    app: Data<App>,
    request: HttpRequest,
    path: Path<String>,
    body: Body<NewReport>,
) -> Result<HttpResponse> {
    let address = client_address(&request);
    let receipt = app
        .db
        .transaction(async |tx| -> Result<_> {
            let community = open(tx, &path).await?;
            if !community.settings().anonymous_reports {
                return Err(Code::NotAllowed.into());
            }
            let told = checked(tx, &community, body.0).await?;
            throttle::may_report(tx, &app, address).await?;
            let (secret, digest) = token::new_secret();
            let source = Source {
                reporter: None,
                beneficiary: None,
                channel: RequestChannel::Web,
                unit: None,
                personal: false,
                name_hidden: false,
                attachment_ids: Vec::new(),
                photos: 0,
                secret_digest: Some(digest),
            };
            let (number, due_at) = store(tx, &community, told, source, app.now()).await?;
            Ok(ReportReceipt { number, secret, due_at })
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(HttpResponse::Created().json(receipt))
}

/// What strangers may tell; all that is wrong with it at once.
async fn checked(tx: &mut Conn, community: &Community, body: NewReport) -> Result<Told> {
    let NewReport { title, description, category_id, urgency, at, address_hint, answers } = body;
    let mut faults = Vec::new();
    let (category, answered) = asked(tx, community.id, category_id, &answers, &mut faults).await?;
    // What is not offered to strangers is no category to them.
    if category.as_ref().is_some_and(|category| !category.anonymous_allowed) {
        faults = vec![Fault::field("category_id", "unknown")];
    }
    if at.is_none() && rule::trimmed(&address_hint).is_empty() {
        faults.extend(["at", "address_hint"].map(|field| Fault::field(field, "one_of")));
    }
    let Some(category) = category.filter(|_| faults.is_empty()) else {
        return Err(Error::invalid(faults));
    };
    let id = ServiceRequestId(Uuid::now_v7());
    Ok(Told { id, title, description, category, answered, urgency, at, address_hint })
}
