//! What is done outside of requests, and when time starts it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::CommunityId;
use crate::text_enum::text_enum;

text_enum! {
    /// A kind of work.
    pub enum Kind {
        /// From an event to the people whom it concerns.
        Tell = "tell",
        Mail = "mail",
        /// Writes one mail a member of what waited for it.
        Digest = "digest",
        SweepUploads = "sweep_uploads",
        /// Looks for files that belong to no row.
        SweepFiles = "sweep_files",
        SweepAccounts = "sweep_accounts",
        SweepSessions = "sweep_sessions",
        SweepQueue = "sweep_queue",
    }
}

/// A piece of work. It holds ids only: what they stand for is looked up when it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "args", rename_all = "snake_case")]
pub enum Job {
    Tell { event: Uuid },
    Mail { delivery: Uuid },
    Digest { community: CommunityId },
    SweepUploads {},
    SweepFiles {},
    SweepAccounts {},
    SweepSessions {},
    SweepQueue {},
}

impl Job {
    pub const fn kind(&self) -> Kind {
        match self {
            Job::Tell { .. } => Kind::Tell,
            Job::Mail { .. } => Kind::Mail,
            Job::Digest { .. } => Kind::Digest,
            Job::SweepUploads {} => Kind::SweepUploads,
            Job::SweepFiles {} => Kind::SweepFiles,
            Job::SweepAccounts {} => Kind::SweepAccounts,
            Job::SweepSessions {} => Kind::SweepSessions,
            Job::SweepQueue {} => Kind::SweepQueue,
        }
    }
}

/// Who does it: what waits for others' servers must not keep people from hearing in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    Inside,
    Outside,
}

impl Kind {
    pub const fn lane(self) -> Lane {
        match self {
            Kind::Mail => Lane::Outside,
            Kind::Tell
            | Kind::Digest
            | Kind::SweepUploads
            | Kind::SweepFiles
            | Kind::SweepAccounts
            | Kind::SweepSessions
            | Kind::SweepQueue => Lane::Inside,
        }
    }

    /// The lowest first.
    pub const fn priority(self) -> i16 {
        match self {
            Kind::Tell => 0,
            Kind::Mail | Kind::Digest => 10,
            Kind::SweepUploads | Kind::SweepAccounts | Kind::SweepSessions | Kind::SweepQueue => 20,
            Kind::SweepFiles => 30,
        }
    }

    /// How often it is tried before somebody has to look at it.
    pub const fn attempts(self) -> i32 {
        match self {
            Kind::Mail => 8,
            _ => 10,
        }
    }

    /// How long one try may take. Well within [`LEASE`].
    pub const fn patience(self) -> Duration {
        Duration::from_secs(60)
    }
}

/// How long a worker has a job before it is given to another.
pub const LEASE: Duration = Duration::from_secs(120);

/// For whom a schedule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Once for all, by the clock of UTC.
    Platform,
    /// For each community, by its own clock.
    Community,
}

/// What time starts by itself: the work, when (as `cron` writes it), and for whom.
pub const SCHEDULES: &[(Kind, &str, Scope)] = &[
    (Kind::SweepUploads, "*/10 * * * *", Scope::Platform),
    (Kind::SweepFiles, "40 3 * * *", Scope::Platform),
    (Kind::SweepAccounts, "*/10 * * * *", Scope::Platform),
    (Kind::SweepSessions, "*/10 * * * *", Scope::Platform),
    (Kind::SweepQueue, "*/10 * * * *", Scope::Platform),
    (Kind::Digest, "0 7 * * *", Scope::Community),
];

impl Kind {
    /// When it is scheduled, if it is.
    pub fn cron(self) -> Option<&'static str> {
        SCHEDULES.iter().find(|(kind, ..)| *kind == self).map(|(_, cron, _)| *cron)
    }

    /// The job that a schedule starts.
    pub const fn scheduled(self, community: Option<CommunityId>) -> Option<Job> {
        match (self, community) {
            (Kind::Digest, Some(community)) => Some(Job::Digest { community }),
            (Kind::SweepUploads, None) => Some(Job::SweepUploads {}),
            (Kind::SweepFiles, None) => Some(Job::SweepFiles {}),
            (Kind::SweepAccounts, None) => Some(Job::SweepAccounts {}),
            (Kind::SweepSessions, None) => Some(Job::SweepSessions {}),
            (Kind::SweepQueue, None) => Some(Job::SweepQueue {}),
            _ => None,
        }
    }
}

/// How long to wait after so many tries: twice as long each time, and less by up to half (`chance` from 0 to 1), so that
/// what failed together is not tried again together.
pub fn pause(attempts: i32, chance: f64) -> Duration {
    let minutes = 1_u32 << attempts.clamp(0, 10);
    Duration::from_secs(60) * minutes - Duration::from_secs(30).mul_f64(chance.clamp(0.0, 1.0)) * minutes
}

text_enum! {
    /// How far a mail has come.
    pub enum DeliveryState {
        Queued = "queued",
        Sent = "sent",
        Failed = "failed",
        /// There was nobody to write to any more, or nothing to say.
        Dropped = "dropped",
    }
}

text_enum! {
    /// Why a try to send a mail came to nothing, as its reader is told: nothing of servers and addresses.
    pub enum DeliveryFault {
        /// The reader's mail server does not take it.
        Refused = "refused",
        /// A mail server asked to come again later.
        Busy = "busy",
        /// No mail server answered.
        Unreachable = "unreachable",
        /// It could not be put into words.
        Unwritten = "unwritten",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_stored_under_its_kind() {
        let id = Uuid::nil();
        let all = [
            Job::Tell { event: id },
            Job::Mail { delivery: id },
            Job::Digest { community: CommunityId(id) },
            Job::SweepUploads {},
            Job::SweepFiles {},
            Job::SweepAccounts {},
            Job::SweepSessions {},
            Job::SweepQueue {},
        ];
        assert_eq!(all.len(), Kind::ALL.len());
        for (job, kind) in all.iter().zip(Kind::ALL) {
            let stored = serde_json::to_value(job).unwrap();
            assert_eq!((job.kind(), stored["kind"].as_str()), (*kind, Some(kind.as_str())));
            assert_eq!(serde_json::from_value::<Job>(stored).unwrap(), *job);
        }
    }

    #[test]
    fn no_try_outlasts_the_lease() {
        for kind in Kind::ALL {
            assert!(kind.patience() * 2 <= LEASE, "{kind}");
        }
    }

    #[test]
    fn every_schedule_starts_a_job_of_its_kind() {
        for (kind, _, scope) in SCHEDULES {
            let community = (*scope == Scope::Community).then_some(CommunityId(Uuid::nil()));
            assert_eq!(kind.scheduled(community).map(|job| job.kind()), Some(*kind));
        }
    }

    #[test]
    fn pauses_grow_and_differ() {
        assert_eq!([pause(0, 0.0), pause(1, 0.0), pause(3, 0.0)].map(|it| it.as_secs()), [60, 120, 480]);
        assert_eq!([pause(1, 1.0), pause(99, 0.0)].map(|it| it.as_secs()), [60, 61_440]);
    }
}
