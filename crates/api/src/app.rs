//! What every handler has at hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use db::Db;
use db::service_request::{Home, Sight, Ties};
use db::session::Holder;
use domain::clock::Clock;
use domain::community::Settings;
use domain::id::{CategoryId, CommunityId, MemberId, SessionId, TeamId, UnitId, UserId};
use domain::role::{Permission, Rights, Role};
use domain::service_request::decide::Asker;
use moka::sync::Cache;
use tokio::sync::{Notify, Semaphore};

use crate::config::Config;
use crate::files::Store;
use crate::http::rates::Limits;
use crate::messages::Messages;
use crate::session::token::Tokens;
use crate::stream::feed::Begun;
use crate::stream::hub::Hub;
use crate::vault::Vault;

/// The parts that all threads share.
pub struct Shared {
    pub config: Config,
    pub clock: Arc<dyn Clock>,
    pub messages: Messages,
    pub tokens: Tokens,
    pub vault: Vault,
    pub files: Store,
    /// Hashing a password takes memory and a core: so many at once.
    pub hashing: Semaphore,
    /// So does decoding a photo, which must not keep anybody from signing in.
    pub photos: Semaphore,
    /// How many requests are worked on at once.
    pub in_flight: Semaphore,
    pub rates: Limits,
    /// Rung when there is something in the outbox.
    pub outbox_bell: Notify,
    /// Rung when there is something in the queue.
    pub jobs_bell: Notify,
    /// Who listens to what happens.
    pub hub: Hub,
    pub feed: Begun,
    holders: Cache<SessionId, Option<Holder>>,
    actors: Cache<(UserId, String), Option<Arc<Actor>>>,
    /// Counts what was forgotten of actors.
    forgotten: Arc<AtomicU64>,
}

/// One thread's view: its own connections, and what all share.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub shared: Arc<Shared>,
}

impl std::ops::Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.shared
    }
}

/// A member of a community who is calling, with what they may do there.
#[derive(Debug, Clone)]
pub struct Actor {
    pub user_id: UserId,
    pub member_id: MemberId,
    pub name: String,
    pub roles: Vec<Role>,
    pub rights: Rights,
    pub community: db::community::Community,
    pub settings: Settings,
    /// The units where they live today.
    pub household: Vec<Home>,
    /// What they own and do not live in.
    pub owned: Vec<Home>,
    /// What is about the fabric of the building, for those who own some of it elsewhere.
    pub fabric: Vec<CategoryId>,
    /// The teams that they work in.
    pub teams: Vec<TeamId>,
    /// What they have the skills for, where the community lets professionals take requests by themselves.
    pub claimable: Vec<CategoryId>,
}

impl Actor {
    pub fn can(&self, permission: Permission) -> bool {
        self.rights.can(permission)
    }

    pub fn community_id(&self) -> CommunityId {
        self.community.id
    }

    /// Which requests they may see.
    pub fn sight(&self) -> Sight {
        Sight::of(
            self.rights,
            self.member_id,
            Ties {
                household: self.household.clone(),
                owned: self.owned.clone(),
                fabric: self.fabric.clone(),
                teams: self.teams.clone(),
                claimable: self.claimable.clone(),
            },
        )
    }

    /// Whether they live in a unit.
    pub fn lives_in(&self, unit: UnitId) -> bool {
        self.household.iter().any(|home| home.unit == unit)
    }

    pub fn asker(&self, skilled: bool) -> Asker {
        Asker::Member { id: self.member_id, rights: self.rights, skilled }
    }
}

impl Shared {
    pub fn new(config: Config, clock: Arc<dyn Clock>) -> anyhow::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            tokens: Tokens::new(&config.token_keys, config.token_keys_file.as_deref()),
            vault: Vault::new(&config.data_keys, config.data_keys_file.as_deref()),
            files: Store::open(&config)?,
            messages: Messages::load()?,
            hashing: Semaphore::new(config.threads.max(1)),
            photos: Semaphore::new(config.threads.max(1)),
            in_flight: Semaphore::new(config.edge.in_flight),
            rates: Limits::new(config.edge.rates, &clock),
            outbox_bell: Notify::new(),
            jobs_bell: Notify::new(),
            hub: Hub::default(),
            feed: Begun::default(),
            holders: Cache::builder().max_capacity(100_000).time_to_live(config.remembered).build(),
            actors: Cache::builder().max_capacity(100_000).time_to_live(config.remembered).build(),
            forgotten: Arc::default(),
            clock,
            config,
        }))
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Forgets what is remembered of a session, so that ending it takes effect at once.
    pub fn forget_session(&self, session: SessionId) {
        let (holders, forgotten) = (self.holders.clone(), Arc::clone(&self.forgotten));
        db::ambient::after_commit(move || {
            forgotten.fetch_add(1, Ordering::SeqCst);
            holders.invalidate(&session);
        });
    }

    /// Forgets what is remembered of a user in a community, so that a change of it takes effect at once.
    pub fn forget_actor(&self, user: UserId, community: &db::community::Community) {
        let (actors, forgotten) = (self.actors.clone(), Arc::clone(&self.forgotten));
        let names = [community.slug.clone(), community.id.to_string()];
        db::ambient::after_commit(move || {
            forgotten.fetch_add(1, Ordering::SeqCst);
            for name in names {
                actors.invalidate(&(user, name));
            }
        });
    }

    /// Forgets what everybody may do, because a community decided something anew.
    pub fn forget_actors(&self) {
        let (actors, forgotten) = (self.actors.clone(), Arc::clone(&self.forgotten));
        db::ambient::after_commit(move || {
            forgotten.fetch_add(1, Ordering::SeqCst);
            actors.invalidate_all();
        });
    }

    pub fn forget_sessions(&self, sessions: &[SessionId]) {
        for session in sessions {
            self.forget_session(*session);
        }
    }
}

