//! Who works together, and who follows what.

use chrono::{DateTime, Utc};
use db::Conn;
use db::follower::Follower;
use db::team::Team;
use domain::id::{MemberId, TeamId};
use domain::service_request::Shift;
use uuid::Uuid;

use super::teller::Story;
use super::world::World;

/// How many professionals a team has.
const SIZE: usize = 3;
const NAMES: [(&str, Shift); 3] =
    [("House technicians", Shift::Day), ("Night watch", Shift::Night), ("Outdoor crew", Shift::Always)];

pub async fn insert_teams(tx: &mut Conn, world: &World, now: DateTime<Utc>) -> anyhow::Result<()> {
    for (number, (workers, (name, shift))) in (1..).zip(world.workers.chunks(SIZE).zip(NAMES)) {
        let mut skills: Vec<String> =
            workers.iter().flat_map(|worker| worker.skills).map(|skill| (*skill).to_owned()).collect();
        skills.sort_unstable();
        skills.dedup();
        let team = Team {
            id: TeamId(Uuid::from_u128(world.community.id.0.as_u128().wrapping_add(number))),
            community_id: world.community.id,
            name: name.into(),
            shift,
            skills,
            archived_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        db::team::insert(tx, &team).await?;
        let members: Vec<MemberId> =
            workers.iter().map(|worker| world.people[worker.person].member.id).collect();
        db::team::set_members(tx, team.community_id, team.id, &members).await?;
    }
    Ok(())
}

/// Households follow what is about their unit, and whoever reported a double follows its master.
pub async fn insert_followers(tx: &mut Conn, world: &World, stories: &[Story]) -> anyhow::Result<()> {
    let community_id = world.community.id;
    let mut all = Vec::new();
    for Story { new, .. } in stories {
        let speaker = new.beneficiary_id.or(new.reporter_id);
        let day = new.created_at.date_naive();
        let lived = world.occupancies.iter().filter(|one| {
            Some(one.unit_id) == new.unit_id
                && !new.personal
                && one.resides
                && one.from_date <= day
                && one.to_date.is_none()
                && Some(one.member_id) != speaker
        });
        all.extend(lived.map(|one| (new.id, one.member_id, None, new.created_at)));
        if let (Some(master), Some(speaker)) = (new.progress.duplicate_of, speaker) {
            all.push((master, speaker, Some(new.id), new.progress.closed_at.unwrap_or(new.created_at)));
        }
    }
    let rows: Vec<Follower> = all
        .into_iter()
        .map(|(request_id, member_id, merged_from, created_at)| Follower {
            community_id,
            request_id,
            member_id,
            merged_from,
            created_at,
        })
        .collect();
    db::follower::insert_all(tx, &rows).await?;
    // What they use most comes first among the suggestions.
    let mut tags: Vec<String> = stories.iter().flat_map(|story| story.new.handling.tags.clone()).collect();
    tags.sort_unstable();
    tags.dedup();
    let last = stories.iter().map(|story| story.new.created_at).max();
    if let Some(last) = last.filter(|_| !tags.is_empty()) {
        db::tag::remember(tx, community_id, &tags, last).await?;
    }
    Ok(())
}
