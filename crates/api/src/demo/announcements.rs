//! What a community told its members in the course of the year, who has read it, and what they said about it.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use db::announcement::{Announcement, Category, Recipient, Version};
use db::attachment::Attachment;
use db::comment::Comment;
use db::notification::NewNotification;
use domain::announcement::AnnouncementStatus;
use domain::audience::{AudienceTie, MemberFilter};
use domain::community::CommunityKind;
use domain::id::{AnnouncementId, AttachmentId, UnitId, UserId, ZoneId};
use domain::role::Role;
use domain::service_request::AttachmentKind;

use super::dice::Dice;
use super::doorstep::Doorstep;
use super::readers::{self, Reader};
use super::texts::board::{File, For, Notice, Paper, When, dated};
use super::texts::{city_board, estate_lately, estate_year};
use super::world::{Person, World};
use super::{chatter, photos, replies};
use crate::admin;

/// The papers that announcements come with.
pub const PAPERS: &[&Paper] = &[&estate_lately::AGENDA, &city_board::PLAN];

/// By what audiences find members, and how many of a hundred residents have it. The demo's resident has the first.
const ESTATE_TAGS: &[(&str, u32)] =
    &[("gardeners", 9), ("dog-owners", 18), ("parking-a", 13), ("parking-b", 11), ("choir", 4)];
const CITY_TAGS: &[(&str, u32)] =
    &[("cyclists", 19), ("market-traders", 5), ("dog-owners", 12), ("riverside", 9), ("volunteers", 6)];

/// A community's notice board.
#[derive(Debug, Default)]
pub struct Board {
    pub categories: Vec<Category>,
    pub all: Vec<Announced>,
    /// What the demo accounts have been told of it.
    pub notices: Vec<NewNotification>,
}

/// An announcement with everything that became of it.
#[derive(Debug)]
pub struct Announced {
    pub row: Announcement,
    pub versions: Vec<Version>,
    pub recipients: Vec<Recipient>,
    pub comments: Vec<Comment>,
    pub comment_versions: Vec<db::comment::Version>,
    pub attachments: Vec<Attachment>,
}

pub fn texts(kind: CommunityKind) -> Vec<&'static Notice> {
    match kind {
        CommunityKind::Municipal => city_board::NOTICES.iter().collect(),
        _ => estate_lately::NOTICES.iter().chain(estate_year::NOTICES).collect(),
    }
}

/// Gives some of the members tags.
pub fn tag(world: &mut World, dice: &mut Dice, accounts: &[UserId]) {
    let all = match world.community.kind {
        CommunityKind::Municipal => CITY_TAGS,
        _ => ESTATE_TAGS,
    };
    for person in world.people.iter_mut().filter(|person| person.roles == [Role::Resident]) {
        person.member.tags = match person.member.user_id {
            Some(user) if accounts.contains(&user) => vec![all[0].0.to_owned()],
            _ => {
                all.iter().filter(|(_, chance)| dice.percent(*chance)).map(|(tag, _)| (*tag).into()).collect()
            }
        };
    }
}

/// Comes after everything else that is thrown, so that the year stays as it is.
pub fn announce(
    world: &World,
    doorstep: &Doorstep,
    dice: &mut Dice,
    accounts: &[UserId],
    now: DateTime<Utc>,
) -> Board {
    let founded = world.community.created_at;
    let categories = admin::announcement_categories(world.community.id, || dice.id(founded));
    let readers = readers::gather(world, doorstep, accounts, dice);
    let mut board = Board { categories, ..Board::default() };
    for notice in texts(world.community.kind) {
        let Some(author) = author(world, notice.by) else { continue };
        let Some(comes_out) = comes_out(dice, world.zone, notice, now) else { continue };
        let draft = write(world, dice, &board.categories, notice, author, comes_out, now);
        let Some(draft) = draft else { continue };
        let (row, versions) = match notice.when {
            When::Draft | When::Ahead(_) => (draft, Vec::new()),
            When::Hours(_) | When::Ago(_) | When::Yearly(..) => publish(dice, notice, draft, comes_out, now),
        };
        let mut announced = Announced {
            recipients: tell(world, dice, &readers, &row, now),
            comments: Vec::new(),
            comment_versions: Vec::new(),
            attachments: notice.file.map(|file| attach(dice, file, &row)).into_iter().collect(),
            row,
            versions,
        };
        replies::talk(world, dice, &readers, notice, &mut announced, now);
        board.notices.extend(replies::notify(world, dice, &readers, &announced, now));
        board.all.push(announced);
    }
    board.notices.sort_by_key(|notice| notice.created_at);
    board
}

