//! Which requests a list shows. It lives in the address, so that back, reload and sharing keep it.

use contract::service_request::ServiceRequestQuery;
use domain::service_request::RequestStatus;
use serde::{Deserialize, Serialize};

use crate::words;

/// The usual ways to look at a community's requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    #[default]
    New,
    Unassigned,
    InProgress,
    Waiting,
    Resolved,
    Overdue,
    All,
    Mine,
}

impl View {
    pub const ALL: [View; 8] = [
        View::New,
        View::Unassigned,
        View::InProgress,
        View::Waiting,
        View::Overdue,
        View::Resolved,
        View::All,
        View::Mine,
    ];

    pub fn label(self) -> &'static str {
        match self {
            View::New => words::view::new(),
            View::Unassigned => words::view::unassigned(),
            View::InProgress => words::view::in_progress(),
            View::Waiting => words::view::waiting(),
            View::Resolved => words::view::resolved(),
            View::Overdue => words::view::overdue(),
            View::All => words::view::all(),
            View::Mine => words::view::mine(),
        }
    }

    /// What an empty view means.
    pub fn nothing(self) -> &'static str {
        match self {
            View::New => words::nothing::new(),
            View::Unassigned => words::nothing::unassigned(),
            View::InProgress => words::nothing::in_progress(),
            View::Waiting => words::nothing::waiting(),
            View::Resolved => words::nothing::resolved(),
            View::Overdue => words::nothing::overdue(),
            View::All => words::nothing::all(),
            View::Mine => words::nothing::mine(),
        }
    }
}

/// The filter as it stands in the address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Filter {
    #[serde(default, skip_serializing_if = "is_default")]
    pub view: View,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub priority: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zone: String,
}

fn is_default(view: &View) -> bool {
    *view == View::default()
}

impl Filter {
    /// Reads the query of an address. What makes no sense is left out.
    pub fn parse(search: &str) -> Self {
        serde_urlencoded::from_str(search.trim_start_matches('?')).unwrap_or_default()
    }

    /// The query of the address, with its question mark if there is anything to say.
    pub fn search(&self) -> String {
        match contract::endpoint::query_string(self) {
            query if query.is_empty() => query,
            query => format!("?{query}"),
        }
    }

    /// Whether more than the view narrows the list.
    pub fn is_narrowed(&self) -> bool {
        !(self.q.is_empty() && self.category.is_empty() && self.priority.is_empty() && self.zone.is_empty())
    }

    pub fn query(&self) -> ServiceRequestQuery {
        use RequestStatus::{Assigned, InProgress, New, OnHold, Resolved, Triaged};
        let states = |states: &[RequestStatus]| {
            Some(states.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(","))
        };
        let mut query = ServiceRequestQuery {
            q: Some(self.q.trim().to_owned()).filter(|q| !q.is_empty()),
            category_id: self.category.parse().ok(),
            priority: Some(self.priority.clone()).filter(|priority| !priority.is_empty()),
            zone_id: self.zone.parse().ok(),
            ..ServiceRequestQuery::default()
        };
        match self.view {
            View::New => query.status = states(&[New]),
            View::Unassigned => {
                query.status = states(&[New, Triaged]);
                query.unassigned = Some(true);
            }
            View::InProgress => query.status = states(&[Assigned, InProgress]),
            View::Waiting => query.status = states(&[OnHold]),
            View::Resolved => query.status = states(&[Resolved]),
            View::Overdue => query.overdue = Some(true),
            View::All => {}
            View::Mine => query.mine = Some(true),
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_back_from_the_address_it_wrote() {
        for view in View::ALL {
            let filter =
                Filter { view, q: "kitchen tap & sink".into(), priority: "P2".into(), ..Filter::default() };
            assert_eq!(Filter::parse(&filter.search()), filter);
        }
        assert_eq!(Filter::default().search(), "");
    }

    #[test]
    fn an_address_that_makes_no_sense_shows_the_usual_list() {
        assert_eq!(Filter::parse("?view=sideways"), Filter::default());
    }

    #[test]
    fn every_view_asks_for_something_else() {
        let mut queries: Vec<_> = View::ALL
            .iter()
            .map(|view| {
                contract::endpoint::query_string(&Filter { view: *view, ..Filter::default() }.query())
            })
            .collect();
        queries.sort();
        queries.dedup();
        assert_eq!(queries.len(), View::ALL.len());
    }
}
