//! Bulk jobs: many rows in one request, each of which succeeds or is refused individually.
//!
//! The rows are done when the job is started, and the job says so as its clock goes on: what is read between is ahead of
//! what the job says. Results are files, to which links last for some minutes.

mod results;
mod timeline;

pub(crate) use results::{Rows, results_for};
pub(crate) use timeline::{Stage, Timeline};

use serde::{Deserialize, Serialize};

use crate::clock::{Moment, stamp};
use crate::domain::Resource;
use crate::domain::access::{Actor, Credential, Visibility};
use crate::domain::files;
use crate::domain::random::uuid;
use crate::json::Value;
use crate::refusal::Outcome;
use crate::store::{Edit, FileId, Kind, View};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&BULK_REQUEST],
    seed: |_| Ok(()),
};

pub(crate) static BULK_REQUEST: Kind = Kind {
    table: "bulk_request",
    first_id: 7_810_001,
    visibility: Visibility::EVERYONE,
};

/// The most jobs of one credential that are not done at a time.
pub(crate) const ACTIVE: usize = 5;
/// The life of a link to results, in seconds.
pub(crate) const LINK_SECONDS: i64 = 5 * 60;
/// The latest jobs, of which the results are kept.
const KEPT: usize = 200;
/// The days for which a job says that its results are there.
const GOOD_FOR_DAYS: i64 = 7;

/// What is known about a job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) uuid: String,
    pub(crate) requested_by_user_id: i64,
    /// The integration with whose credential it was started. None is known of jobs of older data folders.
    #[serde(default)]
    pub(crate) integration_id: Option<i64>,
    pub(crate) api_endpoint: String,
    pub(crate) callback_url: Option<String>,
    /// What the address answered last. None if it has not answered, or the folder is older than callbacks.
    #[serde(default)]
    pub(crate) callback_status: Option<u16>,
    pub(crate) requested_at: String,
    pub(crate) ends_at: String,
    pub(crate) expires_at: String,
    pub(crate) success_count: usize,
    pub(crate) failure_count: usize,
    /// The files of results, if there are any.
    pub(crate) succeeded: Option<FileId>,
    pub(crate) failed: Option<FileId>,
    /// The records that the results name. Nothing is known of those of jobs of older data folders.
    #[serde(default)]
    pub(crate) rows: Option<Rows>,
}

/// A job to start: its rows are done, with what became of each.
pub(crate) struct Done {
    pub(crate) credential: Option<Credential>,
    pub(crate) api_endpoint: String,
    pub(crate) callback_url: Option<String>,
    pub(crate) rows: Rows,
    pub(crate) succeeded: Vec<Value>,
    pub(crate) failed: Vec<Value>,
}

/// How many jobs are not done that were started with a credential.
pub(crate) fn active(view: &View<'_>, credential: Option<Credential>) -> Outcome<usize> {
    let sql = "SELECT count(*) FROM bulk_request
               WHERE ends_at > ?1 AND state ->> 'integration_id' IS ?2";
    let count = view.value(sql, (stamp(view.now()), integration(credential)))?;
    Ok(count.unwrap_or_default())
}

fn integration(credential: Option<Credential>) -> Option<i64> {
    match credential {
        Some(Credential::Integration(id)) => Some(id),
        Some(Credential::Key(_)) | None => None,
    }
}

/// Keeps a job, and says under which id.
pub(crate) fn keep(edit: &mut Edit<'_>, actor: &Actor, done: Done) -> Outcome<i64> {
    let now = edit.now();
    let (success_count, failure_count) = (done.succeeded.len(), done.failed.len());
    let ends = Timeline::of(now, success_count + failure_count).ends_at();
    let job = Job {
        uuid: uuid()?,
        requested_by_user_id: actor.id,
        integration_id: integration(done.credential),
        api_endpoint: done.api_endpoint,
        callback_url: done.callback_url,
        callback_status: None,
        requested_at: stamp(now),
        ends_at: stamp(ends),
        expires_at: stamp(ends + chrono::TimeDelta::days(GOOD_FOR_DAYS)),
        success_count,
        failure_count,
        succeeded: results(edit, "success.json", done.succeeded)?,
        failed: results(edit, "failure.json", done.failed)?,
        rows: Some(done.rows),
    };
    let id = edit.insert(&BULK_REQUEST, &job)?;
    sweep(edit)?;
    Ok(id)
}

impl Job {
    /// How far the job is.
    pub(crate) fn stage(&self, now: Moment) -> Stage {
        self.timeline(now).stage(now)
    }

    /// When it ends. `now` counts for the start of one that does not say when it began.
    pub(crate) fn ends(&self, now: Moment) -> Moment {
        self.timeline(now).ends_at()
    }

    fn timeline(&self, now: Moment) -> Timeline {
        let start = crate::clock::moment(&self.requested_at).unwrap_or(now);
        Timeline::of(start, self.success_count + self.failure_count)
    }
}

/// A file with these results, if there are any.
fn results(edit: &Edit<'_>, filename: &str, results: Vec<Value>) -> Outcome<Option<FileId>> {
    if results.is_empty() {
        return Ok(None);
    }
    let text = Value::from(results).to_string();
    files::add_brief(
        edit,
        filename,
        "application/json",
        text.as_bytes(),
        LINK_SECONDS,
    )
    .map(Some)
}

/// Forgets the jobs before the latest ones.
fn sweep(edit: &mut Edit<'_>) -> Outcome<()> {
    let sql = "true ORDER BY id DESC LIMIT -1 OFFSET ?1";
    for (id, job) in edit.states::<Job>(&BULK_REQUEST, sql, [KEPT])? {
        for file in job.succeeded.into_iter().chain(job.failed) {
            files::remove(edit, file)?;
        }
        edit.delete(&BULK_REQUEST, id)?;
    }
    Ok(())
}
