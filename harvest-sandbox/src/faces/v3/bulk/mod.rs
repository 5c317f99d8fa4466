//! Bulk jobs of v3: each row is what the operation on a single record does.

mod callback;
mod document;
mod start;

use super::list;
use super::list::{Meaning, Means};
use super::presentation::shown;
use crate::clock::stamp;
use crate::domain::bulk::{BULK_REQUEST, Job};
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
            Handler::Write(|cx| update(cx, "update_department")),
        ),
        (
            "bulk_update_offices",
            Handler::Write(|cx| update(cx, "update_office")),
        ),
        (
            "bulk_create_custom_field_options",
            Handler::Write(|cx| create(cx, "create_custom_field_option")),
        ),
        (
            "bulk_update_custom_field_options",
            Handler::Write(|cx| update(cx, "update_custom_field_option")),
        ),
        (
            "bulk_delete_custom_field_options",
            Handler::Write(|cx| on_ids(cx, "delete_custom_field_option")),
        ),
        (
            "bulk_create_blocked_spam_sources",
            Handler::Write(|cx| create(cx, "create_blocked_spam_source")),
        ),
        (
            "bulk_update_blocked_spam_sources",
            Handler::Write(|cx| update(cx, "update_blocked_spam_source")),
        ),
        (
            "bulk_delete_blocked_spam_sources",
            Handler::Write(|cx| on_ids(cx, "delete_blocked_spam_source")),
        ),
        (
            "bulk_create_candidates",
            Handler::Write(|cx| create(cx, "create_candidate")),
        ),
        (
            "bulk_create_jobs",
            Handler::Write(|cx| create(cx, "create_job")),
        ),
        (
            "bulk_create_job_openings",
            Handler::Write(|cx| create(cx, "create_job_opening")),
        ),
        (
            "bulk_update_job_openings",
            Handler::Write(|cx| update(cx, "update_job_opening")),
        ),
        (
            "bulk_delete_job_openings",
            Handler::Write(|cx| on_ids(cx, "delete_job_opening")),
        ),
        (
            "bulk_create_users",
            Handler::Write(|cx| create(cx, "create_user")),
        ),
        (
            "bulk_update_users",
            Handler::Write(|cx| update(cx, "update_user")),
        ),
        (
            "bulk_enable_users",
            Handler::Write(|cx| on_ids(cx, "enable_user")),
        ),
        (
            "bulk_disable_users",
            Handler::Write(|cx| on_ids(cx, "disable_user")),
        ),
        (
            "bulk_revoke_user_permissions",
            Handler::Write(|cx| on_ids(cx, "revoke_user_permissions")),
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
    let (id, job) = jobs.pop().ok_or_else(Refusal::not_found)?;
    Ok(Reply::documents(&[document::detailed(cx, id, &job)?]))
}
