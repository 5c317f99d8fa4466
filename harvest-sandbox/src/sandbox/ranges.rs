//! The ranges of the numbers and times that a builder takes: outside of them a sandbox would answer nothing, or be a mistake.

use std::time::Duration;

use chrono::Datelike;

use crate::bounds::LONGEST_WAIT;
use crate::clock::of_system;
use crate::domain::organization::Plan;
use crate::refusal::StartError;
use crate::sandbox::Builder;
use crate::sandbox::rate_limit::RateLimit;

/// The most candidates of a new organization, and records of a list that is made of an example.
const MOST_RECORDS: usize = 1_000_000;
/// The most requests of a window.
const MOST_REQUESTS: u32 = 1_000_000_000;
/// The shortest window of a rate limit.
const SHORTEST_WINDOW: Duration = Duration::from_millis(1);
/// The first year that can be the present of an organization: its oldest records are of 2019.
const FIRST_YEAR: i32 = 2020;
/// The most users of a sandbox without records.
const MOST_USERS: usize = 100_000;

fn check(setting: &'static str, is_in: bool, range: &'static str) -> Result<(), StartError> {
    if is_in {
        return Ok(());
    }
    Err(StartError::OutOfRange { setting, range })
}

/// Of what is counted: candidates, records.
fn records(setting: &'static str, count: usize) -> Result<(), StartError> {
    check(setting, count <= MOST_RECORDS, "0 to 1,000,000")
}

/// A rate limit that lets nothing through is none: a fault with the status 429 on every request says so more clearly.
fn rate_limit(limit: u32, window: Duration) -> Result<(), StartError> {
    let requests = (1..=MOST_REQUESTS).contains(&limit);
    check("requests of the rate limit", requests, "1 to 1,000,000,000")?;
    let time = (SHORTEST_WINDOW..=LONGEST_WAIT).contains(&window);
    check("time of the rate limit", time, "1 ms to 24 hours")
}

/// A wait before each answer.
fn latency(time: Duration) -> Result<(), StartError> {
    check("latency", time <= LONGEST_WAIT, "0 to 24 hours")
}

/// Ids of users, of which there is one at least.
fn users(ids: &[i64]) -> Result<(), StartError> {
    check("number of users", ids.len() <= MOST_USERS, "1 to 100,000")?;
    let positive = ids.iter().all(|id| *id > 0);
    check("id of a user", positive, "1 to 9,223,372,036,854,775,807")
}

impl Builder {
    /// The organization to begin with, which began years before its present.
    pub(super) fn planned(&self) -> Result<Plan, StartError> {
        let Some(now) = self.now else {
            return Ok(self.plan);
        };
        let moment = of_system(now).filter(|moment| moment.year() >= FIRST_YEAR);
        let now = moment.ok_or(StartError::OutOfRange {
            setting: "present",
            range: "the years 2020 to 9998",
        })?;
        Ok(Plan { now, ..self.plan })
    }

    /// Refuses numbers and times with which a sandbox makes no sense.
    pub(super) fn check_ranges(&self) -> Result<(), StartError> {
        records("number of candidates", self.plan.candidates)?;
        records("length of lists", self.list_len)?;
        self.planned()?;
        latency(self.latency)?;
        users(self.users.as_deref().unwrap_or_default())?;
        match self.rate_limit {
            RateLimit::Given(limit, window) => rate_limit(limit, window),
            RateLimit::Shown | RateLimit::OfService => Ok(()),
        }
    }
}
