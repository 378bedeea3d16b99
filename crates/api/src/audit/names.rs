//! Who the ids in the trail are today. Rows never say, so that somebody who was erased is gone from here, too.

use std::collections::HashMap;

use contract::audit::{AuditActor, AuditEvent};
use db::audit::Row;
use db::audit::chain::Chain;
use db::audit::list::{self, Named};
use domain::audit::{ActorKind, EntityKind};
use domain::id::{MemberId, UserId};
use domain::role::Role;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::messages::Messages;

/// The names of everything that some rows speak of. In the platform's trail nobody has a name: operators see no
/// personal data.
#[derive(Default)]
pub struct Names {
    community: Option<String>,
    members: HashMap<Uuid, Named>,
    by_user: HashMap<UserId, Uuid>,
    roles: HashMap<MemberId, Vec<Role>>,
    requests: HashMap<Uuid, String>,
    /// Of categories, units, zones and announcements.
    registers: HashMap<Uuid, String>,
}

impl Names {
    pub async fn of(conn: &mut db::Conn, chain: Chain, rows: &[Row]) -> db::Result<Self> {
        let Some(community) = chain.community() else { return Ok(Self::default()) };
        let users: Vec<UserId> = rows.iter().filter_map(|row| row.actor_user_id).collect();
        let entities = |kind: EntityKind| -> Vec<Uuid> {
            rows.iter()
                .filter(|row| row.entity_kind == kind.as_str())
                .filter_map(|row| row.entity_id)
                .collect()
        };
        let found = list::names(conn, community, &users, &entities(EntityKind::Member)).await?;
        let ids: Vec<MemberId> = found.iter().map(|named| named.member_id).collect();
        let mut roles: HashMap<MemberId, Vec<Role>> = HashMap::new();
        for (member, role) in list::roles(conn, community, &ids).await? {
            roles.entry(member).or_default().push(role);
        }
        let requests = list::request_numbers(conn, community, &entities(EntityKind::ServiceRequest)).await?;
        let mut registers = HashMap::new();
        if !entities(EntityKind::Category).is_empty() {
            registers
                .extend(db::category::list(conn, community).await?.into_iter().map(|it| (it.id.0, it.name)));
        }
        if !entities(EntityKind::Zone).is_empty() {
            registers.extend(
                db::place::list_zones(conn, community).await?.into_iter().map(|it| (it.id.0, it.name)),
            );
        }
        let units = entities(EntityKind::Unit);
        if !units.is_empty() {
            let found = db::place::unit_numbers(conn, community, &units).await?;
            registers.extend(found.into_iter().map(|(id, number)| (id.0, number)));
        }
        let announced = entities(EntityKind::Announcement);
        if !announced.is_empty() {
            let found = db::announcement::titles(conn, community, &announced).await?;
            registers.extend(found.into_iter().map(|(id, title)| (id.0, title)));
        }
        if !entities(EntityKind::AnnouncementCategory).is_empty() {
            let all = db::announcement::list_categories(conn, community).await?;
            registers.extend(all.into_iter().map(|it| (it.id.0, it.name)));
        }
        Ok(Self {
            registers,
            community: Some(db::community::get(conn, community).await?.name),
            by_user: found.iter().filter_map(|named| Some((named.user_id?, named.member_id.0))).collect(),
            members: found.into_iter().map(|named| (named.member_id.0, named)).collect(),
            roles,
            requests: requests.into_iter().collect(),
        })
    }

    /// Who acted, if they are a member here.
    pub fn actor(&self, row: &Row) -> Option<&Named> {
        self.members.get(self.by_user.get(&row.actor_user_id?)?)
    }

    pub fn roles(&self, named: &Named) -> &[Role] {
        self.roles.get(&named.member_id).map_or(&[], Vec::as_slice)
    }

    fn entity(&self, row: &Row) -> Option<String> {
        let id = row.entity_id?;
        match row.entity_kind.parse().ok()? {
            EntityKind::Member => Some(self.members.get(&id)?.display_name.clone()),
            EntityKind::Community => self.community.clone(),
            EntityKind::ServiceRequest => self.requests.get(&id).cloned(),
            EntityKind::Category
            | EntityKind::Unit
            | EntityKind::Zone
            | EntityKind::Announcement
            | EntityKind::AnnouncementCategory => self.registers.get(&id).cloned(),
            EntityKind::Session
            | EntityKind::User
            | EntityKind::Keys
            | EntityKind::Invitation
            | EntityKind::ResponseTemplate
            | EntityKind::SavedFilter
            | EntityKind::Team
            | EntityKind::Comment => None,
        }
    }

    /// The act as a sentence.
    pub fn sentence(&self, messages: &Messages, language: &str, row: &Row) -> String {
        let words = |key: &str| messages.get(language, key, &Map::new());
        let actor = match row.actor_kind.parse() {
            Ok(ActorKind::User) | Err(_) => self.actor(row).map(|named| named.display_name.clone()),
            Ok(kind) => Some(words(&format!("audit.by.{kind}"))),
        };
        let known = |name: Option<String>| Value::from(name.unwrap_or_else(|| words("audit.nobody")));
        let facts = [("actor", known(actor)), ("entity", known(self.entity(row)))];
        let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        messages.get(language, &format!("audit.{}", row.action), &facts)
    }

    pub fn view(&self, messages: &Messages, language: &str, row: Row, sealed: bool) -> AuditEvent {
        let (message, entity_name) = (self.sentence(messages, language, &row), self.entity(&row));
        let named = self.actor(&row);
        let is_of_platform = row.community_id.is_none();
        let actor = AuditActor {
            kind: row.actor_kind.parse().ok(),
            member_id: named.map(|named| named.member_id),
            display_name: named.map(|named| named.display_name.clone()),
            roles: named.map(|named| self.roles(named).to_vec()).unwrap_or_default(),
            user_id: row.actor_user_id.filter(|_| is_of_platform),
            session_id: row.actor_session_id.filter(|_| is_of_platform),
        };
        let Row {
            id,
            at,
            action,
            entity_kind,
            entity_id,
            meta,
            from_value,
            to_value,
            client_network,
            request_id,
            community_id: _,
            actor_user_id: _,
            actor_kind: _,
            actor_session_id: _,
        } = row;
        AuditEvent {
            id,
            at,
            action,
            message,
            actor,
            entity_kind,
            entity_id,
            entity_name,
            from: from_value,
            to: to_value,
            meta,
            client_network,
            request_id,
            sealed,
        }
    }
}
