//! Writes a made demo into the database.

use chrono::{DateTime, Datelike, Utc};
use db::Conn;
use db::announcement::{Announcement, Counts};
use db::attachment::Attachment;
use db::invitation::Invitation;
use db::member::{Member, NewRole};
use db::professional::{CoveredZone, Professional};
use db::service_request::{New, Rating};
use db::timeline::Entry;
use domain::audit::{ActorKind, AuditAction};
use domain::community::ProfessionalStatus;

use super::announcements::{Announced, Board};
use super::catalogue;
use super::doorstep::Doorstep;
use super::teller::Story;
use super::world::World;
use super::{Demo, Town, together};
use crate::audit;
use crate::invitation;
use crate::vault::Vault;

pub async fn insert(tx: &mut Conn, demo: &Demo, vault: &Vault, now: DateTime<Utc>) -> anyhow::Result<()> {
    db::demo::insert_users(tx, &demo.users).await?;
    for town in [&demo.estate, &demo.city] {
        insert_world(tx, &town.world).await?;
        together::insert_teams(tx, &town.world, now).await?;
        insert_stories(tx, town).await?;
        together::insert_followers(tx, &town.world, &town.stories).await?;
        let facts = serde_json::json!({ "requests": town.stories.len(), "members": town.world.people.len() });
        let community = town.world.community.id;
        let entry = audit::Entry::new(AuditAction::DemoLoaded, community.0).community(community).meta(facts);
        audit::record(tx, entry.kind(ActorKind::Command), now).await?;
    }
    insert_doorstep(tx, &demo.doorstep, vault).await?;
    // Those at the door have been told things, too.
    for town in [&demo.estate, &demo.city] {
        insert_board(tx, &town.board).await?;
    }
    Ok(())
}

/// Addresses are sealed here: that takes chance of its own.
async fn insert_doorstep(tx: &mut Conn, doorstep: &Doorstep, vault: &Vault) -> anyhow::Result<()> {
    db::demo::insert_users(tx, &doorstep.users).await?;
    let members: Vec<Member> = doorstep.members.iter().map(|(member, _)| member.clone()).collect();
    let roles = doorstep.members.iter().flat_map(|(member, roles)| {
        roles.iter().map(|role| NewRole {
            community_id: member.community_id,
            member_id: member.id,
            role: *role,
        })
    });
    db::demo::insert_members(tx, &members, &roles.collect::<Vec<_>>()).await?;
    let sealed = doorstep.invitations.iter().map(|(row, address)| {
        let Some(address) = address else { return Ok(row.clone()) };
        let (email_sealed, email_index) = invitation::seal(vault, row.community_id, row.id, address)?;
        Ok(Invitation { email_sealed: Some(email_sealed), email_index: Some(email_index), ..row.clone() })
    });
    Ok(db::invitation::insert_all(tx, &sealed.collect::<anyhow::Result<Vec<_>>>()?).await?)
}

async fn insert_world(tx: &mut Conn, world: &World) -> anyhow::Result<()> {
    let community_id = world.community.id;
    db::community::insert(tx, &world.community).await?;
    db::category::insert_all(tx, &world.categories).await?;
    db::response_template::insert_all(tx, &catalogue::templates(world)).await?;
    let zones: Vec<_> = world.grounds.iter().map(|ground| ground.zone.clone()).collect();
    db::place::insert_zones(tx, &zones).await?;
    db::place::insert_units(tx, &world.units).await?;
    db::demo::insert_users(tx, &world.users).await?;
    let members: Vec<Member> = world.people.iter().map(|person| person.member.clone()).collect();
    let roles: Vec<NewRole> = world
        .people
        .iter()
        .flat_map(|person| person.roles.iter().map(|role| (person.member.id, *role)))
        .map(|(member_id, role)| NewRole { community_id, member_id, role })
        .collect();
    db::demo::insert_members(tx, &members, &roles).await?;
    db::place::insert_occupancies(tx, &world.occupancies).await?;
    let professionals: Vec<Professional> = world
        .workers
        .iter()
        .map(|worker| Professional {
            community_id,
            member_id: world.people[worker.person].member.id,
            status: ProfessionalStatus::Verified,
            skills: worker.skills.iter().map(|skill| (*skill).to_owned()).collect(),
        })
        .collect();
    let covered: Vec<CoveredZone> = world
        .workers
        .iter()
        .flat_map(|worker| worker.zones.iter().map(|zone| (worker.person, *zone)))
        .map(|(person, zone_id)| CoveredZone {
            community_id,
            member_id: world.people[person].member.id,
            zone_id,
        })
        .collect();
    db::professional::insert_all(tx, &professionals, &covered).await?;
    Ok(db::saved_filter::insert_all(tx, &catalogue::filters(world)).await?)
}

async fn insert_stories(tx: &mut Conn, town: &Town) -> anyhow::Result<()> {
    let Town { world, stories, notices, board: _ } = town;
    let community = &world.community;
    let all = |story: &Story| story.comments.clone();
    db::comment::insert_all(tx, &stories.iter().flat_map(all).collect::<Vec<_>>()).await?;
    let all = |story: &Story| story.versions.clone();
    db::comment::insert_versions(tx, &stories.iter().flat_map(all).collect::<Vec<_>>()).await?;
    let all = |story: &Story| story.mentions.clone();
    db::comment::mention(tx, &stories.iter().flat_map(all).collect::<Vec<_>>()).await?;
    let attachments: Vec<Attachment> = stories.iter().flat_map(|story| story.attachments.clone()).collect();
    db::attachment::insert_all(tx, &attachments).await?;
    let entries: Vec<Entry> = stories.iter().flat_map(|story| story.entries.clone()).collect();
    db::timeline::record(tx, &entries).await?;
    let year_of = |at: DateTime<Utc>| at.with_timezone(&world.zone).year();
    for year in stories.chunk_by(|a, b| year_of(a.new.created_at) == year_of(b.new.created_at)) {
        let all: Vec<(New, DateTime<Utc>)> =
            year.iter().map(|story| (story.new.clone(), story.updated_at())).collect();
        let Some((first, _)) = all.first() else { continue };
        let year = year_of(first.created_at);
        db::service_request::insert_history(tx, community.id, &all, &community.request_prefix, year).await?;
    }
    let ratings: Vec<Rating> = stories.iter().filter_map(|story| story.rating).collect();
    db::demo::insert_ratings(tx, &ratings).await?;
    Ok(db::demo::insert_notifications(tx, notices).await?)
}

async fn insert_board(tx: &mut Conn, board: &Board) -> anyhow::Result<()> {
    let Board { categories, all, notices } = board;
    db::announcement::insert_categories(tx, categories).await?;
    let rows: Vec<Announcement> = all.iter().map(|one| one.row.clone()).collect();
    db::announcement::insert_all(tx, &rows).await?;
    for Announced { row, versions, recipients, comments, comment_versions, attachments } in all {
        db::announcement::insert_versions(tx, versions).await?;
        db::announcement::add_recipients(tx, row, recipients).await?;
        db::comment::insert_all(tx, comments).await?;
        db::comment::insert_versions(tx, comment_versions).await?;
        db::attachment::insert_all(tx, attachments).await?;
        let standing = comments.iter().filter(|comment| comment.removed_at.is_none()).count();
        let said = Counts {
            comments: i32::try_from(standing)?,
            attachments: i32::try_from(attachments.len())?,
            ..Counts::default()
        };
        db::announcement::add(tx, row, said).await?;
    }
    Ok(db::demo::insert_notifications(tx, notices).await?)
}
