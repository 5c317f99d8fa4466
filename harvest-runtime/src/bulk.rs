//! Bulk jobs: many rows in one request, carried out one by one, with a result for each.
//!
//! The request is split where it is too large, each part is sent as a job once, the job is polled until it ends, and the
//! files of its results are fetched before their links expire. See `ARCHITECTURE.md`, "Results of bulk jobs".

mod outcome;
mod results;
mod split;

use std::ops::Range;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

pub use self::outcome::{BulkJob, BulkOutcome, BulkRow, RowFailure, RowOutcome};
use self::split::Part;
use crate::answer_body::{BYTES_PER_CONTAINER, check_values_and_memory};
use crate::deadline::within;
use crate::error::transfer::Failure;
use crate::exchange::{Answer, exchange};
use crate::prepared::Prepared;
use crate::ready::{polled, until_ready};
use crate::{BulkJobs, DecodeError, Error, Operation, PollOptions, Request, WaitReason, decode};

/// The most bytes of one file of results: so many for each row, and some. Files stay in memory until the outcome is dropped.
const MAX_FILE: u64 = 64 * 1024 * 1024;
const FILE_PER_ROW: u64 = 8 * 1024;
const LEAST_FILE: u64 = 1024 * 1024;
/// How much of the size limit on answers stands for a row, by which values in a file are counted: four objects or lists.
const VALUES_PER_ROW: u64 = 4 * BYTES_PER_CONTAINER;

/// The operation that reads a job, and how.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct JobReader {
    pub operation: &'static Operation,
    /// Its parameter that takes the job.
    pub parameter: &'static str,
    /// The property of the answer to the request that names the job.
    pub job: &'static str,
    /// The property of the job that says how far it is, and its last values.
    pub state: (&'static str, &'static [&'static str]),
}

impl Request {
    /// Sends the rows of the body as one job or several, waits for their end, and reads what became of each row.
    ///
    /// # Errors
    ///
    /// If no job was started, or it is unknown whether one was. What went wrong later is in the outcome.
    pub async fn run_job(self, reader: JobReader, poll: PollOptions) -> Result<BulkOutcome, Error> {
        run(self.prepare(), reader, poll).await
    }
}

pub(crate) async fn run(
    request: Result<Prepared, Error>,
    reader: JobReader,
    poll: PollOptions,
) -> Result<BulkOutcome, Error> {
    let request = request?;
    let refuse = |reason| Error::invalid_request(request.operation, reason);
    let jobs = request.core.shared().conventions.jobs;
    let jobs = jobs.ok_or_else(|| refuse("the API has no bulk jobs"))?;
    let body = request.body.clone().unwrap_or_default();
    let parts = split::parts(&body, jobs).map_err(refuse)?;
    let run = Run {
        request: &request,
        reader,
        poll,
        jobs,
    };
    let mut outcome = BulkOutcome::of(parts.last().map_or(0, |part| part.rows.end));
    for part in parts {
        let deadline = poll.deadline(Instant::now());
        // Before the end, so that no more are active at a time, of all calls that share the limiter.
        let begun = run.begin(&part.body, deadline).await;
        let (id, _slot) = match begun {
            Ok(begun) => begun,
            // Of later parts, what went before is worth more than the error alone.
            Err(error) if part.rows.start == 0 => return Err(error),
            Err(error) => {
                outcome.not_started(part.rows, error);
                break;
            }
        };
        run.follow(id, part, deadline, &mut outcome).await;
    }
    Ok(outcome)
}

struct Run<'a> {
    request: &'a Prepared,
    reader: JobReader,
    poll: PollOptions,
    jobs: &'static BulkJobs,
}