impl App {
    /// A view of its own for one thread.
    pub fn new(shared: &Arc<Shared>) -> db::Result<Self> {
        let db = Db::new(&shared.config.database_url, shared.config.connections)?;
        let db = db.waiting(shared.config.connection_wait);
        Ok(Self { db, shared: Arc::clone(shared) })
    }

    /// Whose session it is; nobody's once it has ended. At most five seconds old.
    pub async fn holder(&self, session: SessionId) -> db::Result<Option<Holder>> {
        if let Some(known) = self.holders.get(&session) {
            return Ok(known);
        }
        let forgotten = self.forgotten.load(Ordering::SeqCst);
        let found = db::session::find_holder(&mut *self.db.conn().await?, session).await?;
        self.holders.insert(session, found);
        if self.forgotten.load(Ordering::SeqCst) != forgotten {
            self.holders.invalidate(&session);
        }
        Ok(found)
    }

    /// Who a user is in a community, if anybody. At most five seconds old.
    pub async fn actor(&self, user: UserId, community: &str) -> db::Result<Option<Arc<Actor>>> {
        // An id has many spellings, but is remembered, and forgotten, under one.
        let named = community.parse().map_or_else(|_| community.to_owned(), |id: CommunityId| id.to_string());
        let key = (user, named);
        if let Some(known) = self.actors.get(&key) {
            return Ok(known);
        }
        let forgotten = self.forgotten.load(Ordering::SeqCst);
        let found = self.load_actor(user, community).await?.map(Arc::new);
        self.actors.insert(key.clone(), found.clone());
        if self.forgotten.load(Ordering::SeqCst) != forgotten {
            // It may be what somebody changed while it was being looked up.
            self.actors.invalidate(&key);
        }
        Ok(found)
    }

    async fn load_actor(&self, user: UserId, community: &str) -> db::Result<Option<Actor>> {
        let conn = &mut *self.db.conn().await?;
        let Some((community, member)) = db::member::find_access(conn, user, community).await? else {
            return Ok(None);
        };
        let roles = db::member::roles(conn, community.id, member.id).await?;
        let household = household(conn, &community, member.id, self.now()).await?;
        let today = local_day(&community, self.now());
        let owned = db::member::owned_units(conn, community.id, member.id, today).await?;
        let home = |(unit, day)| Home { unit, since: beginning(&community, day) };
        let owned: Vec<Home> = owned.into_iter().map(home).collect();
        let fabric = match owned.is_empty() {
            true => Vec::new(),
            false => db::category::of_fabric(conn, community.id).await?,
        };
        let settings = community.settings();
        let rights = Rights::of(&roles, &settings);
        let teams = match rights.can(Permission::RequestsWork) {
            true => db::team::of_member(conn, community.id, member.id).await?,
            false => Vec::new(),
        };
        let claimable = if settings.professionals_claim && rights.can(Permission::RequestsWork) {
            db::professional::skilled_categories(conn, community.id, member.id).await?
        } else {
            Vec::new()
        };
        Ok(Some(Actor {
            user_id: user,
            member_id: member.id,
            name: member.display_name,
            rights,
            roles,
            settings,
            household,
            owned,
            fabric,
            teams,
            claimable,
            community,
        }))
    }
}

/// The units where a member lives on the day of this instant, and since when what happens there is theirs to know.
pub async fn household(
    conn: &mut db::Conn,
    community: &db::community::Community,
    member: MemberId,
    now: DateTime<Utc>,
) -> db::Result<Vec<Home>> {
    let today = local_day(community, now);
    let units = db::member::household_units(conn, community.id, member, today).await?;
    Ok(units.into_iter().map(|(unit, day)| Home { unit, since: beginning(community, day) }).collect())
}

/// The calendar day in a community at an instant.
pub fn local_day(community: &db::community::Community, instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&zone(community)).date_naive()
}

/// When a calendar day begins in a community. Where clocks leap over midnight, as if they did not.
pub(crate) fn beginning(community: &db::community::Community, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    let local = midnight.and_local_timezone(zone(community)).earliest();
    local.map_or_else(|| midnight.and_utc(), |local| local.to_utc())
}

fn zone(community: &db::community::Community) -> chrono_tz::Tz {
    community.time_zone.parse().unwrap_or(chrono_tz::UTC)
}
