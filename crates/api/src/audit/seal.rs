//! Sealing: each event of a chain gets a MAC over the one before it, its number and what it says.
//!
//! Events are written without a seal, so that no two acts wait for each other; one sealer at a time takes those of a
//! chain in the order in which it finds them. What is committed late is sealed late, and never lost.

use anyhow::Context;
use db::audit::Row;
use db::audit::chain::{self, Chain, Head, Seal};
use serde_json::Value;

use crate::app::App;
use crate::vault::Vault;

const PURPOSE: &str = "audit seals";
/// How many events are sealed in one transaction.
const BATCH: i64 = 500;

/// Seals the oldest events of a chain that wait for it; answers how many, and where the chain ends then. None where
/// another sealer has the chain in hand.
pub async fn next(app: &App, chain: Chain) -> anyhow::Result<Option<(usize, Head)>> {
    let now = app.now();
    app.db
        .transaction(async |tx| -> anyhow::Result<_> {
            if !chain::try_lock(tx, chain).await? {
                return Ok(None);
            }
            let mut head = chain::head(tx, chain).await?.unwrap_or_else(|| beginning(chain));
            let events = chain::pending_events(tx, chain, BATCH).await?;
            let key_id = app.vault.newest();
            let mut seals = Vec::with_capacity(events.len());
            for event in &events {
                let seq = head.seq + 1;
                let mac = mac(&app.vault, &key_id, &head.mac, seq, event).context("no data key")?;
                head = Head { seq, mac: mac.to_vec(), ..head };
                let (key_id, mac) = (key_id.clone(), head.mac.clone());
                seals.push(Seal { chain: chain.0, seq, event_id: event.id, key_id, mac, sealed_at: now });
            }
            if !seals.is_empty() {
                chain::append(tx, chain, &seals).await?;
            }
            Ok(Some((seals.len(), head)))
        })
        .await
}

/// Before the first seal.
fn beginning(chain: Chain) -> Head {
    Head { chain: chain.0, seq: 0, mac: Vec::new() }
}

/// The MAC of a seal; none where its key is gone.
pub fn mac(vault: &Vault, key_id: &str, previous: &[u8], seq: i64, event: &Row) -> Option<[u8; 32]> {
    vault.mac(key_id, PURPOSE, &[previous, &seq.to_be_bytes(), &canonical(event)])
}

/// An event as bytes, the same wherever and whenever it is read. A new column of the table begins a new form beside
/// this one, and old events keep the old.
fn canonical(event: &Row) -> Vec<u8> {
    let Row {
        id,
        community_id,
        at,
        actor_user_id,
        action,
        entity_kind,
        entity_id,
        meta,
        actor_kind,
        actor_session_id,
        from_value,
        to_value,
        client_network,
        request_id,
    } = event;
    let id_of = |id: Option<uuid::Uuid>| id.map(|id| id.as_bytes().to_vec());
    let json = |value: &Value| {
        let mut text = String::new();
        sorted(value, &mut text);
        text.into_bytes()
    };
    let fields: [Option<Vec<u8>>; 15] = [
        Some(b"1".to_vec()),
        id_of(Some(*id)),
        id_of(community_id.map(|id| id.0)),
        Some(at.timestamp_micros().to_be_bytes().to_vec()),
        id_of(actor_user_id.map(|id| id.0)),
        Some(action.clone().into_bytes()),
        Some(entity_kind.clone().into_bytes()),
        id_of(*entity_id),
        Some(json(meta)),
        Some(actor_kind.clone().into_bytes()),
        id_of(actor_session_id.map(|id| id.0)),
        from_value.as_ref().map(json),
        to_value.as_ref().map(json),
        client_network.clone().map(String::into_bytes),
        id_of(*request_id),
    ];
    let mut bytes = Vec::new();
    for field in fields {
        // None is no length at all, so that it differs from an empty value.
        bytes.push(u8::from(field.is_some()));
        let field = field.unwrap_or_default();
        bytes.extend((field.len() as u64).to_be_bytes());
        bytes.extend(field);
    }
    bytes
}

/// JSON with the keys of each object in order: how they are kept in memory depends on how serde_json was built.
fn sorted(value: &Value, text: &mut String) {
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<_> = map.iter().collect();
            pairs.sort_by_key(|(key, _)| key.as_str());
            text.push('{');
            for (key, value) in pairs {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                sorted(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(values) => {
            text.push('[');
            for value in values {
                sorted(value, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            text.push_str(&value.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event() -> Row {
        Row {
            id: uuid::Uuid::max(),
            community_id: None,
            at: chrono::DateTime::UNIX_EPOCH,
            actor_user_id: None,
            action: "session.created".into(),
            entity_kind: "session".into(),
            entity_id: None,
            meta: json!({}),
            actor_kind: "user".into(),
            actor_session_id: None,
            from_value: None,
            to_value: None,
            client_network: None,
            request_id: None,
        }
    }

    #[test]
    fn every_field_of_an_event_counts() {
        let id = Some(uuid::Uuid::nil());
        let variants = [
            event(),
            Row { id: uuid::Uuid::nil(), ..event() },
            Row { community_id: id.map(Into::into), ..event() },
            Row { at: chrono::DateTime::UNIX_EPOCH + chrono::TimeDelta::microseconds(1), ..event() },
            Row { actor_user_id: id.map(Into::into), ..event() },
            Row { action: "session.ended".into(), ..event() },
            Row { entity_kind: "user".into(), ..event() },
            Row { entity_id: id, ..event() },
            Row { meta: json!({ "a": 1 }), ..event() },
            Row { actor_kind: "clock".into(), ..event() },
            Row { actor_session_id: id.map(Into::into), ..event() },
            Row { from_value: Some(json!(null)), ..event() },
            Row { to_value: Some(json!(null)), ..event() },
            Row { client_network: Some(String::new()), ..event() },
            Row { request_id: id, ..event() },
        ];
        let mut seen: Vec<Vec<u8>> = variants.iter().map(canonical).collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), variants.len());
    }

    #[test]
    fn the_order_of_keys_does_not_count() {
        let meta = |text: &str| canonical(&Row { meta: serde_json::from_str(text).unwrap(), ..event() });
        assert_eq!(
            meta(r#"{"b":{"y":1,"x":[2,"z"]},"a":null}"#),
            meta(r#"{"a":null,"b":{"x":[2,"z"],"y":1}}"#)
        );
        assert_ne!(meta(r#"{"a":[1,2]}"#), meta(r#"{"a":[2,1]}"#));
    }
}
