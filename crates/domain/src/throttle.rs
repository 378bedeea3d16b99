//! How often somebody may guess: freely at first, then after growing waits; never is anybody locked out for good.

use chrono::{DateTime, TimeDelta, Utc};

/// What is counted, and how patient the count is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// So many before the first wait.
    pub free: i32,
    /// The first wait, in seconds; each further one is twice as long.
    pub first_wait: i64,
    /// No wait is longer, in seconds.
    pub longest_wait: i64,
}

/// Guesses at the password and the second factor of one login, whether or not there is such an account.
pub const LOGIN: Limit = Limit { free: 5, first_wait: 1, longest_wait: 15 * 60 };
/// Guesses from one address at any account.
pub const ADDRESS: Limit = Limit { free: 30, first_wait: 1, longest_wait: 15 * 60 };
/// Mail to one address that anybody can cause: three an hour.
pub const MAIL: Limit = Limit { free: 3, first_wait: 60 * 60, longest_wait: 60 * 60 };

/// Reports from one address by people without an account.
pub const REPORTS: Limit = Limit { free: 10, first_wait: 60, longest_wait: 60 * 60 };

/// After so much quiet, a count begins anew.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(1);

/// What was counted so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub count: i32,
    pub last_at: DateTime<Utc>,
    pub blocked_until: Option<DateTime<Utc>>,
}

impl Tally {
    pub fn new(now: DateTime<Utc>) -> Self {
        Self { count: 0, last_at: now, blocked_until: None }
    }

    /// How long it still has to wait, in whole seconds, at least one.
    pub fn wait(&self, now: DateTime<Utc>) -> Option<u64> {
        let left = u64::try_from((self.blocked_until? - now).num_milliseconds()).ok()?;
        (left > 0).then(|| left.div_ceil(1000))
    }

    /// With one more, or the seconds that are still to wait.
    pub fn counted_or_wait(self, limit: Limit, now: DateTime<Utc>) -> Result<Self, u64> {
        match self.wait(now) {
            Some(seconds) => Err(seconds),
            None => Ok(self.counted(limit, now)),
        }
    }

    /// With one more. It is counted before anybody knows whether it is right, so that guesses at the same time count as
    /// much as one after the other.
    pub fn counted(self, limit: Limit, now: DateTime<Utc>) -> Self {
        let before = if now - self.last_at >= FORGOTTEN_AFTER { 0 } else { self.count };
        Self::of(before.saturating_add(1), limit, now)
    }

    /// Without the one that turned out to be none. Takes back no more than that, so that nobody can clear a count of
    /// wrong guesses by a right one of another kind.
    pub fn taken_back(self, limit: Limit) -> Self {
        Self::of((self.count - 1).max(0), limit, self.last_at)
    }

    fn of(count: i32, limit: Limit, last_at: DateTime<Utc>) -> Self {
        let doublings = count - limit.free;
        let wait = (doublings >= 0).then(|| {
            let seconds = limit.first_wait.saturating_mul(1 << doublings.min(30));
            TimeDelta::seconds(seconds.min(limit.longest_wait))
        });
        Self { count, last_at, blocked_until: wait.map(|wait| last_at + wait) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn start() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    #[test]
    fn five_guesses_are_free_and_then_each_wait_is_twice_as_long_up_to_a_quarter_of_an_hour() {
        let (mut tally, mut now, mut waits) = (Tally::new(start()), start(), Vec::new());
        for _ in 0..18 {
            tally = tally.counted(LOGIN, now);
            let wait = tally.wait(now).unwrap_or(0);
            waits.push(wait);
            now += std::time::Duration::from_secs(wait);
            assert_eq!(tally.wait(now), None);
        }
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
    }

    #[test]
    fn an_hour_of_quiet_is_forgiven() {
        let tally = (0..40).fold(Tally::new(start()), |tally, _| tally.counted(LOGIN, start()));
        let later = start() + FORGOTTEN_AFTER;
        assert_eq!(tally.counted(LOGIN, later), Tally { count: 1, last_at: later, blocked_until: None });
    }

    #[test]
    fn a_fourth_mail_waits_until_an_hour_after_the_third() {
        let tally = (0..3).fold(Tally::new(start()), |tally, _| tally.counted(MAIL, start()));
        assert_eq!(tally.wait(start()), Some(3600));
        assert_eq!(tally.wait(start() + TimeDelta::hours(1)), None);
    }

    proptest! {
        #[test]
        fn no_wait_is_longer_than_the_longest_and_taking_back_undoes_one(count in 0..i32::MAX) {
            let tally = Tally { count, last_at: start(), blocked_until: None }.counted(LOGIN, start());
            prop_assert!(tally.wait(start()).unwrap_or(0) <= 900);
            prop_assert_eq!(tally.taken_back(LOGIN).count, tally.count - 1);
        }
    }
}
