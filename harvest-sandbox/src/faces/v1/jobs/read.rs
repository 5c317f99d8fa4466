//! Reading jobs.

use super::document;
use crate::domain::jobs::{JOB, Job};
use crate::faces::Reading;
use crate::faces::list::{CREATED_AND_UPDATED, Filter, List};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

const FILTERS: &[Filter] = &[
    Filter::text("requisition_id", "requisition_id"),
    Filter::text_where(
        "opening_id",
        "id IN (SELECT job_id FROM job_opening WHERE opening_id = ?)",
    ),
    Filter::text("status", "status"),
    Filter::integer_where(
        "department_id",
        "EXISTS (SELECT 1 FROM json_each(job.state, '$.department_ids') AS unit \
         WHERE unit.value = ?)",
    ),
    Filter::text_where(
        "external_department_id",
        "EXISTS (SELECT 1 FROM json_each(job.state, '$.department_ids') AS unit
                 JOIN department ON department.id = unit.value WHERE department.external_id = ?)",
    ),
    Filter::integer_where(
        "office_id",
        "EXISTS (SELECT 1 FROM json_each(job.state, '$.office_ids') AS unit WHERE unit.value = ?)",
    ),
    Filter::text_where(
        "external_office_id",
        "EXISTS (SELECT 1 FROM json_each(job.state, '$.office_ids') AS unit
                 JOIN office ON office.id = unit.value WHERE office.external_id = ?)",
    ),
    // Numbers are kept beside options, so the field has to be one that has options.
    Filter::integer_where(
        "custom_field_option_id",
        "EXISTS (SELECT 1 FROM json_each(job.state, '$.custom_fields') AS kept
                 JOIN custom_field ON custom_field.id = CAST(kept.key AS INTEGER)
                 JOIN json_each(custom_field.state, '$.options') AS choice
                 WHERE choice.value ->> 'id' = ?
                 AND (kept.value = ? OR kept.type = 'array'
                      AND EXISTS (SELECT 1 FROM json_each(kept.value) AS one
                                  WHERE one.value = ?)))",
    ),
];

pub(super) fn list(cx: &Reading<'_>) -> Outcome {
    let list = List::of(&JOB).filters(FILTERS);
    cx.list(list.filters(CREATED_AND_UPDATED))
}

pub(super) fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&JOB, "id")
}

pub(super) fn hiring_team(cx: &Reading<'_>) -> Outcome {
    let (id, job): (i64, Job) = cx.record_in_path(&JOB, "id")?;
    let team = document::team(cx, id, &job.hiring_team)?;
    Ok(Reply::value(&team))
}