/// Where there is nobody of that office, whoever manages everything writes.
fn author(world: &World, role: Role) -> Option<&Person> {
    let of = |role| world.with_role(role).first().map(|at| &world.people[*at]);
    of(role).or_else(|| of(Role::Manager))
}

fn at(zone: Tz, day: NaiveDate, hour: u32, minute: u32) -> Option<DateTime<Utc>> {
    let local = zone.from_local_datetime(&day.and_hms_opt(hour, minute, 0)?).earliest()?;
    Some(local.with_timezone(&Utc))
}

/// When it comes out; for what is not out and has no day yet, today.
fn comes_out(dice: &mut Dice, zone: Tz, notice: &Notice, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let today = now.with_timezone(&zone).date_naive();
    match notice.when {
        When::Hours(hours) => Some(now - TimeDelta::hours(hours)),
        When::Ago(days) => {
            let day = today - TimeDelta::days(days);
            // The office keeps its Sunday, unless something cannot wait.
            let early = i64::from(!notice.urgent && day.weekday() == Weekday::Sun);
            at(zone, day - TimeDelta::days(early), 8 + dice.below(10) as u32, dice.below(60) as u32)
        }
        When::Yearly(month, day) => [today.year(), today.year() - 1]
            .into_iter()
            .filter_map(|year| at(zone, NaiveDate::from_ymd_opt(year, month, day)?, 9, 0))
            .find(|at| *at <= now),
        When::Draft => Some(now),
        When::Ahead(days) => at(zone, today + TimeDelta::days(days), 9, 0),
    }
}

