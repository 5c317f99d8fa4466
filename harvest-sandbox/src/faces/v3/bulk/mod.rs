//! Bulk jobs of v3: each row is what the operation on a single record does.

mod callback;
mod document;
mod options;
mod start;
mod users;

use super::list;
use super::list::{Meaning, Means};
use super::presentation::shown;
use crate::clock::stamp;
use crate::domain::access::Credential;
use crate::domain::bulk::{BULK_REQUEST, Job};
use crate::domain::candidates::CANDIDATE;
use crate::domain::departments::DEPARTMENT;
use crate::domain::job_openings::JOB_OPENING;
use crate::domain::jobs::JOB;
use crate::domain::offices::OFFICE;
use crate::domain::spam_sources::SPAM_SOURCE;
use crate::domain::users::{USER, is_service_user};
use crate::faces::list::List;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Refusal;
use start::{create, on_ids, update};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&BULK_REQUEST, document::listed)],
    operations: &[
        ("list_bulk_requests", Handler::Read(list)),
        ("get_bulk_request", Handler::Read(get)),
        (
            "bulk_update_departments",
            Handler::Write(|cx| update(cx, "update_department", &DEPARTMENT)),
        ),
        (
            "bulk_update_offices",
            Handler::Write(|cx| update(cx, "update_office", &OFFICE)),
        ),
        (
            "bulk_create_custom_field_options",
            Handler::Write(options::add),
        ),
        (
            "bulk_update_custom_field_options",
            Handler::Write(options::change),
        ),
        (
            "bulk_delete_custom_field_options",
            Handler::Write(options::remove),
        ),
        (
            "bulk_create_blocked_spam_sources",
            Handler::Write(|cx| create(cx, "create_blocked_spam_source", &SPAM_SOURCE)),
        ),
        (
            "bulk_update_blocked_spam_sources",
            Handler::Write(|cx| update(cx, "update_blocked_spam_source", &SPAM_SOURCE)),
        ),
        (
            "bulk_delete_blocked_spam_sources",
            Handler::Write(|cx| on_ids(cx, "delete_blocked_spam_source", &SPAM_SOURCE)),
        ),
        (
            "bulk_create_candidates",
            Handler::Write(|cx| create(cx, "create_candidate", &CANDIDATE)),
        ),
        (
            "bulk_create_jobs",
            Handler::Write(|cx| create(cx, "create_job", &JOB)),
        ),
        (
            "bulk_create_job_openings",
            Handler::Write(|cx| create(cx, "create_job_opening", &JOB_OPENING)),
        ),
        (
            "bulk_update_job_openings",
            Handler::Write(|cx| update(cx, "update_job_opening", &JOB_OPENING)),
        ),
        (
            "bulk_delete_job_openings",
            Handler::Write(|cx| on_ids(cx, "delete_job_opening", &JOB_OPENING)),
        ),
        (
            "bulk_create_users",
            Handler::Write(|cx| create(cx, "create_user", &USER)),
        ),
        (
            "bulk_update_users",
            Handler::Write(|cx| update(cx, "update_user", &USER)),
        ),
        (
            "bulk_enable_users",
            Handler::Write(|cx| on_ids(cx, "enable_user", &USER)),
        ),
        (
            "bulk_disable_users",
            Handler::Write(|cx| on_ids(cx, "disable_user", &USER)),
        ),
        (
            "bulk_revoke_user_permissions",
            Handler::Write(users::revoke),
        ),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("bulk_action_uuid", Means::Column("uuid")),
    ("active", list::PICKED),
];

fn list(cx: &Reading<'_>) -> Outcome {
    let list = List::of(&BULK_REQUEST);
    let now = stamp(cx.now());
    let list = match cx.call.query().last("active") {
        Some("true") => list.where_is("ends_at > ?", now),
        Some(_) => list.where_is("ends_at <= ?", now),
        None => list,
    };
    list::narrowed(cx, list, MEANINGS)
}

/// The job that the path names, as the only one of a list, as documented.
fn get(cx: &Reading<'_>) -> Outcome {
    if let Some(user) = &cx.user {
        user.require_site_admin()?;
    }
    let uuid = cx.call.path_text("bulk_action_uuid")?;
    let mut jobs = cx.states::<Job>(&BULK_REQUEST, "uuid = ?1", [uuid])?;
    let (id, mut job) = jobs.pop().ok_or_else(Refusal::not_found)?;
    if !may_read_results(cx, &job)? {
        (job.succeeded, job.failed) = (None, None);
    }
    let reader = cx.user.as_ref().map(|user| user.id);
    Ok(Reply::documents(&[document::detailed(
        cx, id, &job, reader,
    )?]))
}

/// Whether the caller is shown the results: the user who started the job, and the service user of the integration with which
/// it was started. Each of them is shown the ids of records that they may see.
fn may_read_results(cx: &Reading<'_>, job: &Job) -> Outcome<bool> {
    let Some(user) = &cx.user else {
        return Ok(true);
    };
    let is_of_integration = matches!(
        cx.call.credential,
        Some(Credential::Integration(id)) if job.integration_id == Some(id)
    );
    Ok(user.id == job.requested_by_user_id
        || is_of_integration && is_service_user(cx, Some(user.id))?)
}
