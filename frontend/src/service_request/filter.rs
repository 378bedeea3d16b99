//! Which requests a list shows. It lives in the address, so that back, reload and sharing keep it.

use contract::service_request::ServiceRequestQuery;
use domain::service_request::{RequestSort, RequestStatus};
use serde::{Deserialize, Serialize};

use crate::words;

/// What a sort is called.
pub fn sort_label(sort: RequestSort) -> &'static str {
    match sort {
        RequestSort::Newest => words::sort::newest(),
        RequestSort::Oldest => words::sort::oldest(),
        RequestSort::Priority => words::sort::priority(),
        RequestSort::Due => words::sort::due(),
        RequestSort::Updated => words::sort::updated(),
    }
}

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
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub team: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reporter: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tag: String,
    #[serde(default, skip_serializing_if = "is_no")]
    pub photos: bool,
    #[serde(default, skip_serializing_if = "is_no")]
    pub following: bool,
    /// Days as `2026-06-15`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sort: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields so")]
fn is_no(value: &bool) -> bool {
    !value
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
        Self { view: View::default(), sort: String::new(), ..self.clone() } != Self::default()
    }

    /// What the list is asked for as a filter; what only the API knows is left out.
    pub fn of(query: &ServiceRequestQuery) -> Self {
        let text = |id: Option<String>| id.unwrap_or_default();
        let filter = Self {
            view: View::All,
            q: text(query.q.clone()),
            category: text(query.category_id.map(|id| id.to_string())),
            priority: text(query.priority.clone()),
            zone: text(query.zone_id.map(|id| id.to_string())),
            team: text(query.team_id.map(|id| id.to_string())),
            unit: text(query.unit_id.map(|id| id.to_string())),
            reporter: text(query.reporter_id.map(|id| id.to_string())),
            tag: text(query.tag.clone()),
            photos: query.photos.unwrap_or(false),
            following: query.following.unwrap_or(false),
            from: text(query.from.map(|day| day.to_string())),
            to: text(query.to.map(|day| day.to_string())),
            sort: text(query.sort.map(|sort| sort.as_str().to_owned())),
        };
        let fits = |view: &View| {
            let asked = Self { view: *view, ..filter.clone() }.query();
            (asked.status, asked.unassigned, asked.overdue, asked.mine)
                == (query.status.clone(), query.unassigned, query.overdue, query.mine)
        };
        let view = View::ALL.into_iter().find(fits).unwrap_or(View::All);
        Self { view, ..filter }
    }

    /// What a saved filter keeps, as this app shows it.
    pub fn of_saved(query: &str) -> Self {
        serde_urlencoded::from_str(query).map(|query| Self::of(&query)).unwrap_or_default()
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
            team_id: self.team.parse().ok(),
            unit_id: self.unit.parse().ok(),
            reporter_id: self.reporter.parse().ok(),
            tag: Some(self.tag.clone()).filter(|tag| !tag.is_empty()),
            photos: self.photos.then_some(true),
            following: self.following.then_some(true),
            from: self.from.parse().ok(),
            to: self.to.parse().ok(),
            sort: self.sort.parse().ok(),
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
    fn what_is_asked_for_is_the_filter_that_asks_for_it() {
        for view in View::ALL {
            let filter = Filter {
                view,
                priority: "P1,P2".into(),
                tag: "warranty".into(),
                photos: true,
                from: "2026-06-15".into(),
                sort: "due".into(),
                ..Filter::default()
            };
            assert_eq!(Filter::of(&filter.query()), filter);
            let saved = contract::endpoint::query_string(&filter.query());
            assert_eq!(Filter::of_saved(&saved), filter);
        }
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
