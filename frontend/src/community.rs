//! Communities: what their pages hang on, and the way into them.

pub mod delivery;
pub mod join;
pub mod settings;
pub mod start;
pub mod unit_picker;

use contract::account::Membership;
use contract::community::{self, Category, Professional, ProfessionalQuery, Unit, UnitQuery, Zone};
use leptos::prelude::*;

use crate::api::{self, Failure};
use crate::load::{Loading, load};
use crate::session;
use crate::shell::NotFound;

/// Shows a page of a community to those who are in it; to others it does not exist.
pub fn inside(community: &str, page: impl FnOnce(Membership) -> AnyView) -> AnyView {
    match untrack(|| session::expect().membership(community)) {
        Some(membership) => page(membership),
        None => view! { <NotFound /> }.into_any(),
    }
}

pub fn categories(community: String) -> Loading<Vec<Category>> {
    load(move || {
        let community = community.clone();
        async move { Ok(api::get(&community::CATEGORIES, &[&community]).await?.data) }
    })
}

pub fn zones(community: String) -> Loading<Vec<Zone>> {
    load(move || {
        let community = community.clone();
        async move { Ok(api::get(&community::ZONES, &[&community]).await?.data) }
    })
}

pub async fn my_units(community: String) -> Result<Vec<Unit>, Failure> {
    let query = UnitQuery { mine: Some(true), ..UnitQuery::default() };
    Ok(api::get_with(&community::UNITS, &[&community], &query).await?.data)
}

pub async fn find_units(community: String, words: String) -> Result<Vec<Unit>, Failure> {
    let query = UnitQuery { q: Some(words), limit: Some(8), ..UnitQuery::default() };
    Ok(api::get_with(&community::UNITS, &[&community], &query).await?.data)
}

/// Professionals, those first who fit the request best.
pub fn professionals(community: String, number: String) -> Loading<Vec<Professional>> {
    load(move || {
        let (community, query) = (community.clone(), ProfessionalQuery { fit_for: Some(number.clone()) });
        async move { Ok(api::get_with(&community::PROFESSIONALS, &[&community], &query).await?.data) }
    })
}

/// A unit in one line.
pub fn unit_name(unit: &Unit) -> String {
    [Some(&unit.number), unit.block.as_ref(), unit.street.as_ref()]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}
