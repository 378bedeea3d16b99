//! What somebody who listens may see.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use contract::stream::{ANNOUNCEMENT, AnnouncementChanged, REQUEST, RequestChanged};
use db::service_request::{Home, Sight, Ties, sees};
use db::stream::{About, Change, Place};
use domain::event::Event;
use domain::id::{CommunityId, UnitId, UserId};
use domain::role::{Permission, Rights};

use super::hub::message;
use crate::app::{beginning, local_day};

/// The communities of a user, with what they see in each.
#[derive(Debug, Clone, Default)]
pub struct Viewer(Arc<HashMap<CommunityId, Seat>>);

#[derive(Debug)]
struct Seat {
    slug: String,
    sight: Sight,
    /// Whether they may know what is said among staff.
    is_staff: bool,
    /// Whether they see all announcements.
    publishes: bool,
}

/// Everybody to whom these places belong.
pub fn viewers(places: Vec<Place>, now: DateTime<Utc>) -> HashMap<UserId, Viewer> {
    let mut all: HashMap<UserId, HashMap<CommunityId, Seat>> = HashMap::new();
    for place in places {
        all.entry(place.user_id).or_default().insert(place.community.id, seat(place, now));
    }
    all.into_iter().map(|(user, seats)| (user, Viewer(Arc::new(seats)))).collect()
}

fn seat(place: Place, now: DateTime<Utc>) -> Seat {
    let (sight, is_staff) = sight(&place, now);
    let rights = Rights::of(&place.roles, &place.community.settings());
    let publishes = rights.can(Permission::AnnouncementsPublish);
    Seat { sight, is_staff, publishes, slug: place.community.slug }
}

/// What somebody sees in a community, and whether they may know what is said among staff.
pub fn sight(place: &Place, now: DateTime<Utc>) -> (Sight, bool) {
    let Place { user_id: _, member_id, community, roles, homes, owned, fabric, skilled, teams } = place;
    let settings = community.settings();
    let rights = Rights::of(roles, &settings);
    let today = local_day(community, now);
    let at_present = |ties: &[(UnitId, NaiveDate, Option<NaiveDate>)]| {
        let held = ties.iter().filter(|(_, from, to)| *from <= today && to.is_none_or(|to| to >= today));
        held.map(|(unit, from, _)| Home { unit: *unit, since: beginning(community, *from) }).collect()
    };
    let claims = settings.professionals_claim && rights.can(Permission::RequestsWork);
    let claimable = if claims { skilled.clone() } else { Vec::new() };
    let ties = Ties {
        household: at_present(homes),
        owned: at_present(owned),
        fabric: fabric.clone(),
        teams: teams.clone(),
        claimable,
    };
    (Sight::of(rights, *member_id, ties), rights.can(Permission::RequestsViewInternal))
}

impl Viewer {
    /// What a user to whom it belongs is told of a change, if they may see it.
    pub fn told(&self, user: UserId, change: &Change) -> Option<Vec<u8>> {
        let seat = self.0.get(&change.community_id)?;
        match &change.about {
            About::Request { number, version, seen } if sees(&seat.sight, seen) => {
                let is_open = seat.is_staff || !change.event.is_among_staff();
                let told = RequestChanged {
                    community: seat.slug.clone(),
                    number: number.clone(),
                    id: seen.id,
                    status: seen.status,
                    version: *version,
                    event: is_open.then(|| change.event.to_string()),
                };
                Some(message(REQUEST, Some(change.seq), &told))
            }
            // Who has read it is for those to know who publish.
            About::Announcement { id, readers }
                if seat.publishes
                    || change.event != Event::AnnouncementReceipt && readers.contains(&user) =>
            {
                let told = AnnouncementChanged { community: seat.slug.clone(), id: *id };
                Some(message(ANNOUNCEMENT, Some(change.seq), &told))
            }
            About::Request { .. } | About::Announcement { .. } => None,
        }
    }
}
