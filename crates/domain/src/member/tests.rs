//! Who may change whose membership, in examples and in every order of things.

use super::*;
use proptest::prelude::*;

fn rights(roles: &[Role]) -> Rights {
    Rights::of(roles, &Settings::default())
}

fn asker(roles: &[Role]) -> Asker {
    Asker { rights: rights(roles), is_self: false }
}

fn subject(status: MemberStatus, roles: &[Role]) -> Subject {
    Subject { status, rights: rights(roles), is_last_admin: false }
}

#[test]
fn every_action_has_one_row() {
    for action in MemberAction::ALL {
        assert_eq!(LIFECYCLE.iter().filter(|step| step.action == *action).count(), 1, "{action}");
    }
}

#[test]
fn a_manager_decides_about_everybody_but_admins_and_themselves() {
    let manager = asker(&[Role::Manager]);
    let resident = subject(MemberStatus::Active, &[Role::Resident]);
    assert_eq!(
        decide(MemberAction::Suspend, manager, resident, Some("Late fees")),
        Ok(MemberStatus::Suspended)
    );
    let admin = subject(MemberStatus::Active, &[Role::Admin]);
    assert_eq!(decide(MemberAction::Suspend, manager, admin, Some("Coup")), Err(Refusal::NotAllowed));
    let own = Asker { is_self: true, ..manager };
    assert_eq!(decide(MemberAction::Suspend, own, resident, Some("Bored")), Err(Refusal::NotAllowed));
}

#[test]
fn the_last_admin_stays() {
    let admin = asker(&[Role::Admin]);
    let last = Subject { is_last_admin: true, ..subject(MemberStatus::Active, &[Role::Admin]) };
    for action in [MemberAction::Suspend, MemberAction::Archive] {
        assert_eq!(decide(action, admin, last, Some("Leaving")), Err(Refusal::LastAdmin));
    }
    let own = Asker { is_self: true, ..admin };
    let settings = Settings::default();
    assert_eq!(
        may_set_roles(own, last, &[Role::Admin], &[Role::Manager], &settings),
        Err(Refusal::LastAdmin)
    );
    assert_eq!(may_set_roles(own, last, &[Role::Admin], &[Role::Admin, Role::Guard], &settings), Ok(()));
}

#[test]
fn what_hurts_needs_a_reason() {
    let manager = asker(&[Role::Manager]);
    let pending = subject(MemberStatus::Pending, &[]);
    assert_eq!(decide(MemberAction::Reject, manager, pending, Some("  ")), Err(Refusal::ReasonMissing));
    assert_eq!(decide(MemberAction::Approve, manager, pending, None), Ok(MemberStatus::Active));
}

#[test]
fn a_manager_grants_everything_but_what_gives_more_than_they_have() {
    let settings = Settings::default();
    let granted = grantable(rights(&[Role::Manager]), &settings);
    assert!(granted.contains(&Role::Resident) && granted.contains(&Role::Supervisor));
    assert!(!granted.contains(&Role::Admin) && !granted.contains(&Role::Accountant));
    assert_eq!(grantable(rights(&[Role::Admin]), &settings), Role::ALL);
    assert_eq!(grantable(rights(&[Role::Dispatcher]), &settings), []);
}

fn roles() -> impl Strategy<Value = Vec<Role>> {
    proptest::sample::subsequence(Role::ALL.to_vec(), 0..=Role::ALL.len())
}

proptest! {
    #[test]
    fn no_change_of_roles_gives_away_a_permission_that_the_granter_lacks(
        granter in roles(), before in roles(), after in roles()
    ) {
        let settings = Settings::default();
        let asker = asker(&granter);
        let subject = subject(MemberStatus::Active, &before);
        if may_set_roles(asker, subject, &before, &after, &settings).is_ok() {
            let gained = Role::ALL.iter().filter(|role| after.contains(role) && !before.contains(role));
            for role in gained {
                prop_assert!(asker.rights.outranks(rights(&[*role])), "{role} by {granter:?}");
            }
        }
    }
}

/// Somebody in a made-up community: where they stand, and as what.
#[derive(Debug, Clone)]
struct Somebody {
    status: MemberStatus,
    roles: Vec<Role>,
}

/// Something that one of them tries with another (or with themselves).
#[derive(Debug, Clone)]
enum Try {
    Act { who: usize, whom: usize, action: MemberAction },
    SetRoles { who: usize, whom: usize, roles: Vec<Role> },
}

const PEOPLE: usize = 5;

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let pair = || (0..PEOPLE, 0..PEOPLE);
    let act = (pair(), proptest::sample::select(MemberAction::ALL))
        .prop_map(|((who, whom), action)| Try::Act { who, whom, action });
    let set = (pair(), roles()).prop_map(|((who, whom), roles)| Try::SetRoles { who, whom, roles });
    proptest::collection::vec(prop_oneof![act, set], 0..60)
}

/// Does what is allowed, as the server does it: whoever is not active asks for nothing.
fn attempt(people: &mut [Somebody], one: &Try) {
    let settings = Settings::default();
    let (Try::Act { who, whom, .. } | Try::SetRoles { who, whom, .. }) = *one;
    let is_admin = |one: &Somebody| one.status == MemberStatus::Active && one.roles.contains(&Role::Admin);
    let admins = people.iter().filter(|one| is_admin(one)).count();
    if people[who].status != MemberStatus::Active {
        return;
    }
    let asker = Asker { rights: rights(&people[who].roles), is_self: who == whom };
    let it = &people[whom];
    let subject =
        Subject { status: it.status, rights: rights(&it.roles), is_last_admin: is_admin(it) && admins == 1 };
    match one {
        Try::Act { action, .. } => {
            if let Ok(next) = decide(*action, asker, subject, Some("a reason")) {
                people[whom].status = next;
            }
        }
        Try::SetRoles { roles, .. } => {
            let before = it.roles.clone();
            if may_set_roles(asker, subject, &before, roles, &settings).is_ok() {
                people[whom].roles.clone_from(roles);
            }
        }
    }
}

fn community(chief: Role) -> Vec<Somebody> {
    let statuses =
        [MemberStatus::Active, MemberStatus::Active, MemberStatus::Pending, MemberStatus::Suspended];
    let others = statuses.map(|status| Somebody { status, roles: vec![Role::Manager] });
    let first = Somebody { status: MemberStatus::Active, roles: vec![chief] };
    std::iter::once(first).chain(others).collect()
}

proptest! {
    #[test]
    fn nothing_that_managers_do_ever_makes_an_admin(tries in tries()) {
        let mut people = community(Role::Manager);
        for one in &tries {
            attempt(&mut people, one);
            prop_assert!(people.iter().all(|one| !one.roles.contains(&Role::Admin)), "{one:?}");
        }
    }

    #[test]
    fn nothing_that_anybody_does_leaves_a_community_without_an_active_admin(tries in tries()) {
        let mut people = community(Role::Admin);
        for one in &tries {
            attempt(&mut people, one);
            let is_left = |one: &Somebody| one.status == MemberStatus::Active && one.roles.contains(&Role::Admin);
            prop_assert!(people.iter().any(is_left), "{one:?}");
        }
    }
}
