//! Requests that add openings.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::custom_fields::{Units, Values};
use crate::domain::job_openings::{NewOpening, add, check_room};
use crate::domain::jobs::{JOB, Job};
use crate::domain::{approvals, jobs};
use crate::faces::Writing;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::Problems;

#[derive(Deserialize)]
struct Create {
    openings: Vec<CreateOne>,
}

#[derive(Deserialize)]
struct CreateOne {
    opening_id: Option<String>,
    #[serde(default)]
    custom_fields: Vec<custom_fields::Input>,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let (job_id, job): (i64, Job) = cx.record_in_path(&JOB, "job_id")?;
    cx.user.require_job(cx, job_id)?;
    let body: Create = cx.call.body()?;
    let mut problems = Problems::default();
    check_room(
        cx,
        Some(job_id),
        body.openings.len(),
        "openings",
        &mut problems,
    )?;
    let units = Units::of(&job.office_ids, &job.department_ids);
    let mut openings = Vec::new();
    for (place, one) in body.openings.into_iter().enumerate() {
        let mut values = Values::new();
        let at = format!("openings.{place}.");
        let inputs = &one.custom_fields;
        custom_fields::apply(cx, "opening", inputs, &mut values, &at, &mut problems)?;
        custom_fields::require(cx, "opening", inputs, &values, &units, &at, &mut problems)?;
        openings.push(NewOpening {
            opening_id: one.opening_id,
            custom_fields: values,
        });
    }
    problems.check()?;
    let mut shown = Vec::new();
    for opening in openings {
        let opening_id = opening.opening_id.clone();
        let id = add(cx, job_id, opening)?;
        // Called `opened_at` everywhere else.
        shown.push(json!({"id": id, "opening_id": opening_id, "open_date": cx.stamp()}));
    }
    jobs::follow_openings(cx, job_id)?;
    approvals::reset_job(cx, job_id)?;
    let shown = json!({ "openings": shown });
    Ok(Reply::json(StatusCode::CREATED, &shown))
}