/// A draft. Whatever has a day already is scheduled for it.
fn write(
    world: &World,
    dice: &mut Dice,
    categories: &[Category],
    notice: &Notice,
    author: &Person,
    comes_out: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<Announcement> {
    let zone = world.zone;
    let day = comes_out.with_timezone(&zone).date_naive();
    let created_at = match notice.when {
        When::Draft => now - dice.minutes(600.0, 8000.0),
        When::Ahead(_) => now - dice.minutes(300.0, 3000.0),
        _ if notice.urgent => comes_out - dice.minutes(2.0, 15.0),
        _ => comes_out - dice.minutes(20.0, 2000.0),
    };
    let publish_at = match notice.when {
        When::Yearly(..) | When::Ahead(_) => Some(comes_out),
        When::Hours(_) | When::Ago(_) | When::Draft => None,
    };
    let row = Announcement {
        id: AnnouncementId(dice.id(created_at)),
        community_id: world.community.id,
        category_id: categories.iter().find(|category| category.name == notice.category)?.id,
        title: notice.title.into(),
        body: dated(notice.body, day),
        status: if publish_at.is_some() { AnnouncementStatus::Scheduled } else { AnnouncementStatus::Draft },
        urgent: notice.urgent,
        pinned: notice.pinned,
        acknowledgement: notice.asks,
        comments_allowed: notice.talk.is_some(),
        audience_roles: Vec::new(),
        audience_ties: Vec::new(),
        audience_zone_ids: Vec::new(),
        audience_unit_ids: Vec::new(),
        audience_tags: Vec::new(),
        author_id: author.member.id,
        author_name: author.member.display_name.clone(),
        publish_at,
        published_at: None,
        valid_until: notice.until.and_then(|days| at(zone, day + TimeDelta::days(days), 20, 0)),
        archived_at: None,
        edited_at: None,
        // No mail follows: whoever has not read it by now knew it before the demo was there.
        escalate_at: None,
        reminded_at: None,
        version: 1 + i32::from(publish_at.is_some()),
        created_at,
        updated_at: created_at,
    };
    // What is being written has no day yet, and so no end.
    let valid_until = row.valid_until.filter(|_| notice.when != When::Draft);
    Some(Announcement { valid_until, ..row }.for_audience(audience(world, notice.to)))
}

fn audience(world: &World, to: For) -> MemberFilter {
    let zone = |name: &str| -> Vec<ZoneId> {
        world.grounds.iter().filter(|ground| ground.zone.name == name).map(|ground| ground.zone.id).collect()
    };
    let block = |name: &str| -> Vec<UnitId> {
        world.units.iter().filter(|unit| unit.block.as_deref() == Some(name)).map(|unit| unit.id).collect()
    };
    let all = MemberFilter::default();
    match to {
        For::Everybody => all,
        For::Owners => MemberFilter { ties: vec![AudienceTie::Owner], ..all },
        For::Tenants => MemberFilter { ties: vec![AudienceTie::Tenant], ..all },
        For::Residents => MemberFilter { ties: vec![AudienceTie::Resident], ..all },
        For::Zone(name) => MemberFilter { zone_ids: zone(name), ..all },
        For::OwnersIn(name) => MemberFilter { ties: vec![AudienceTie::Owner], zone_ids: zone(name), ..all },
        For::Block(name) => MemberFilter { unit_ids: block(name), ..all },
        For::Roles(roles) => MemberFilter { roles: roles.to_vec(), ..all },
        For::Tag(tag) => MemberFilter { tags: vec![tag.into()], ..all },
    }
    .tidied()
}

/// What became of it since: published, mended, its silent readers reminded, over.
fn publish(
    dice: &mut Dice,
    notice: &Notice,
    draft: Announcement,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> (Announcement, Vec<Version>) {
    let mut row = Announcement {
        status: AnnouncementStatus::Published,
        published_at: Some(at),
        reminded_at: notice.reminds.map(|hours| at + TimeDelta::hours(hours)).filter(|at| *at <= now),
        version: draft.version + 1,
        updated_at: at,
        ..draft
    };
    let mut versions = Vec::new();
    let edited_at = at + dice.minutes(25.0, 200.0);
    if let Some((right, wrong)) = notice.slip.filter(|_| edited_at <= now) {
        versions.push(Version {
            community_id: row.community_id,
            announcement_id: row.id,
            version: row.version,
            title: row.title.clone(),
            body: row.body.replace(right, wrong),
            until: edited_at,
        });
        row = Announcement {
            edited_at: Some(edited_at),
            version: row.version + 1,
            updated_at: edited_at,
            ..row
        };
    }
    // The clock looks once a minute.
    let over_at = row.valid_until.map(|until| until + dice.minutes(0.0, 1.0)).filter(|at| *at <= now);
    if let Some(over_at) = over_at {
        row = Announcement {
            status: AnnouncementStatus::Archived,
            archived_at: Some(over_at),
            version: row.version + 1,
            updated_at: over_at,
            ..row
        };
    }
    (row, versions)
}

fn tell(
    world: &World,
    dice: &mut Dice,
    readers: &[Reader],
    row: &Announcement,
    now: DateTime<Utc>,
) -> Vec<Recipient> {
    let Some(published_at) = row.published_at else { return Vec::new() };
    let audience = row.audience();
    readers
        .iter()
        // Whoever wrote it knows it.
        .filter(|reader| reader.member_id != row.author_id)
        .filter_map(|reader| {
            let unit = reader.hears(&audience, published_at, world.zone)?;
            Some(reader.receive(dice, world.zone, row, unit, now))
        })
        .collect()
}

fn attach(dice: &mut Dice, file: File, row: &Announcement) -> Attachment {
    let (kind, name, stored_name, [width, height], size) = match file {
        File::Paper(paper) => {
            let size = i64::try_from(chatter::paper(paper.heading, paper.lines).len()).unwrap_or(0);
            (AttachmentKind::Document, Some(paper.name.into()), paper.stored_name.into(), [0; 2], size)
        }
        File::Photo(scene) => {
            let stored_name = photos::stored_name(scene, AttachmentKind::Evidence, 0);
            (AttachmentKind::Problem, None, stored_name, [photos::WIDTH as i32, photos::HEIGHT as i32], 0)
        }
    };
    Attachment {
        id: AttachmentId(dice.id(row.created_at)),
        community_id: row.community_id,
        uploader_id: Some(row.author_id),
        request_id: None,
        announcement_id: Some(row.id),
        comment_id: None,
        kind,
        name,
        stored_name,
        width,
        height,
        size,
        created_at: row.created_at,
        removed_at: None,
    }
}
