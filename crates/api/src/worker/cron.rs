//! What time starts by itself: schedules in a community's own time, or in UTC.

use std::str::FromStr as _;

use anyhow::Context;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use croner::Cron;
use domain::job::Kind;

use crate::app::App;

/// Makes the rows that are missing, then queues the jobs of all schedules whose time has come.
pub async fn round(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    {
        let conn = &mut *app.db.conn().await?;
        for (kind, community, zone) in db::schedule::missing(conn).await? {
            // What is done for all begins at once; a community's waits for its hour.
            let first = if community.is_some() { next(kind, zone.as_deref(), now)? } else { now };
            db::schedule::add(conn, kind, community, first).await?;
        }
    }
    while fire(app).await? {
        app.jobs_bell.notify_waiters();
    }
    Ok(())
}

/// Queues the job of the schedule that has been due longest, and says when it is due next; answers whether there was
/// one. What was missed while nobody worked is made up for once.
async fn fire(app: &App) -> anyhow::Result<bool> {
    let now = app.now();
    app.db
        .transaction(async |tx| -> anyhow::Result<bool> {
            let Some(due) = db::schedule::lock_due(tx, now).await? else { return Ok(false) };
            if let Some(job) = due.kind.scheduled(due.community_id) {
                let key = format!("{}@{}", due.id, due.next_at.timestamp());
                db::job::enqueue(tx, &[(job, Some(key))], now).await?;
            }
            let next = next(due.kind, due.time_zone.as_deref(), now)?;
            db::schedule::advance(tx, due.id, next, now).await?;
            Ok(true)
        })
        .await
}

fn next(kind: Kind, zone: Option<&str>, after: DateTime<Utc>) -> anyhow::Result<DateTime<Utc>> {
    let cron = kind.cron().with_context(|| format!("{kind} has no schedule"))?;
    next_of(cron, zone.and_then(|zone| zone.parse().ok()).unwrap_or(chrono_tz::UTC), after)
}

/// The first instant after `after` that a schedule means by the clocks of a zone. A time of day that clocks leap over
/// is the first one after the leap; one that comes twice is the first of the two.
pub fn next_of(cron: &str, zone: Tz, after: DateTime<Utc>) -> anyhow::Result<DateTime<Utc>> {
    let cron = Cron::from_str(cron).with_context(|| format!("not a schedule: {cron}"))?;
    let next = cron.find_next_occurrence(&after.with_timezone(&zone), false);
    Ok(next.context("a schedule without an end")?.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(cron: &str, zone: &str, from: &str, count: usize) -> Vec<String> {
        let (mut at, zone): (DateTime<Utc>, Tz) = (from.parse().unwrap(), zone.parse().unwrap());
        (0..count)
            .map(|_| {
                at = next_of(cron, zone, at).unwrap();
                at.format("%m-%d %H:%M").to_string()
            })
            .collect()
    }

    #[test]
    fn a_time_of_day_is_the_communitys_own_in_summer_and_in_winter() {
        let lisbon = runs("0 7 * * *", "Europe/Lisbon", "2026-10-23T12:00:00Z", 3);
        assert_eq!(lisbon, ["10-24 06:00", "10-25 07:00", "10-26 07:00"]);
        assert_eq!(runs("0 7 * * *", "Asia/Kathmandu", "2026-06-15T00:00:00Z", 1), ["06-15 01:15"]);
    }

    #[test]
    fn a_time_that_clocks_leap_over_is_the_first_after_the_leap() {
        let berlin = runs("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 3);
        assert_eq!(berlin, ["03-28 01:30", "03-29 01:00", "03-30 00:30"]);
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first_of_the_two_and_once_only() {
        let berlin = runs("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2);
        assert_eq!(berlin, ["10-25 00:30", "10-26 01:30"]);
    }

    #[test]
    fn a_daily_schedule_runs_once_on_every_day_of_the_year_wherever_the_clocks_change() {
        for zone in
            ["Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo", "America/Havana"]
        {
            for cron in ["0 7 * * *", "30 2 * * *", "0 0 * * *", "59 23 * * *", "15 1 * * *"] {
                let zone: Tz = zone.parse().unwrap();
                let mut at: DateTime<Utc> = "2025-12-31T12:00:00Z".parse().unwrap();
                let mut days = Vec::new();
                while days.len() < 366 {
                    at = next_of(cron, zone, at).unwrap();
                    days.push(at.with_timezone(&zone).date_naive());
                }
                let follows = days.windows(2).all(|two| two[0].succ_opt() == Some(two[1]));
                assert!(follows, "{cron} in {zone}: {days:?}");
            }
        }
    }
}
