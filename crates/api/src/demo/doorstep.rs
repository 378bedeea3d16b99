//! Who stands at the estate's door: people who ask to come in, one who was refused, one who is kept out for now, people
//! who are invited, and a guard without e-mail.

use chrono::{DateTime, TimeDelta, Utc};
use db::invitation::Invitation;
use db::member::Member;
use db::user::User;
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::{InvitationId, MemberId, UserId};
use domain::role::Role;

use super::dice::Dice;
use super::people;
use super::world::World;

/// Demo accounts that are no member of anything else: the address of one who waits, and the guard's sign-in name.
pub const WAITING: &str = "newcomer@demo.test";
pub const GUARD: &str = "gate1@willow-park";

pub struct Doorstep {
    pub users: Vec<User>,
    pub members: Vec<(Member, Vec<Role>)>,
    /// With the address that each was sent to; none for a link.
    pub invitations: Vec<(Invitation, Option<&'static str>)>,
}

/// Address, name, which of the units, how they are tied to it, what they say, and how many hours ago.
type Application = (&'static str, &'static str, Option<usize>, OccupancyKind, &'static str, i64);

const APPLICATIONS: &[Application] = &[
    (
        WAITING,
        "Ida Brandt",
        Some(31),
        OccupancyKind::Tenant,
        "We rent from the beginning of the month; the agency has the contract.",
        5,
    ),
    (
        "rafael.prado@post.test",
        "Rafael Prado",
        Some(122),
        OccupancyKind::Owner,
        "I bought the flat in September. The deed was registered last week.",
        20,
    ),
    (
        "yuki.tanabe@post.test",
        "Yuki Tanabe",
        Some(205),
        OccupancyKind::Family,
        "My parents live there and I look after things for them.",
        44,
    ),
    ("lena.hartwig@post.test", "Lena Hartwig", None, OccupancyKind::Tenant, "", 70),
    (
        "oumar.diallo@post.test",
        "Oumar Diallo",
        Some(260),
        OccupancyKind::Tenant,
        "House-sitting until Easter, could I report things meanwhile?",
        96,
    ),
];

/// Addresses that have been invited, and how many days ago.
const INVITED: &[(&str, i64)] =
    &[("sofia.lemos@post.test", 1), ("dariusz.wilk@post.test", 3), ("amara.nwosu@post.test", 9)];

/// Comes after everything else that is thrown, so that the year stays as it is.
pub fn gather(world: &World, dice: &mut Dice, password_hash: &str, now: DateTime<Utc>) -> Doorstep {
    let mut all = Doorstep { users: Vec::new(), members: Vec::new(), invitations: Vec::new() };
    for &(address, name, unit, tie, note, hours) in APPLICATIONS {
        let at = now - TimeDelta::hours(hours);
        let hash = (address == WAITING).then_some(password_hash);
        let user = people::user(dice, address.to_owned(), hash, false, at);
        let unit = unit.and_then(|nth| world.units.get(nth)).map(|unit| unit.id);
        let member = Member {
            claimed_unit_id: unit,
            claimed_tie: unit.map(|_| tie),
            note: note.into(),
            ..member(world, dice, user.id, name, MemberStatus::Pending, at)
        };
        all.users.push(user);
        all.members.push((member, Vec::new()));
    }
    let Some(manager) = world.with_role(Role::Manager).first().map(|at| world.people[*at].member.id) else {
        return all;
    };
    for (address, name, status, reason, days, roles) in [
        (
            "viktor.malm@post.test",
            "Viktor Malm",
            MemberStatus::Archived,
            "We could not find you in our register. Please ask the owner of the flat to tell us about you.",
            6,
            vec![],
        ),
        (
            "bruna.teles@post.test",
            "Bruna Teles",
            MemberStatus::Suspended,
            "The deposit for the hall has been open since the summer party. Please call the office.",
            12,
            vec![Role::Resident],
        ),
    ] {
        let (asked, decided) = (now - TimeDelta::days(days + 200), now - TimeDelta::days(days));
        let user = people::user(dice, address.to_owned(), None, false, asked);
        let member = Member {
            reason: Some(reason.into()),
            decided_by: Some(manager),
            decided_at: Some(decided),
            updated_at: Some(decided),
            version: 2,
            ..member(world, dice, user.id, name, status, asked)
        };
        all.users.push(user);
        all.members.push((member, roles));
    }
    add_guard(&mut all, world, dice, password_hash, now);
    all.invitations.push((invitation(world, dice, manager, 25, now - TimeDelta::days(2)), None));
    for &(address, days) in INVITED {
        let made = invitation(world, dice, manager, 1, now - TimeDelta::days(days));
        all.invitations.push((made, Some(address)));
    }
    all
}

fn add_guard(all: &mut Doorstep, world: &World, dice: &mut Dice, password_hash: &str, now: DateTime<Utc>) {
    let at = now - TimeDelta::days(300);
    let user = User {
        email: None,
        sign_in_name: Some(GUARD.into()),
        ..people::user(dice, String::new(), Some(password_hash), false, at)
    };
    let guard = member(world, dice, user.id, "Gabriel at the main gate", MemberStatus::Active, at);
    all.users.push(user);
    all.members.push((guard, vec![Role::Guard]));
}

fn member(
    world: &World,
    dice: &mut Dice,
    user: UserId,
    name: &str,
    status: MemberStatus,
    at: DateTime<Utc>,
) -> Member {
    Member::new(MemberId(dice.id(at)), world.community.id, Some(user), name.into(), status, at)
}

/// Good for two weeks.
fn invitation(
    world: &World,
    dice: &mut Dice,
    created_by: MemberId,
    max_uses: i32,
    at: DateTime<Utc>,
) -> Invitation {
    Invitation {
        id: InvitationId(dice.id(at)),
        community_id: world.community.id,
        email_sealed: None,
        email_index: None,
        roles: vec![Role::Resident],
        unit_id: None,
        tie: None,
        max_uses,
        uses: 0,
        created_by,
        created_at: at,
        expires_at: at + TimeDelta::days(14),
        revoked_at: None,
        version: 1,
    }
}
