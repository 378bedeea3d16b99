//! The demo is legal, complete, in its place, and the same every time.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{TimeZone, Utc};
use domain::announcement::{self, AnnouncementStatus};
use domain::audience::Tied;
use domain::community::MemberStatus;
use domain::place::Coordinates;
use domain::role::Role;
use domain::rule;
use domain::service_request::workflow::steps;
use domain::service_request::{AttachmentKind, HoldReason, RequestAction, RequestStatus};

use super::announcements::Announced;
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
        assert_eq!(format!("{:?}", a.board), format!("{:?}", b.board));
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
            check_board(town, now);
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

/// What holds of every notice board, whenever it was made.
fn check_board(town: &Town, now: DateTime<Utc>) {
    let slug = &town.world.community.slug;
    let rows = || town.board.all.iter().map(|one| &one.row);
    assert_eq!(rows().count(), announcements::texts(town.world.community.kind).len(), "in {slug} at {now}");
    for status in AnnouncementStatus::ALL {
        assert!(rows().any(|row| row.status == *status), "nothing is {status} in {slug} at {now}");
    }
    for row in rows() {
        let title = &row.title;
        let past =
            [Some(row.created_at), Some(row.updated_at), row.published_at, row.archived_at, row.edited_at];
        assert!(past.into_iter().chain([row.reminded_at]).flatten().all(|at| at <= now), "{title}");
        assert_eq!(row.status.is_out(), row.published_at.is_some(), "{title}");
        assert_eq!(row.status == AnnouncementStatus::Archived, row.archived_at.is_some(), "{title}");
        assert!(row.published_at.is_none_or(|at| at >= row.created_at), "{title}");
        let is_due = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at <= now - TimeDelta::minutes(1));
        assert!(row.status != AnnouncementStatus::Published || !is_due(row.valid_until), "{title}");
        assert!(row.status != AnnouncementStatus::Scheduled || !is_due(row.publish_at), "{title}");
    }
    let resident = town.world.people[0].member.id;
    let waits = |one: &&Announced, asks: bool| {
        one.row.status == AnnouncementStatus::Published
            && one.recipients.iter().any(|receipt| {
                receipt.member_id == resident
                    && if asks { receipt.acknowledged_at.is_none() } else { receipt.read_at.is_none() }
            })
    };
    let unread = town.board.all.iter().filter(|one| waits(one, false)).count();
    assert!((2..=6).contains(&unread), "{unread} are unread in {slug} at {now}");
    assert!(town.board.all.iter().any(|one| one.row.acknowledgement && waits(&one, true)), "{slug} at {now}");
}

#[test]
fn every_notice_board_has_a_year_of_announcements_in_every_state() {
    for town in towns(&DEMO) {
        check_board(town, now());
        let rows = || town.board.all.iter().map(|one| &one.row);
        let count = |status| rows().filter(|row| row.status == status).count();
        assert!(count(AnnouncementStatus::Draft) == 2 && count(AnnouncementStatus::Scheduled) == 1);
        assert!(count(AnnouncementStatus::Archived) >= 15 && count(AnnouncementStatus::Published) >= 10);
        let pinned = rows().filter(|row| row.pinned && row.status == AnnouncementStatus::Published).count();
        assert!((2..=3).contains(&pinned));
        let oldest = rows().filter_map(|row| row.published_at).min();
        assert!(oldest.is_some_and(|at| at < now() - TimeDelta::days(300)));
    }
}

#[test]
fn announcements_keep_to_the_rules_and_leave_no_gaps() {
    for Announced { row, versions, comments, comment_versions, .. } in
        towns(&DEMO).map(|town| &town.board.all).into_iter().flatten()
    {
        assert_eq!(announcement::TITLE.check(&row.title), Ok(()), "{}", row.title);
        assert_eq!(announcement::BODY.check(&row.body), Ok(()), "{}", row.title);
        assert_eq!(rule::trimmed(&row.body), row.body);
        assert!(!format!("{}{}", row.title, row.body).contains(['{', '}']), "{}", row.title);
        let lists = [row.audience_zone_ids.len(), row.audience_unit_ids.len()];
        assert!(lists.into_iter().all(|named| named <= domain::audience::NAMED_MAX));
        for link in row.body.split("https://").skip(1) {
            assert!(link.starts_with("example.com/"), "{link}");
        }
        assert_eq!(versions.is_empty(), row.edited_at.is_none());
        assert!(versions.iter().all(|version| version.body != row.body && version.version < row.version));
        assert!(comments.is_empty() || row.comments_allowed);
        for comment in comments {
            assert!(row.published_at.is_some_and(|at| at < comment.created_at), "{}", row.title);
            assert!(comment.created_at.max(comment.removed_at.unwrap_or(comment.created_at)) <= now());
            assert!(row.archived_at.is_none_or(|at| at >= comment.created_at), "{}", row.title);
            assert_eq!(comment.body.is_empty(), comment.removed_at.is_some());
        }
        let removed = comments.iter().filter(|comment| comment.removed_at.is_some());
        assert_eq!(removed.count(), comment_versions.len());
    }
}

