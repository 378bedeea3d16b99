//! The gate before every operation: finds it in the contract, and lets in whoever its access allows.
//!
//! Runs before a byte of the body is read, so nobody learns anything of a body's or an object's validity before they
//! may ask. An operation that the contract does not list cannot be reached at all.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpResponse, ResponseError, web};
use contract::endpoint::{Access, Operation};
use contract::problem::Code;
use contract::{BASE_PATH, OPERATIONS, account, session};
use db::session::Holder;
use domain::id::CommunityId;
use domain::role::Rights;
use domain::rule;

use super::caller::{Caller, CurrentActor};
use super::error::{Error, Fault};
use super::finish::PATCHES;
use super::{is_below, routed_path};
use crate::app::App;
use crate::openapi;

/// What is open to those whose password somebody else chose, until they have changed it.
const BEFORE_OWN_PASSWORD: [&str; 3] =
    [account::SHOW.operation.id, account::CHANGE_PASSWORD.operation.id, session::SIGN_OUT.operation.id];

pub async fn gate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if is_below(routed_path(&request), "/api") {
        let admitted = match operation(&request) {
            Ok(operation) => match admit(&request, operation).await {
                Ok(()) => no_parameters(&request, operation),
                refused => refused,
            },
            Err(Error { allow: Some(methods), .. }) if request.method() == Method::OPTIONS => {
                return Ok(request.into_response(options(&methods)));
            }
            Err(unknown) => Err(unknown),
        };
        if let Err(refused) = admitted {
            return Ok(request.into_response(refused.error_response()));
        }
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// The operation that a request is routed to.
pub(super) fn operation(request: &ServiceRequest) -> Result<Operation, Error> {
    let pattern = request.match_pattern();
    let path = pattern.as_deref().and_then(|pattern| pattern.strip_prefix(BASE_PATH)).unwrap_or_default();
    let at_path = || OPERATIONS.iter().filter(|operation| operation.path == path);
    if let Some(found) = at_path().find(|operation| operation.method.as_str() == request.method().as_str()) {
        return Ok(*found);
    }
    let mut methods: Vec<_> = at_path().map(|operation| operation.method.as_str()).collect();
    if methods.is_empty() {
        return Err(Code::NotFound.into());
    }
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    Err(Error { allow: Some(methods.join(", ").into()), ..Code::MethodNotAllowed.into() })
}

/// What an address takes.
fn options(methods: &str) -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    response.insert_header((header::ALLOW, methods));
    if methods.contains("PATCH") {
        response.insert_header(("accept-patch", PATCHES));
    }
    response.finish()
}

async fn admit(request: &ServiceRequest, operation: Operation) -> Result<(), Error> {
    request.extensions_mut().insert(operation);
    if operation.access == Access::Public {
        return Ok(());
    }
    let app = request.app_data::<web::Data<App>>().ok_or_else(|| Error::internal("no app data"))?.clone();
    let caller = authenticate(request, &app).await?;
    request.extensions_mut().insert(caller);
    if caller.must_change_password && !BEFORE_OWN_PASSWORD.contains(&operation.id) {
        return Err(Code::PasswordChangeRequired.into());
    }
    let permission = match operation.access {
        Access::Public | Access::SignedIn => return Ok(()),
        Access::Member => None,
        Access::Needs(permission) => Some(permission),
    };
    let Some(community) = community(routed_path(request)) else {
        // Of the platform, not of a community.
        let rights = if caller.is_operator { Rights::of_operator() } else { Rights::NONE };
        return match permission {
            Some(permission) if rights.can(permission) => Ok(()),
            _ => Err(Code::NotAllowed.into()),
        };
    };
    if rule::slug(community).is_err() && community.parse::<CommunityId>().is_err() {
        return Err(Code::NotFound.into());
    }
    let actor = app.actor(caller.user_id, community).await?.ok_or(Code::NotFound)?;
    if permission.is_some_and(|permission| !actor.can(permission)) {
        return Err(Code::NotAllowed.into());
    }
    request.extensions_mut().insert(CurrentActor(actor));
    Ok(())
}

/// The community that a path speaks of. Handlers ask the actor instead, so the two cannot differ.
fn community(path: &str) -> Option<&str> {
    path.strip_prefix(BASE_PATH)?.strip_prefix("/communities/")?.split('/').next()
}

/// Refuses parameters where the document knows of none; where it does, [`super::input::Query`] reads them.
fn no_parameters(request: &ServiceRequest, operation: Operation) -> Result<(), Error> {
    if request.query_string().is_empty() || openapi::takes_parameters(operation.id) {
        return Ok(());
    }
    let names = form_urlencoded::parse(request.query_string().as_bytes());
    Err(Error::invalid(names.map(|(name, _)| Fault::parameter(&name, "unknown_parameter")).collect()))
}

/// The token that a request carries.
pub(super) fn bearer(request: &ServiceRequest) -> Option<&str> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn authenticate(request: &ServiceRequest, app: &App) -> Result<Caller, Error> {
    let token = bearer(request).ok_or(Code::NotSignedIn)?;
    let claims = app.tokens.verify(token, app.now()).ok_or(Code::NotSignedIn)?;
    let holder = app.holder(claims.sid).await?.filter(|holder| holder.user_id == claims.sub);
    let holder = holder.ok_or(Code::NotSignedIn)?;
    let Holder { user_id, is_operator, must_change_password } = holder;
    Ok(Caller { user_id, session_id: claims.sid, is_operator, must_change_password })
}
