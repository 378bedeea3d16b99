//! Chance that repeats itself: the same seed throws the same numbers.

use chrono::{DateTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use uuid::Uuid;

pub struct Dice(StdRng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// 0 up to, not including, `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end.max(1))
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.random::<f64>()
    }

    pub fn percent(&mut self, chance: u32) -> bool {
        self.0.random_range(0..100) < chance
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// The place of one of these weights, the heavier the likelier.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut at = self.0.random_range(0..weights.clone().sum::<u32>().max(1));
        for (place, weight) in weights.enumerate() {
            if at < weight {
                return place;
            }
            at -= weight;
        }
        0
    }

    /// Somewhere between so many and so many minutes; short waits are likelier than long ones.
    pub fn minutes(&mut self, low: f64, high: f64) -> TimeDelta {
        let share = self.0.random::<f64>();
        let minutes = low + (high - low) * share * share;
        #[expect(clippy::cast_possible_truncation, reason = "a year has fewer milliseconds than i64")]
        TimeDelta::milliseconds((minutes * 60_000.0) as i64)
    }

    /// An id as one made at that instant would be (UUIDv7), so that ids sort by time.
    pub fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        let mut random = [0; 10];
        self.0.fill_bytes(&mut random);
        uuid::Builder::from_unix_timestamp_millis(at.timestamp_millis().unsigned_abs(), &random).into_uuid()
    }
}
