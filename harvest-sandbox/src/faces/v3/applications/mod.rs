//! Applications, as v3 shows and changes them.

mod document;
mod prospect_details;
mod rejection_details;
mod stage;
mod write;

pub(super) use write::NewApplicationInput;

use super::list::{self, Meaning, Means};
use super::presentation::shown;
use crate::domain::applications::APPLICATION;
use crate::faces::{Handler, Resource};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&APPLICATION, document::document)],
    operations: &[
        (
            "list_applications",
            Handler::Read(|cx| list::list(cx, &APPLICATION, MEANINGS)),
        ),
        ("create_application", Handler::Write(write::create)),
        ("update_application", Handler::Write(write::update)),
        ("delete_application", Handler::Write(write::delete)),
        ("move_application", Handler::Write(stage::move_application)),
        ("convert_prospect", Handler::Write(stage::convert)),
        ("hire_application", Handler::Write(stage::hire)),
        ("reject_application", Handler::Write(stage::reject)),
        ("unreject_application", Handler::Write(stage::unreject)),
        (
            "list_rejection_details",
            Handler::Read(rejection_details::list),
        ),
        (
            "update_rejection_detail",
            Handler::Write(rejection_details::update),
        ),
        (
            "list_prospect_details",
            Handler::Read(prospect_details::list),
        ),
    ],
};

/// An application that is on its way has the status `active` in the domain, and in this parameter.
pub(super) const MEANINGS: &[Meaning] = &[
    ("last_activity_at", Means::Column("last_activity_at")),
    ("candidate_ids", Means::Column("candidate_id")),
    (
        "job_ids",
        Means::Where(
            "NOT state ->> 'prospect' AND id IN (SELECT application_id FROM application_job
             WHERE job_id IN (SELECT value FROM json_each(?)))",
        ),
    ),
    (
        "prospective_job_ids",
        Means::Where(
            "state ->> 'prospect' AND id IN (SELECT application_id FROM application_job
             WHERE job_id IN (SELECT value FROM json_each(?)))",
        ),
    ),
    ("job_post_ids", Means::Column("state ->> 'job_post_id'")),
    ("source_ids", Means::Column("source_id")),
    (
        "referrer_ids",
        Means::Where(
            "credited_to_id IN (SELECT user_id FROM referrer
                                WHERE referrer.id IN (SELECT value FROM json_each(?)))",
        ),
    ),
    (
        "stage_ids",
        Means::Where(
            "id IN (SELECT application_id FROM stage_history
             WHERE exited_at IS NULL AND id IN (SELECT value FROM json_each(?)))",
        ),
    ),
    ("job_interview_stage_ids", Means::Column("stage_id")),
    (
        "stage_name",
        Means::Where("stage_id IN (SELECT id FROM job_stage WHERE state ->> 'name' = ?)"),
    ),
    ("status", Means::Column("status")),
    ("prospect", Means::Column("state ->> 'prospect'")),
    (
        "custom_field_option_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_tree(application.state, '$.custom_fields') AS kept
             JOIN custom_field_option AS choice ON choice.id = kept.value WHERE choice.id = ?)",
        ),
    ),
];
