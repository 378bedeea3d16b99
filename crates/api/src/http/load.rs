//! What one server takes on: so many requests at once, each for so long.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::CONTENT_TYPE;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, ResponseError, web};
use contract::problem::Code;

use super::error::Error;
use super::{body, is_below, routed_path};
use crate::app::App;

/// Photos come over bad connections: they may take so many times longer.
const UPLOAD_PATIENCE: u32 = 6;

/// Turns away at once what is too much, breaks off bodies that come too slowly, and gives up on what takes too long.
/// Whoever asks whether the server is well always gets an answer.
pub async fn load(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let app = request.app_data::<web::Data<App>>().cloned();
    let Some(app) = app.filter(|_| !is_below(routed_path(&request), "/health")) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let Ok(_turn) = app.in_flight.try_acquire() else {
        return Ok(request.into_response(Error::from(Code::Unavailable).error_response()));
    };
    let edge = &app.config.edge;
    let kind = request.headers().get(CONTENT_TYPE).map_or(&[][..], |value| value.as_bytes());
    let patience = if body::is_form(kind) { UPLOAD_PATIENCE } else { 1 };
    let payload = body::in_time(request.take_payload(), edge.body_deadline * patience);
    request.set_payload(payload);
    match tokio::time::timeout(edge.request_deadline * patience, next.call(request)).await {
        Ok(answered) => Ok(answered?.map_into_boxed_body()),
        Err(_) => {
            tracing::warn!("gave up on a request that took too long");
            Err(Error::from(Code::Unavailable).into())
        }
    }
}
