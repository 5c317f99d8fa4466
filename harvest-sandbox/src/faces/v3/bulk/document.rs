//! Documents of bulk jobs.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde::Serialize;

use crate::clock::{Moment, stamp};
use crate::domain::bulk::{BULK_REQUEST, Job, LINK_SECONDS, Stage};
use crate::http::refusal::Outcome;
use crate::store::{Document, FileId, Placeholder, Row, Times, View};

#[derive(Serialize)]
struct Listed<'a> {
    id: i64,
    created_at: Option<String>,
    updated_at: Option<String>,
    bulk_action_uuid: &'a str,
    requested_by_user_id: i64,
    status: &'static str,
    record_count: usize,
    success_count: usize,
    failure_count: usize,
    callback_url: Option<&'a str>,
    callback_response: Option<String>,
    completed_at: Option<&'a str>,
    expires_at: Option<&'a str>,
    api_endpoint: &'a str,
    requested_at: &'a str,
}

#[derive(Serialize)]
struct Detailed<'a> {
    #[serde(flatten)]
    listed: Listed<'a>,
    results_urls_expire_in: &'static str,
    results_urls_expire_at: String,
}

/// The links to results, which a flattened struct could not hold: they would lose their form.
#[derive(Serialize)]
struct Links<'a> {
    success_results_url: Option<Placeholder<'a>>,
    failure_results_url: Option<Placeholder<'a>>,
}

pub(super) fn listed(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let job: Job = row.state()?;
    let times = row.times(view, &BULK_REQUEST)?;
    Document::of(&of(view.now(), row.id, &job, times))
}

/// As it is listed once it is done.
pub(super) fn ended(view: &View<'_>, id: i64, job: &Job) -> Outcome<Document> {
    let times = view.times(&BULK_REQUEST, id)?;
    Document::of(&of(job.ends(view.now()), id, job, times))
}

/// With the links to results, as a user may see them, once the job is done.
pub(super) fn detailed(
    view: &View<'_>,
    id: i64,
    job: &Job,
    reader: Option<i64>,
) -> Outcome<Document> {
    let times = view.times(&BULK_REQUEST, id)?;
    let is_done = job.stage(view.now()) == Stage::Completed;
    let link = |file: Option<FileId>, filename| {
        let file = file.filter(|_| is_done)?;
        Some(Placeholder {
            file,
            reader,
            filename,
        })
    };
    let detailed = Document::of(&Detailed {
        listed: of(view.now(), id, job, times),
        results_urls_expire_in: "5 minutes",
        results_urls_expire_at: stamp(view.now() + TimeDelta::seconds(LINK_SECONDS)),
    })?;
    let links = Document::of(&Links {
        success_results_url: link(job.succeeded, "success.json"),
        failure_results_url: link(job.failed, "failure.json"),
    })?;
    detailed.joined(&links)
}

fn of(now: Moment, id: i64, job: &Job, times: Times) -> Listed<'_> {
    let stage = job.stage(now);
    let is_done = stage == Stage::Completed;
    let done = |count| if is_done { count } else { 0 };
    Listed {
        id,
        created_at: times.created_at,
        updated_at: times.updated_at,
        bulk_action_uuid: &job.uuid,
        requested_by_user_id: job.requested_by_user_id,
        status: stage.name(),
        record_count: job.success_count + job.failure_count,
        success_count: done(job.success_count),
        failure_count: done(job.failure_count),
        callback_url: job.callback_url.as_deref(),
        callback_response: job.callback_status.map(status_line),
        completed_at: is_done.then_some(job.ends_at.as_str()),
        expires_at: is_done.then_some(job.expires_at.as_str()),
        api_endpoint: &job.api_endpoint,
        requested_at: &job.requested_at,
    }
}

/// `200 OK`
fn status_line(status: u16) -> String {
    let known = StatusCode::from_u16(status).ok();
    let reason = known.and_then(|it| it.canonical_reason());
    reason.map_or_else(|| status.to_string(), |reason| format!("{status} {reason}"))
}
