//! Which members a list shows. It lives in the address, so that back, reload and sharing keep it.

use contract::member::MemberQuery;
use domain::community::MemberStatus;
use serde::{Deserialize, Serialize};

use crate::routes::Route;

/// The filter as it stands in the address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    #[serde(skip_serializing_if = "is_active")]
    pub status: MemberStatus,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
}

impl Default for Filter {
    fn default() -> Self {
        Self { status: MemberStatus::Active, q: String::new(), role: String::new() }
    }
}

fn is_active(status: &MemberStatus) -> bool {
    *status == MemberStatus::Active
}

impl Filter {
    /// Reads the query of an address. What makes no sense is left out.
    pub fn parse(search: &str) -> Self {
        serde_urlencoded::from_str(search.trim_start_matches('?')).unwrap_or_default()
    }

    /// The address of the list.
    pub fn href(&self, slug: &str) -> String {
        let path = Route::Members(slug.into()).href();
        match contract::endpoint::query_string(self) {
            query if query.is_empty() => path,
            query => format!("{path}?{query}"),
        }
    }

    pub fn is_narrowed(&self) -> bool {
        !(self.q.is_empty() && self.role.is_empty())
    }

    pub fn query(&self, cursor: Option<String>) -> MemberQuery {
        MemberQuery {
            status: Some(self.status),
            role: self.role.parse().ok(),
            q: Some(self.q.trim().to_owned()).filter(|q| !q.is_empty()),
            cursor,
            ..MemberQuery::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_back_from_the_address_it_wrote() {
        for status in MemberStatus::ALL {
            let filter = Filter { status: *status, q: "Ann & co".into(), role: "guard".into() };
            let href = filter.href("park");
            assert_eq!(Filter::parse(href.split_once('?').unwrap().1), filter);
        }
        assert_eq!(Filter::default().href("park"), "/c/park/members");
        assert_eq!(Filter::parse("?status=sideways"), Filter::default());
    }
}
