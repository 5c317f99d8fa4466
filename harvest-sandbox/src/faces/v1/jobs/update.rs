//! Requests that change a job.

use serde::Deserialize;

use super::place::Place;
use crate::domain::job_openings::JOB_OPENING;
use crate::domain::jobs::{JOB, Job};
use crate::domain::patch::Change;
use crate::domain::{approvals, names};
use crate::faces::Writing;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};
use crate::refusal::Problems;

#[derive(Deserialize)]
struct Update {
    name: Option<String>,
    #[serde(default)]
    notes: Change<String>,
    #[serde(default)]
    anywhere: Change<bool>,
    #[serde(default)]
    requisition_id: Change<String>,
    #[serde(default)]
    team_and_responsibilities: Change<String>,
    #[serde(default)]
    how_to_sell_this_job: Change<String>,
    #[serde(default)]
    custom_fields: Vec<custom_fields::Input>,
    #[serde(flatten)]
    place: Place,
}

/// Answers with the job, and of all answers that show one, with the custom fields of its openings.
pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut job): (i64, Job) = cx.record_in_path(&JOB, "id")?;
    cx.user.require_job(cx, id)?;
    let before = job.clone();
    let body: Update = cx.call.body()?;
    let mut problems = Problems::default();
    if let Some(name) = body.name {
        names::check("name", &name, &mut problems);
        job.name = name;
    }
    body.notes.apply(&mut job.notes);
    body.anywhere.apply(&mut job.anywhere);
    body.requisition_id.apply(&mut job.requisition_id);
    body.team_and_responsibilities
        .apply(&mut job.team_and_responsibilities);
    body.how_to_sell_this_job
        .apply(&mut job.how_to_sell_this_job);
    body.place.apply(cx, &mut job, &mut problems)?;
    let values = &mut job.custom_fields;
    custom_fields::apply(cx, "job", &body.custom_fields, values, "", &mut problems)?;
    problems.check()?;
    job.updated_at = cx.stamp();
    cx.save(&JOB, id, &job)?;
    if job.needs_approval_again(cx, &before)? {
        approvals::reset_job(cx, id)?;
    }
    let mut shown: Value = cx.shown(&JOB, id)?.read()?;
    let openings: Vec<i64> = cx.column(
        "SELECT id FROM job_opening WHERE job_id = ?1 ORDER BY id",
        [id],
    )?;
    let openings = openings.into_iter().map(|id| cx.shown(&JOB_OPENING, id));
    shown["openings"] = json!(openings.collect::<Outcome<Vec<_>>>()?);
    Ok(Reply::value(&shown))
}
