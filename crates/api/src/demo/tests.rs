//! The demo is legal, complete, in its place, and the same every time.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{TimeZone, Utc};
use domain::community::MemberStatus;
use domain::place::Coordinates;
use domain::role::Role;
use domain::rule;
use domain::service_request::workflow::steps;
use domain::service_request::{AttachmentKind, HoldReason, RequestAction, RequestStatus};

use super::*;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap()
}

/// Made once: it takes its time.
static DEMO: LazyLock<Demo> = LazyLock::new(|| Demo::make("hash", now()).unwrap());

fn towns(demo: &Demo) -> [&Town; 2] {
    [&demo.estate, &demo.city]
}

#[test]
fn the_same_instant_makes_the_same_demo() {
    let again = Demo::make("hash", now()).unwrap();
    for (a, b) in towns(&DEMO).into_iter().zip(towns(&again)) {
        assert_eq!(format!("{:?}", a.stories), format!("{:?}", b.stories));
        assert_eq!(format!("{:?}", a.world.units), format!("{:?}", b.world.units));
        assert_eq!(format!("{:?}", a.notices), format!("{:?}", b.notices));
    }
}

#[test]
fn every_story_is_legal_and_none_reaches_into_the_future() {
    let demo = &*DEMO;
    for story in towns(demo).into_iter().flat_map(|town| &town.stories) {
        let [first, rest @ ..] = story.entries.as_slice() else { panic!("a story without a beginning") };
        assert_eq!((first.kind.as_str(), first.to_status), ("report", RequestStatus::New));
        let mut before = first;
        for entry in rest {
            assert_eq!(entry.from_status, Some(before.to_status));
            if entry.kind != "comment" {
                let action: RequestAction = entry.kind.parse().unwrap();
                let step = steps(before.to_status, action).next();
                assert!(step.is_some(), "{action} from {}", before.to_status);
            }
            assert!(entry.at >= before.at && entry.at <= now());
            assert!(entry.note.as_deref().is_none_or(|note| rule::NOTE.check(note).is_ok()));
            before = entry;
        }
        assert_eq!(before.to_status, story.new.progress.status);
    }
}

#[test]
fn every_state_and_every_reason_to_hold_is_there() {
    let demo = &*DEMO;
    for town in towns(demo) {
        for status in RequestStatus::ALL {
            let found = town.stories.iter().any(|story| story.new.progress.status == *status);
            assert!(found, "nothing is {status} in {}", town.world.community.slug);
        }
    }
    for reason in HoldReason::ALL {
        let held = |story: &&Story| story.new.progress.hold_reason == Some(*reason);
        assert!(demo.estate.stories.iter().any(|story| held(&story)), "{reason}");
    }
    let open = demo.estate.stories.iter().filter(|story| story.new.progress.status.is_open()).count();
    assert!((55..=95).contains(&open), "{open} are open");
    let overdue = |story: &&Story| story.new.progress.status.is_open() && story.new.due_at < now();
    assert!(demo.estate.stories.iter().filter(overdue).count() >= 5);
}

#[test]
fn any_hour_of_any_day_will_do() {
    for nth in 1..5 {
        let now = now() + TimeDelta::hours(nth * 2003);
        let demo = Demo::make("hash", now).unwrap();
        for town in towns(&demo) {
            let missing: Vec<_> = RequestStatus::ALL
                .iter()
                .filter(|status| town.stories.iter().all(|story| story.new.progress.status != **status))
                .collect();
            assert!(missing.is_empty(), "nothing is {missing:?} at {now}");
        }
    }
}

#[test]
fn there_are_as_many_as_promised() {
    let demo = &*DEMO;
    assert_eq!(demo.users.len(), 10);
    assert_eq!(demo.estate.world.people.len(), estate::MEMBERS);
    assert_eq!(demo.estate.world.units.len(), 300);
    assert_eq!(demo.estate.world.grounds.len(), 4);
    assert_eq!(demo.estate.stories.len(), ESTATE_REQUESTS);
    assert_eq!(demo.city.world.grounds.len(), 12);
    assert_eq!(demo.city.stories.len(), CITY_REQUESTS);
}

