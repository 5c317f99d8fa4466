//! The stages of a bulk job by the clock.

use chrono::TimeDelta;

use crate::clock::Moment;

/// The time in each of the first two stages, and the least time in the third, in milliseconds.
const STAGE_MS: i64 = 300;
/// The time that a row takes, and that all rows take at the most, in milliseconds.
const ROW_MS: i64 = 2;
const MOST_MS: i64 = 60_000;

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Building,
    Pending,
    InProgress,
    Completed,
}

impl Stage {
    /// By the name that the service has for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Building => "building",
            Self::Pending => "pending",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
        }
    }
}

/// The times at which a job gets on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeline {
    start: Moment,
    rows_ms: i64,
}

impl Timeline {
    /// Of a job that was started then, with so many rows.
    pub(crate) fn of(start: Moment, rows: usize) -> Self {
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        let rows_ms = rows.saturating_mul(ROW_MS).clamp(STAGE_MS, MOST_MS);
        Self { start, rows_ms }
    }

    pub(crate) fn ends_at(self) -> Moment {
        self.start + TimeDelta::milliseconds(2 * STAGE_MS + self.rows_ms)
    }

    pub(crate) fn stage(self, now: Moment) -> Stage {
        let age = now.signed_duration_since(self.start).num_milliseconds();
        match age {
            _ if now >= self.ends_at() => Stage::Completed,
            age if age < STAGE_MS => Stage::Building,
            age if age < 2 * STAGE_MS => Stage::Pending,
            _ => Stage::InProgress,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_gets_on_with_the_clock_and_long_ones_end_too() {
        let start: Moment = "2026-03-01T12:00:00Z".parse().unwrap();
        for (rows, ms, stage) in [
            (1, 0, Stage::Building),
            (1, 300, Stage::Pending),
            (1, 600, Stage::InProgress),
            (1, 899, Stage::InProgress),
            (1, 900, Stage::Completed),
            (1_000, 2_000, Stage::InProgress),
            (1_000, 2_600, Stage::Completed),
            (usize::MAX, 60_600, Stage::Completed),
        ] {
            let timeline = Timeline::of(start, rows);
            let now = start + TimeDelta::milliseconds(ms);
            assert_eq!(timeline.stage(now), stage, "{rows} rows, {ms} ms");
        }
    }
}
