//! Which acts a list shows. It lives in the address, so that back, reload and sharing keep it.

use chrono::{DateTime, TimeDelta, Utc};
use contract::audit::{AuditEventQuery, AuditExportQuery};
use serde::{Deserialize, Serialize};

use crate::routes::Route;
use crate::{time, words};

/// What acts are about: what stands before the dot in their names.
pub const KINDS: [&str; 6] =
    ["member", "invitation", "service_request", "announcement", "community", "audit"];

pub fn kind_label(kind: &str) -> &'static str {
    match kind {
        "member" => words::audit::kind_member(),
        "invitation" => words::audit::kind_invitation(),
        "service_request" => words::audit::kind_request(),
        "announcement" => words::audit::kind_announcement(),
        "audit" => words::audit::kind_audit(),
        _ => words::audit::kind_community(),
    }
}

/// The filter as it stands in the address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The member who acted.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub actor: String,
    /// The first day.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// The last day.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
}

impl Filter {
    /// Reads the query of an address. What makes no sense is left out.
    pub fn parse(search: &str) -> Self {
        serde_urlencoded::from_str(search.trim_start_matches('?')).unwrap_or_default()
    }

    /// The address of the list.
    pub fn href(&self, slug: &str) -> String {
        let path = Route::Audit(slug.into()).href();
        match contract::endpoint::query_string(self) {
            query if query.is_empty() => path,
            query => format!("{path}?{query}"),
        }
    }

    pub fn query(&self, cursor: Option<String>) -> AuditEventQuery {
        let AuditExportQuery { actor, action, entity_kind, entity_id, from, to, q } = self.export();
        AuditEventQuery { actor, action, entity_kind, entity_id, from, to, q, cursor, limit: None }
    }

    /// The same, for all of it at once.
    pub fn export(&self) -> AuditExportQuery {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        AuditExportQuery {
            actor: self.actor.parse().ok(),
            action: given(&self.kind),
            from: midnight(&self.from),
            // The last day is in it, whole.
            to: midnight(&self.to).map(|day| day + TimeDelta::days(1)),
            q: given(&self.q),
            ..AuditExportQuery::default()
        }
    }
}

/// When a day begins, on this device's clock.
fn midnight(day: &str) -> Option<DateTime<Utc>> {
    if day.is_empty() { None } else { time::parse_local(&format!("{day}T00:00")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_back_from_the_address_it_wrote() {
        let filter = Filter { q: "Ann & co".into(), kind: "member".into(), ..Filter::default() };
        let href = filter.href("park");
        assert_eq!(Filter::parse(href.split_once('?').unwrap().1), filter);
        assert_eq!(filter.export().action.as_deref(), Some("member"));
        assert_eq!(Filter::default().href("park"), "/c/park/audit");
    }
}
