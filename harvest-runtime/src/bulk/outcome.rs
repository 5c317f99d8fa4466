//! Outcomes of calls that start bulk jobs, row by row.

use std::fmt;
use std::ops::Range;

use bytes::Bytes;

use super::{Counts, Rows};
use crate::{Error, FieldError};

/// What became of each row of a call that started bulk jobs: one, or several where the body was too large for one.
///
/// ```
/// use harvest_runtime::{BulkOutcome, RowOutcome};
///
/// fn report(outcome: &BulkOutcome) {
///     for row in outcome.rows() {
///         match row.outcome() {
///             RowOutcome::Done { id } => println!("row {}: {id:?}", row.index()),
///             RowOutcome::Failed(failure) => println!("row {}: {:?}", row.index(), failure.message()),
///             _ => println!("row {}: look it up", row.index()),
///         }
///     }
///     if let Some(error) = outcome.error() {
///         eprintln!("{error}");
///     }
/// }
/// ```
#[must_use = "rows can have failed, and only this says so"]
pub struct BulkOutcome {
    rows: Vec<BulkRow>,
    jobs: Vec<BulkJob>,
    /// Why rows were not sent, or may not have been.
    unsent: Option<Error>,
}

/// What became of one row.
#[derive(Clone, PartialEq, Eq)]
pub struct BulkRow {
    index: usize,
    outcome: RowOutcome,
}

/// What became of a row.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowOutcome {
    /// It was carried out.
    Done {
        /// The record that it made or changed. `None` if the results do not tell which of their ids is that of this
        /// row.
        id: Option<i64>,
    },
    /// It was refused.
    Failed(RowFailure),
    /// The results do not tell: see [`BulkOutcome::error`], and the files of [`BulkJob`].
    Unknown,
    /// It was not sent, because an earlier job could not be started: see [`BulkOutcome::error`].
    NotSent,
}

/// Why a row was refused. It prints neither texts nor values.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RowFailure {
    pub(super) message: Option<String>,
    pub(super) fields: Vec<FieldError>,
}

/// A job that was started.
pub struct BulkJob {
    id: String,
    rows: Rows,
    state: Option<String>,
    counts: Counts,
    succeeded: Option<Bytes>,
    failed: Option<Bytes>,
    error: Option<Error>,
}

impl BulkOutcome {
    pub(super) fn of(rows: usize) -> Self {
        let row = |index| BulkRow {
            index,
            outcome: RowOutcome::NotSent,
        };
        Self {
            rows: (0..rows).map(row).collect(),
            jobs: Vec::new(),
            unsent: None,
        }
    }

    /// Each row, in the order of the body.
    pub fn rows(&self) -> &[BulkRow] {
        &self.rows
    }

    /// The rows that were refused.
    pub fn failed(&self) -> impl Iterator<Item = (usize, &RowFailure)> {
        self.rows.iter().filter_map(|row| match &row.outcome {
            RowOutcome::Failed(failure) => Some((row.index, failure)),
            _ => None,
        })
    }

    /// Whether each row was carried out.
    pub fn is_complete(&self) -> bool {
        let mut rows = self.rows.iter();
        rows.all(|row| matches!(row.outcome, RowOutcome::Done { .. }))
    }

    /// The jobs that were started, in the order of their rows.
    pub fn jobs(&self) -> &[BulkJob] {
        &self.jobs
    }

    /// Why something is not known of some rows: a job did not end in time, its results cannot be fetched, or a later
    /// job could not be started. The first reason, if there are several.
    pub fn error(&self) -> Option<&Error> {
        let mut jobs = self.jobs.iter();
        jobs.find_map(BulkJob::error).or(self.unsent.as_ref())
    }

    /// The same error, if there is one.
    pub fn into_error(self) -> Option<Error> {
        let mut jobs = self.jobs.into_iter();
        jobs.find_map(|job| job.error).or(self.unsent)
    }

