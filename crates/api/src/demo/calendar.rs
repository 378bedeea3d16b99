//! When things happen: people report at all hours, offices have opening hours.

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;

use super::dice::Dice;

/// How many reports each hour of the day brings.
const HOURS: [u32; 24] = [1, 1, 0, 0, 0, 1, 3, 8, 11, 10, 8, 7, 8, 7, 6, 6, 7, 9, 11, 12, 10, 8, 5, 2];
/// How many reports each day brings, Monday first.
const DAYS: [u32; 7] = [10, 9, 9, 9, 8, 6, 5];

/// How many of a hundred reports came within the last week besides the usual: autumn storms.
const LATELY: u32 = 6;

/// So many instants of the year before `now`, oldest first.
pub fn moments(dice: &mut Dice, zone: Tz, now: DateTime<Utc>, count: usize) -> Vec<DateTime<Utc>> {
    let mut all = Vec::with_capacity(count);
    while all.len() < count {
        let days = if dice.percent(LATELY) { 6 } else { 365 };
        let day = now.with_timezone(&zone).date_naive() - TimeDelta::days(dice.below(days) as i64);
        let weight = DAYS[day.weekday().num_days_from_monday() as usize];
        let hour = dice.weighted(HOURS.iter().copied()) as u32;
        let time = NaiveTime::from_hms_opt(hour, dice.below(60) as u32, dice.below(60) as u32);
        let local = time.and_then(|time| zone.from_local_datetime(&day.and_time(time)).earliest());
        let Some(instant) = local.map(|local| local.with_timezone(&Utc)) else { continue };
        if dice.below(10) < weight as usize && instant < now - TimeDelta::minutes(10) {
            all.push(instant);
        }
    }
    all.sort_unstable();
    all
}

/// From which hour to which somebody is there: on weekdays, Saturdays, Sundays.
pub type Hours = [std::ops::Range<u32>; 3];

pub const OFFICE: Hours = [8..18, 9..13, 0..0];
/// Whoever is on duty takes what is pressing.
pub const DUTY: Hours = [7..22, 8..21, 9..20];

/// The first instant from `at` on when somebody is there, and a little later if they had to come in first.
pub fn next_open(dice: &mut Dice, zone: Tz, hours: &Hours, at: DateTime<Utc>) -> DateTime<Utc> {
    let mut local = at.with_timezone(&zone);
    let mut moved = false;
    for _ in 0..6 {
        let [weekday, saturday, sunday] = hours;
        let open = match local.weekday() {
            Weekday::Sun => sunday,
            Weekday::Sat => saturday,
            _ => weekday,
        };
        if open.contains(&local.hour()) {
            break;
        }
        moved = true;
        let later_today = local.hour() < open.start;
        let day = local.date_naive() + TimeDelta::days(i64::from(!later_today));
        // A day later midnight is early enough: the next round finds out when that day begins.
        let opening = NaiveTime::from_hms_opt(if later_today { open.start } else { 0 }, 0, 0);
        match opening.and_then(|opening| zone.from_local_datetime(&day.and_time(opening)).earliest()) {
            Some(next) => local = next,
            None => break,
        }
    }
    let arrived = local.with_timezone(&Utc);
    if moved { arrived + dice.minutes(1.0, 80.0) } else { arrived }
}

/// Eight o'clock of that day.
pub fn morning(zone: Tz, at: DateTime<Utc>) -> DateTime<Utc> {
    let day = at.with_timezone(&zone).date_naive();
    let eight = day.and_hms_opt(8, 0, 0).and_then(|eight| zone.from_local_datetime(&eight).earliest());
    eight.map_or(at, |eight| eight.with_timezone(&Utc))
}
