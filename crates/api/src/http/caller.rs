//! Who is calling, as extractors. The gate has let them in before any handler runs.

use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use contract::problem::Code;
use domain::id::{SessionId, UserId};

use super::error::{Error, Result};
use crate::app::Actor;

/// The signed-in user.
#[derive(Debug, Clone, Copy)]
pub struct Caller {
    pub user_id: UserId,
    pub session_id: SessionId,
    pub is_operator: bool,
    /// Somebody else chose their password.
    pub must_change_password: bool,
}

/// The signed-in user as a member of the community in the path.
#[derive(Debug, Clone)]
pub struct CurrentActor(pub Arc<Actor>);

impl Deref for CurrentActor {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.0
    }
}

fn from_gate<T: Clone + 'static>(request: &HttpRequest) -> Ready<Result<T>> {
    // Only a handler that asks for more than its operation's access grants could miss it.
    ready(request.extensions().get::<T>().cloned().ok_or_else(|| Code::NotSignedIn.into()))
}

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Self>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        from_gate(request)
    }
}

impl FromRequest for CurrentActor {
    type Error = Error;
    type Future = Ready<Result<Self>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        from_gate(request)
    }
}