impl Run<'_> {
    /// Starts a job once there is a place for it, which is given back with what is returned beside its id.
    async fn begin(
        &self,
        body: &Bytes,
        end: Option<Instant>,
    ) -> Result<(String, OwnedSemaphorePermit), Error> {
        let (request, operation) = (self.request.until(end), self.request.operation);
        let settings = request.core.settings();
        let mut patience = settings.patience(Instant::now());
        let deadline = patience.deadline;
        let limiter = &settings.limiter;
        let place = limiter.job_slots().take(self.jobs.active);
        let place = limiter.unless_paused(&mut patience, place);
        match within(deadline, place).await {
            Some(Ok(place)) => Ok((self.start(body, end).await?, place)),
            Some(Err(pause)) => Err(Error::paused(operation, pause, None)),
            None => Err(Error::no_place(operation, settings.time_option)),
        }
    }

    /// Starts a job until this end, and returns its id. What may have been acted on is not sent again; too many active jobs
    /// (429) start none, so that is.
    async fn start(&self, body: &Bytes, end: Option<Instant>) -> Result<String, Error> {
        let interval = self.poll.interval_between();
        let answer = loop {
            let mut request = self.request.until(end);
            request.body = Some(body.clone());
            match exchange(Ok(request)).await {
                Ok(answer) => break answer,
                Err(error)
                    if is_refused(&error) && !error.is_paused() && self.poll.goes_on(end) =>
                {
                    let on_wait = &self.request.core.settings().on_wait;
                    on_wait.announce(Some(self.request.operation), interval, WaitReason::Pause);
                    let waited = self.request.sleep(interval, end).await;
                    if let Err(pause) = waited {
                        let operation = self.request.operation;
                        let error = Error::paused(operation, pause, Some(error));
                        return Err(error.starting_job(self.jobs.look_up));
                    }
                }
                Err(error) => return Err(error.starting_job(self.jobs.look_up)),
            }
        };
        self.job_of(&answer)
    }

    fn job_of(&self, answer: &Answer) -> Result<String, Error> {
        let id = id(answer.body(), self.reader.job);
        match id {
            Some(id) => Ok(id),
            None => Err(answer
                .undecodable(DecodeError::lacking(self.reader.job))
                .starting_job(self.jobs.look_up)),
        }
    }

    /// Waits for the end of a job, and reads its results.
    async fn follow(
        &self,
        id: String,
        part: Part,
        end: Option<Instant>,
        outcome: &mut BulkOutcome,
    ) {
        let mut job = BulkJob::started(id, part.rows.clone());
        if let Err(error) = self.results(&mut job, &part, end, outcome).await {
            job.fail(error);
        }
        outcome.push(job);
    }

    async fn results(
        &self,
        job: &mut BulkJob,
        part: &Part,
        end: Option<Instant>,
        outcome: &mut BulkOutcome,
    ) -> Result<(), Error> {
        let (name, values) = self.reader.state;
        let left = end.map_or(Duration::MAX, |end| {
            end.saturating_duration_since(Instant::now())
        });
        let poll = self.poll.until_property(name, values).timeout(left);
        let answer = until_ready(self.read(job.id()), poll).await?;
        let state = State::of(&answer, name, self.jobs)?;
        job.ended(state.word.clone(), state.counts);
        let rows = part.rows.len() as u64;
        let succeeded = self
            .file(job.id(), rows, self.jobs.succeeded, &state, end)
            .await;
        let failed = self
            .file(job.id(), rows, self.jobs.failed, &state, end)
            .await;
        // One that cannot be read says nothing against the other.
        let (succeeded, failed, error) = match (succeeded, failed) {
            (Ok(succeeded), Ok(failed)) => (succeeded, failed, None),
            (Err(error), Ok(failed)) => (None, failed, Some(error)),
            (Ok(succeeded), Err(error)) => (succeeded, None, Some(error)),
            (Err(error), Err(_)) => (None, None, Some(error)),
        };
        let rows = results::read(part, state.counts, succeeded.as_deref(), failed.as_deref());
        // Where the counts alone determine each row, the file is not missed.
        let mut files = succeeded.iter().chain(&failed);
        let is_unread =
            rows.contains(&RowOutcome::Unknown) && files.any(|file| !results::is_of_results(file));
        let error = error.or_else(|| is_unread.then(|| Failure::NoResults.into()));
        outcome.settle(part.rows.clone(), rows);
        job.keep_files(succeeded, failed);
        error.map_or(Ok(()), Err)
    }

    /// A file of results, if there is one: fetched without credentials, from wherever it is.
    async fn file(
        &self,
        id: &str,
        rows: u64,
        property: &'static str,
        state: &State,
        end: Option<Instant>,
    ) -> Result<Option<Bytes>, Error> {
        let Some(url) = state.url(property) else {
            return Ok(None);
        };
        let core = self.request.until(end).core;
        let jobs = self.jobs;
        let (name, _) = self.reader.state;
        let most = MAX_FILE.min(LEAST_FILE + rows.saturating_mul(FILE_PER_ROW));
        let fetched = core
            .download(url)
            .max_bytes(most)
            // The link ends some minutes after it was made.
            .refetch(async || {
                let answer = exchange(Ok(self.read(id)?.until(end))).await?;
                let fresh = State::of(&answer, name, jobs)?;
                Ok(fresh.url(property).map(str::to_owned))
            })
            .bytes()
            .await?;
        // Of a few bytes for each, they would take gigabytes once they are read.
        let limit = most.max(rows.saturating_mul(VALUES_PER_ROW));
        check_values_and_memory(&fetched, limit).map_err(|_| Failure::TooManyValues)?;
        Ok(Some(fetched))
    }

    fn read(&self, id: &str) -> Result<Prepared, Error> {
        let mut request = self.request.core.request(self.reader.operation);
        request.path_of_answer(self.reader.parameter, id);
        request.prepare()
    }
}

/// What a job says of itself.
struct State {
    word: Option<String>,
    counts: Counts,
    urls: [(&'static str, Option<String>); 2],
}

/// How many rows succeeded and failed, if the job says so.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) succeeded: Option<u64>,
    pub(crate) failed: Option<u64>,
}

impl State {
    fn of(answer: &Answer, word: &str, jobs: &BulkJobs) -> Result<Self, Error> {
        let record = polled(answer.body()).map_err(|error| answer.undecodable(error))?;
        let text = |name: &str| record.get(name).and_then(Value::as_str).map(str::to_owned);
        let count = |name: Option<&str>| record.get(name?).and_then(Value::as_u64);
        Ok(Self {
            word: text(word),
            counts: Counts {
                succeeded: count(jobs.succeeded_count),
                failed: count(jobs.failed_count),
            },
            urls: [jobs.succeeded, jobs.failed].map(|name| (name, text(name))),
        })
    }

    fn url(&self, property: &str) -> Option<&str> {
        let (_, url) = self.urls.iter().find(|(name, _)| *name == property)?;
        url.as_deref().filter(|url| !url.is_empty())
    }
}

/// Whether the service has too many jobs, or requests, already.
fn is_refused(error: &Error) -> bool {
    error.status() == Some(StatusCode::TOO_MANY_REQUESTS)
}

/// The id of a job in the answer that it was started: a text or a number.
fn id(body: &[u8], property: &str) -> Option<String> {
    let answer: Value = decode::json(StatusCode::OK, body).ok()?;
    match answer.get(property)? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Rows by their place in the body of the call.
pub(crate) type Rows = Range<usize>;
