//! The one place that asks the machine what time it is.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::clock::Clock;

/// The machine's clock, in whole microseconds like the database, moved by a fixed offset where a test wants it.
pub struct SystemClock {
    offset: TimeDelta,
}

impl SystemClock {
    /// Begins at `start` (tests and demonstrations only) and goes on from there.
    pub fn starting_at(start: Option<DateTime<Utc>>) -> Self {
        Self { offset: start.map_or(TimeDelta::zero(), |start| start - machine_time()) }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        machine_time() + self.offset
    }
}

#[expect(clippy::disallowed_methods, reason = "this is where the time comes from")]
fn machine_time() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