#[test]
fn everything_stands_inside_its_zone_and_zones_do_not_overlap() {
    let demo = &*DEMO;
    for town in towns(demo) {
        let ring = |zone| {
            let ground = town.world.grounds.iter().find(|ground| Some(ground.zone.id) == zone).unwrap();
            ground.ring.as_slice()
        };
        for unit in &town.world.units {
            assert!(unit.at().unwrap().within(ring(unit.zone_id)), "{}", unit.number);
        }
        for story in &town.stories {
            let (Some(lng), Some(lat)) = (story.new.lng, story.new.lat) else { continue };
            let at = Coordinates { lng, lat };
            assert!(at.within(ring(story.new.progress.zone)), "{}", story.new.title);
            let around = town.world.grounds.iter().filter(|ground| at.within(&ground.ring)).count();
            assert_eq!(around, 1, "{at:?} lies in {around} zones");
        }
    }
}

#[test]
fn texts_keep_to_the_rules_and_leave_no_gaps() {
    let demo = &*DEMO;
    for story in towns(demo).into_iter().flat_map(|town| &town.stories) {
        let new = &story.new;
        assert_eq!(rule::TITLE.check(&new.title), Ok(()), "{}", new.title);
        assert_eq!(rule::DESCRIPTION.check(&new.description), Ok(()));
        assert_eq!(rule::ADDRESS_HINT.check(&new.address_hint), Ok(()));
        assert!(!format!("{}{}", new.title, new.description).contains(['{', '}']), "{}", new.title);
        assert!(story.attachments.len() <= rule::ATTACHMENTS_MAX);
    }
}

#[test]
fn every_category_has_a_topic_with_six_templates_and_somebody_who_can_do_it() {
    let demo = &*DEMO;
    let topics = [texts::housing().collect::<Vec<_>>(), texts::municipal().collect()];
    for (town, topics) in towns(demo).into_iter().zip(topics) {
        for category in &town.world.categories {
            let topic = topics.iter().find(|topic| topic.code == category.code).unwrap();
            assert!(topic.templates.len() >= 6, "{}", category.code);
            for ground in &town.world.grounds {
                assert!(
                    !town.world.workers_for(topic.code, Some(ground.zone.id)).is_empty(),
                    "{}",
                    topic.code
                );
            }
        }
        assert_eq!(topics.len(), town.world.categories.len());
    }
}

#[test]
fn a_double_comes_after_its_master_and_within_its_time() {
    let demo = &*DEMO;
    for town in towns(demo) {
        let by_id: HashMap<_, _> = town.stories.iter().map(|story| (story.new.id, &story.new)).collect();
        for story in &town.stories {
            let Some(master) = story.new.progress.duplicate_of else { continue };
            let master = by_id[&master];
            assert!(master.created_at < story.new.created_at);
            let merged = story.updated_at();
            assert!(master.progress.closed_at.is_none_or(|end| merged < end + TimeDelta::days(7)));
        }
    }
}

#[test]
fn the_demo_accounts_find_what_they_are_promised() {
    let demo = &*DEMO;
    let world = &demo.estate.world;
    let (resident, pro) = (world.people[0].member.id, world.people[1].member.id);
    let own = |status: RequestStatus| {
        let stories = demo.estate.stories.iter();
        stories.filter(|s| s.new.reporter_id == Some(resident) && s.new.progress.status == status).count()
    };
    assert!(world.people[0].unit.is_some());
    assert!(own(RequestStatus::New) >= 1 && own(RequestStatus::Assigned) >= 1);
    assert!(own(RequestStatus::Resolved) >= 1 && own(RequestStatus::Closed) >= 3);
    let work = |status: RequestStatus, accepted: bool| {
        let mut stories = demo.estate.stories.iter().map(|story| &story.new.progress);
        stories.any(|p| p.assignee == Some(pro) && p.status == status && p.accepted_at.is_some() == accepted)
    };
    assert!(work(RequestStatus::Assigned, false) && work(RequestStatus::Assigned, true));
    assert!(work(RequestStatus::InProgress, true) && work(RequestStatus::OnHold, true));
    assert!(work(RequestStatus::Resolved, true) && work(RequestStatus::Closed, true));
    let unread = |user: &User| {
        demo.estate.notices.iter().any(|notice| notice.user_id == user.id && notice.read_at.is_none())
    };
    // Resident, professional and dispatcher: those who are told of things.
    assert!(demo.users[..3].iter().all(unread));
}