    pub(super) fn push(&mut self, job: BulkJob) {
        for row in &mut self.rows[job.rows.clone()] {
            // They were sent, and no result names them.
            if row.outcome == RowOutcome::NotSent {
                row.outcome = RowOutcome::Unknown;
            }
        }
        self.jobs.push(job);
    }

    pub(super) fn settle(&mut self, rows: Rows, outcomes: Vec<RowOutcome>) {
        for (row, outcome) in self.rows[rows].iter_mut().zip(outcomes) {
            row.outcome = outcome;
        }
    }

    /// The job of these rows was not started, for all that is known.
    pub(super) fn not_started(&mut self, rows: Rows, error: Error) {
        if error.may_have_been_acted_on() {
            self.settle(rows.clone(), vec![RowOutcome::Unknown; rows.len()]);
        }
        self.unsent = Some(error);
    }
}

impl BulkRow {
    /// Its place in the list of the body, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// What became of it.
    pub fn outcome(&self) -> &RowOutcome {
        &self.outcome
    }
}

impl RowFailure {
    /// What is wrong, in the service's words. It may repeat what was sent, so it can hold personal data.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// What is wrong with single fields, as far as the service says so.
    pub fn fields(&self) -> &[FieldError] {
        &self.fields
    }
}

impl BulkJob {
    pub(super) fn started(id: String, rows: Rows) -> Self {
        Self {
            id,
            rows,
            state: None,
            counts: Counts::default(),
            succeeded: None,
            failed: None,
            error: None,
        }
    }

    pub(super) fn ended(&mut self, state: Option<String>, counts: Counts) {
        self.state = state;
        self.counts = counts;
    }

    pub(super) fn keep_files(&mut self, succeeded: Option<Bytes>, failed: Option<Bytes>) {
        self.succeeded = succeeded;
        self.failed = failed;
    }

    pub(super) fn fail(&mut self, error: Error) {
        self.error = Some(error);
    }

    /// The id by which the service knows it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The rows of the body that it was to carry out, by their places.
    pub fn rows(&self) -> Range<usize> {
        self.rows.clone()
    }

    /// How it ended, in the service's word: `completed`. `None` if its end was not seen.
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// How many rows were carried out, if the job says so.
    pub fn succeeded_count(&self) -> Option<u64> {
        self.counts.succeeded
    }

    /// How many rows were refused, if the job says so.
    pub fn failed_count(&self) -> Option<u64> {
        self.counts.failed
    }

    /// The file of the rows that were carried out, as it came.
    pub fn succeeded(&self) -> Option<&Bytes> {
        self.succeeded.as_ref()
    }

    /// The file of the rows that were refused, as it came. It holds what was sent.
    pub fn failed(&self) -> Option<&Bytes> {
        self.failed.as_ref()
    }

    /// Why its end was not seen, or a file was not fetched. The job goes on all the same: do not send its rows again.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }
}

/// Prints counts.
impl fmt::Debug for BulkOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkOutcome")
            .field("rows", &self.rows.len())
            .field("failed", &self.failed().count())
            .field("jobs", &self.jobs)
            .field("unsent", &self.unsent)
            .finish()
    }
}

impl fmt::Debug for BulkRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkRow")
            .field("index", &self.index)
            .field("outcome", &self.outcome)
            .finish()
    }
}

/// Prints which it is, and no id: it is that of a person, perhaps.
impl fmt::Debug for RowOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done { .. } => "Done",
            Self::Failed(_) => "Failed",
            Self::Unknown => "Unknown",
            Self::NotSent => "NotSent",
        })
    }
}

/// Prints how many fields are named.
impl fmt::Debug for RowFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowFailure")
            .field("fields", &self.fields.len())
            .finish_non_exhaustive()
    }
}

/// Prints its rows and its error.
impl fmt::Debug for BulkJob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkJob")
            .field("rows", &self.rows)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}