#[test]
fn nobody_reads_before_it_is_published_confirms_without_reading_or_comments_unread() {
    for one in towns(&DEMO).map(|town| &town.board.all).into_iter().flatten() {
        let Announced { row, recipients, comments, .. } = one;
        assert!(row.published_at.is_some() || recipients.is_empty(), "{}", row.title);
        for receipt in recipients {
            assert_eq!(Some(receipt.told_at), row.published_at);
            assert_eq!(receipt.read_at.is_some(), receipt.read_by.is_some());
            assert!(receipt.read_at.is_none_or(|at| at > receipt.told_at && at <= now()), "{}", row.title);
            let confirmed = receipt.acknowledged_at;
            assert!(confirmed.is_none() || row.acknowledgement, "{}", row.title);
            assert!(confirmed.is_none_or(|at| receipt.read_at.is_some_and(|read| read <= at) && at <= now()));
        }
        for comment in comments.iter().filter(|comment| comment.author_id != Some(row.author_id)) {
            let read = recipients.iter().find(|receipt| Some(receipt.member_id) == comment.author_id);
            assert!(read.and_then(|receipt| receipt.read_at).is_some_and(|at| at < comment.created_at));
        }
    }
}

#[test]
fn every_receipt_is_that_of_somebody_of_the_audience_and_nobody_is_left_out() {
    for town in towns(&DEMO) {
        let world = &town.world;
        let at_the_door = DEMO.doorstep.members.iter().map(|(member, roles)| (member, roles));
        let all: Vec<_> = world
            .people
            .iter()
            .map(|person| (&person.member, &person.roles))
            .chain(at_the_door.filter(|(member, _)| member.community_id == world.community.id))
            .filter(|(member, _)| member.status == MemberStatus::Active)
            .collect();
        for Announced { row, recipients, .. } in &town.board.all {
            let Some(published_at) = row.published_at else { continue };
            let day = published_at.with_timezone(&world.zone).date_naive();
            let told: HashMap<_, _> = recipients.iter().map(|receipt| (receipt.member_id, receipt)).collect();
            assert!(!told.is_empty() && told.len() == recipients.len(), "{}", row.title);
            for (member, roles) in &all {
                let homes: Vec<Tied> = world
                    .occupancies
                    .iter()
                    .filter(|one| one.member_id == member.id && one.from_date <= day)
                    .map(|one| {
                        let unit = world.units.iter().find(|unit| unit.id == one.unit_id).unwrap();
                        Tied { kind: one.kind, resides: one.resides, unit: unit.id, zone: unit.zone_id }
                    })
                    .collect();
                let takes = row.audience().takes(roles, &member.tags, &homes)
                    && member.created_at <= published_at
                    && member.id != row.author_id;
                assert_eq!(told.contains_key(&member.id), takes, "{}: {}", row.title, member.display_name);
                let unit = told.get(&member.id).and_then(|receipt| receipt.unit_id);
                assert!(unit.is_none_or(|unit| homes.iter().any(|home| home.unit == unit)));
            }
            let known = |id| all.iter().any(|(member, _)| member.id == id);
            // Besides them only who was kept out since.
            assert!(recipients.iter().filter(|receipt| !known(receipt.member_id)).count() <= 1);
        }
    }
}

#[test]
fn announcements_are_read_as_people_read() {
    let demo = &*DEMO;
    let out = || towns(demo).map(|town| &town.board.all).into_iter().flatten();
    let settled = |one: &&Announced| one.row.published_at.is_some_and(|at| at < now() - TimeDelta::days(30));
    let receipts: Vec<_> = out().filter(settled).flat_map(|one| &one.recipients).collect();
    let within = |limit: TimeDelta| {
        let read = receipts.iter().filter(|it| it.read_at.is_some_and(|at| at - it.told_at <= limit));
        read.count() * 100 / receipts.len()
    };
    let (soon, ever) = (within(TimeDelta::hours(48)), within(TimeDelta::days(400)));
    assert!((70..92).contains(&soon) && (85..98).contains(&ever), "{soon} of a hundred soon, {ever} ever");
    assert!(receipts.iter().any(|it| it.read_by == Some(announcement::ReadBy::Mail)));
    assert!(out().filter(|one| one.row.edited_at.is_some()).count() >= 2);
    assert!(out().filter(|one| !one.attachments.is_empty()).count() >= 4);
    let comments = || out().flat_map(|one| &one.comments);
    assert!(comments().count() >= 40 && comments().any(|comment| comment.removal_reason.is_some()));
    for town in towns(demo) {
        for notice in &town.board.notices {
            let told = town.board.all.iter().find(|one| one.row.id.0 == notice.subject_id).unwrap();
            let receipt = told.recipients.iter().find(|receipt| receipt.member_id == notice.member_id);
            assert!(receipt.is_none_or(|receipt| receipt.read_at == notice.read_at));
            assert!(notice.created_at <= now());
        }
        assert!(town.board.notices.iter().any(|notice| notice.read_at.is_none()));
    }
}
