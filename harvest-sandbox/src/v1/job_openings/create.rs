//! Adding openings.

use axum::http::StatusCode;
use serde::Deserialize;

use super::super::approvals;
use super::super::custom_fields::{self, Units, Values};
use super::super::jobs::{self, JOB, Job};
use super::{JOB_OPENING, JobOpening};
use crate::clock::stamp;
use crate::handler::Writing;
use crate::json::json;
use crate::refusal::{Outcome, Problems};
use crate::reply::Reply;
use crate::store::{Edit, View};

/// How many open ones a job can have.
const MOST_OPEN: usize = 100;

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

/// An opening to add.
pub(in crate::v1) struct NewOpening {
    pub(in crate::v1) opening_id: Option<String>,
    pub(in crate::v1) custom_fields: Values,
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

/// There is room for so many more open ones on a job; `None` is a job that is still to be made.
pub(in crate::v1) fn check_room(
    view: &View<'_>,
    job_id: Option<i64>,
    more: usize,
    field: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    let sql = "SELECT count(*) FROM job_opening WHERE job_id = ?1 AND status = 'open'";
    let open: usize = view.value(sql, [job_id])?.unwrap_or_default();
    if more == 0 {
        problems.add(field, "Must be at least one");
    } else if open.saturating_add(more) > MOST_OPEN {
        let message = format!("A job can have {MOST_OPEN} open openings, and {open} are open");
        problems.add(field, message);
    }
    Ok(())
}

/// Opens a position.
pub(in crate::v1) fn add(edit: &mut Edit<'_>, job_id: i64, new: NewOpening) -> Outcome<i64> {
    let opening = JobOpening {
        job_id,
        opening_id: new.opening_id,
        status: "open".to_owned(),
        opened_at: stamp(edit.now()),
        custom_fields: new.custom_fields,
        ..JobOpening::default()
    };
    edit.insert(&JOB_OPENING, &opening)
}