#[test]
fn people_stand_at_the_door_in_every_way_there_is() {
    let Doorstep { users, members, invitations } = &DEMO.doorstep;
    let count = |status: MemberStatus| members.iter().filter(|(member, _)| member.status == status).count();
    assert!(count(MemberStatus::Pending) >= 4);
    assert_eq!((count(MemberStatus::Archived), count(MemberStatus::Suspended)), (1, 1));
    for (member, roles) in members {
        assert!(users.iter().any(|user| Some(user.id) == member.user_id));
        assert_eq!(rule::NAME.check(&member.display_name), Ok(()));
        assert_eq!(rule::REASON.check(&member.note), Ok(()));
        assert!(member.created_at < now() && member.decided_at.is_none_or(|at| at < now()));
        assert!(!roles.contains(&Role::Admin));
    }
    assert!(members.iter().filter(|(member, _)| member.claimed_unit_id.is_some()).count() >= 3);
    let guard = users.iter().find(|user| user.sign_in_name.as_deref() == Some(doorstep::GUARD)).unwrap();
    assert!(guard.password_hash.is_some() && !guard.must_change_password && guard.email.is_none());
    assert!(invitations.iter().all(|(invitation, _)| invitation.is_usable(now())));
    assert_eq!(invitations.iter().filter(|(_, address)| address.is_none()).count(), 1);
    let again = Demo::make("hash", now()).unwrap().doorstep;
    assert_eq!(format!("{members:?}{invitations:?}"), format!("{:?}{:?}", again.members, again.invitations));
}

#[test]
fn every_scene_can_be_drawn_and_its_cure_looks_different() {
    for scene in [photos::Scene::Tap, photos::Scene::Pothole, photos::Scene::StreetLamp] {
        let picture = |kind| photos::draw(&photos::stored_name(scene, kind, 0)).unwrap();
        let (problem, evidence) = (picture(AttachmentKind::Problem), picture(AttachmentKind::Evidence));
        assert!(problem != evidence && problem == picture(AttachmentKind::Problem), "{scene:?}");
        let size = image::load_from_memory(&problem[1]).map(|photo| (photo.width(), photo.height()));
        assert_eq!(size.unwrap(), (photos::WIDTH, photos::HEIGHT));
    }
}

#[test]
fn people_talk_in_every_way_there_is() {
    let demo = &*DEMO;
    let stories = || towns(demo).into_iter().flat_map(|town| &town.stories);
    let comments = || stories().flat_map(|story| &story.comments);
    for comment in comments() {
        assert_eq!(rule::COMMENT.check(&comment.body), Ok(()));
        assert!(comment.edited_at.max(comment.removed_at).is_none_or(|at| at <= now()));
        assert_eq!(comment.body.is_empty(), comment.removed_at.is_some());
    }
    assert!(comments().filter(|comment| comment.parent_id.is_some()).count() >= 20);
    assert!(comments().filter(|comment| comment.edited_at.is_some()).count() >= 10);
    assert!(comments().filter(|comment| comment.removed_at.is_some()).count() >= 5);
    assert!(stories().flat_map(|story| &story.mentions).count() >= 10);
    let papers = stories().flat_map(|story| &story.attachments).filter(|file| file.name.is_some());
    assert!(papers.count() >= 3);
}
