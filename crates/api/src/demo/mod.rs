//! Two communities with a year of life in them, to try everything out.
//!
//! The same instant makes the same demo. In reading order:
//!
//! * [`dice`], [`calendar`]: chance that repeats itself, and when things happen
//! * [`world`], [`people`], [`cast`]: places and people; [`estate`] and [`old_town`] are the two communities
//! * [`texts`]: what people write
//! * [`teller`], [`flow`], [`plots`], [`reports`]: one request's story, every step decided by the domain
//! * [`scripts`], [`stories`], [`notices`]: the year, and what the demo accounts have been told
//! * [`doorstep`]: who asks to come in, who is kept out, who is invited
//! * [`announcements`], [`readers`], [`replies`]: what the communities told their members, and what came of it
//! * [`photos`]: the pictures

mod announcements;
mod calendar;
mod cast;
mod catalogue;
mod chatter;
mod dice;
mod doorstep;
mod estate;
mod flow;
mod notices;
mod old_town;
mod people;
mod photos;
mod plots;
mod readers;
mod replies;
mod reports;
mod scripts;
mod store;
mod stories;
mod teller;
#[cfg(test)]
mod tests;
mod texts;
mod together;
mod world;

use chrono::{DateTime, TimeDelta, Utc};
use db::Db;
use db::notification::NewNotification;
use db::user::User;
use domain::id::UserId;
use domain::service_request::AttachmentKind;

use crate::files::{Store, Variant};
use crate::vault::Vault;
use announcements::Board;
use dice::Dice;
use doorstep::Doorstep;
use teller::Story;
use world::World;

/// The password of every demo account.
pub const PASSWORD: &str = "demo-password-2026";

/// The addresses that everybody may sign in with.
pub fn addresses() -> Vec<String> {
    cast::addresses().into_iter().chain([doorstep::WAITING.to_owned()]).collect()
}

const SEED: u64 = 20_260_901;
const ESTATE_REQUESTS: usize = 2_500;
const CITY_REQUESTS: usize = 800;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loaded {
    /// The demo was there before; nothing was changed.
    AlreadyThere,
    Now {
        communities: usize,
        members: usize,
        requests: usize,
        photos: usize,
    },
}

/// Fills the database and the file store with the demo, unless it is there already. All or nothing.
pub async fn load(
    db: &Db,
    store: &Store,
    vault: &Vault,
    password_hash: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<Loaded> {
    if db::community::find_by_slug(&mut *db.conn().await?, estate::NAME.slug).await?.is_some() {
        return Ok(Loaded::AlreadyThere);
    }
    let password_hash = password_hash.to_owned();
    let demo = tokio::task::spawn_blocking(move || Demo::make(&password_hash, now)).await??;
    let photos = photos::store_all(store, &demo.photos_used()).await?;
    store.put(chatter::OFFER, Variant::Document, chatter::offer()).await?;
    for paper in announcements::PAPERS {
        let page = chatter::paper(paper.heading, paper.lines);
        store.put(paper.stored_name, Variant::Document, page).await?;
    }
    db.transaction(async |tx| store::insert(tx, &demo, vault, now).await).await?;
    let towns = [&demo.estate, &demo.city];
    Ok(Loaded::Now {
        communities: towns.len(),
        members: towns.iter().map(|town| town.world.people.len()).sum::<usize>()
            + demo.doorstep.members.len(),
        requests: towns.iter().map(|town| town.stories.len()).sum(),
        photos,
    })
}

/// Everything there is to store.
struct Demo {
    /// Those who may sign in.
    users: Vec<User>,
    estate: Town,
    city: Town,
    doorstep: Doorstep,
}

/// A community and what happened in it.
struct Town {
    world: World,
    stories: Vec<Story>,
    notices: Vec<NewNotification>,
    board: Board,
}

impl Demo {
    fn make(password_hash: &str, now: DateTime<Utc>) -> anyhow::Result<Self> {
        let dice = &mut Dice::new(SEED);
        let since = now - TimeDelta::days(371);
        let accounts = cast::accounts(dice, password_hash, since);
        let users: Vec<UserId> = accounts.iter().map(|account| account.user.id).collect();
        let worlds = (estate::build(dice, &accounts, now), old_town::build(dice, &accounts, now));
        let mut estate = Town::live(worlds.0, dice, ESTATE_REQUESTS, &users, now)?;
        let mut city = Town::live(worlds.1, dice, CITY_REQUESTS, &users, now)?;
        let operator = cast::operator(dice, password_hash, since);
        let doorstep = doorstep::gather(&estate.world, dice, password_hash, now);
        for town in [&mut estate, &mut city] {
            announcements::tag(&mut town.world, dice, &users);
            town.board = announcements::announce(&town.world, &doorstep, dice, &users, now);
        }
        let users = accounts.into_iter().map(|account| account.user).chain([operator]).collect();
        Ok(Self { users, estate, city, doorstep })
    }

    /// The names of all photos that some request or announcement shows.
    fn photos_used(&self) -> Vec<String> {
        let towns = [&self.estate, &self.city];
        let of_requests = towns.iter().flat_map(|town| &town.stories).flat_map(|story| &story.attachments);
        let announced = towns.iter().flat_map(|town| &town.board.all).flat_map(|one| &one.attachments);
        let mut names: Vec<String> = of_requests
            .chain(announced)
            .filter(|file| file.kind != AttachmentKind::Document)
            .map(|photo| photo.stored_name.clone())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Town {
    fn live(
        world: World,
        dice: &mut Dice,
        requests: usize,
        users: &[UserId],
        now: DateTime<Utc>,
    ) -> anyhow::Result<Self> {
        let stories = stories::tell_year(&world, dice, requests, now)?;
        let notices = notices::write(&world, dice, &stories, users, now);
        Ok(Self { world, stories, notices, board: Board::default() })
    }
}
