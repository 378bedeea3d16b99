//! Writing an act down.

use std::net::IpAddr;

use actix_web::{HttpMessage, HttpRequest};
use chrono::{DateTime, Utc};
use db::Conn;
use domain::audit::{ActorKind, AuditAction};
use domain::id::{CommunityId, SessionId, UserId};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::app::Actor;
use crate::http::caller::{Caller, CurrentActor};
use crate::http::finish::RequestId;
use crate::http::peer;

/// An act to be written down. Ids, states and figures only: a name, an address or a secret would stay for ever.
#[derive(Debug, Clone)]
#[must_use = "record it"]
pub struct Entry {
    event: db::audit::Event,
}

impl Entry {
    /// `id` is of what the act was done to; of which kind that is, the action says.
    pub fn new(action: AuditAction, id: impl Into<Option<Uuid>>) -> Self {
        let event = db::audit::Event {
            id: Uuid::now_v7(),
            community_id: None,
            at: DateTime::<Utc>::UNIX_EPOCH,
            actor_user_id: None,
            action,
            entity_kind: action.entity(),
            entity_id: id.into(),
            meta: Value::Object(serde_json::Map::new()),
            actor_kind: ActorKind::User,
            actor_session_id: None,
            from_value: None,
            to_value: None,
            client_network: None,
            request_id: None,
        };
        Self { event }
    }

    /// Done by whoever sent this request: user, session and community as far as they are known, and from where.
    pub fn asked_by(mut self, request: &HttpRequest) -> Self {
        let known = request.extensions();
        if let Some(caller) = known.get::<Caller>() {
            self.event.actor_user_id = Some(caller.user_id);
            self.event.actor_session_id = Some(caller.session_id);
        }
        self.event.request_id = known.get::<RequestId>().map(|id| id.0);
        self.event.client_network = Some(network(peer::client_address(request)));
        match known.get::<CurrentActor>() {
            Some(actor) => self.community(actor.community_id()),
            None => self,
        }
    }

    /// Done by a member in their community, where there is no request at hand.
    pub fn by(mut self, actor: &Actor) -> Self {
        self.event.actor_user_id = Some(actor.user_id);
        self.community(actor.community_id())
    }

    /// Done by a user: while signing in or registering, nobody is a caller yet.
    pub fn user(mut self, user: UserId) -> Self {
        self.event.actor_user_id = Some(user);
        self
    }

    pub fn session(mut self, session: SessionId) -> Self {
        self.event.actor_session_id = Some(session);
        self
    }

    /// Done by no user: by the worker, a command, or time.
    pub fn kind(mut self, kind: ActorKind) -> Self {
        self.event.actor_kind = kind;
        self
    }

    /// In whose trail it stands. Acts on the platform's own things stay in the platform's trail all the same.
    pub fn community(mut self, community: CommunityId) -> Self {
        self.event.community_id = Some(community).filter(|_| !self.event.entity_kind.is_of_platform());
        self
    }

    /// From what to what. For values that nobody should read here, only say that they changed: leave it out.
    pub fn changed(mut self, from: impl Serialize, to: impl Serialize) -> Self {
        self.event.from_value = serde_json::to_value(from).ok();
        self.event.to_value = serde_json::to_value(to).ok();
        self
    }

    /// Further facts, as an object.
    pub fn meta(mut self, meta: Value) -> Self {
        self.event.meta = meta;
        self
    }
}

/// Writes it down in the transaction of the act, so that neither is there without the other.
pub async fn record(tx: &mut Conn, entry: Entry, now: DateTime<Utc>) -> db::Result<()> {
    db::audit::record(tx, &db::audit::Event { at: now, ..entry.event }).await
}

/// The network of an address: enough to see that somebody came from elsewhere, too little to say who it was.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_its_network_only() {
        assert_eq!(network([203, 0, 113, 77].into()), "203.0.113.0/24");
        assert_eq!(network("::ffff:203.0.113.77".parse().unwrap()), "203.0.113.0/24");
        assert_eq!(network("2001:db8:1:2:3::4".parse().unwrap()), "2001:db8:1::/48");
    }

    #[test]
    fn what_happens_to_an_account_never_stands_in_a_communitys_trail() {
        let community = CommunityId(Uuid::max());
        for action in AuditAction::ALL {
            let entry = Entry::new(*action, Uuid::max()).community(community);
            let expected = (!action.entity().is_of_platform()).then_some(community);
            assert_eq!(entry.event.community_id, expected, "{action}");
        }
    }
}
