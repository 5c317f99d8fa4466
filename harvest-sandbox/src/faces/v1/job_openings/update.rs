//! Renaming, closing and reopening an opening.

use serde::Deserialize;

use crate::domain;
use crate::domain::close_reasons::CLOSE_REASON;
use crate::domain::job_openings::{JOB_OPENING, check_room, of_job};
use crate::domain::jobs::JOB;
use crate::domain::patch::Change;
use crate::domain::{approvals, jobs};
use crate::faces::Writing;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::Problems;

#[derive(Deserialize)]
struct Update {
    #[serde(default)]
    opening_id: Change<String>,
    status: Option<String>,
    close_reason_id: Option<i64>,
    #[serde(default)]
    custom_fields: Vec<custom_fields::Input>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let job_id = cx.row_in_path(&JOB, "job_id")?.id;
    let (id, mut opening) = of_job(cx.record_in_path(&JOB_OPENING, "id")?, job_id)?;
    cx.user.require_job(cx, job_id)?;
    let before = opening.clone();
    let body: Update = cx.call.body()?;
    let mut problems = Problems::default();
    let turns = body.status.filter(|status| *status != opening.status);
    let closes = turns.as_deref() == Some("closed");
    if let Some(reason_id) = body.close_reason_id {
        if !closes {
            problems.add("close_reason_id", "Only goes with closing an open opening");
        } else if !cx.exists(&CLOSE_REASON, reason_id)? {
            problems.unknown("close_reason_id", "A close reason");
        }
    }
    if closes {
        opening.close(cx.stamp(), body.close_reason_id, None);
    } else if turns.is_some() {
        check_room(cx, Some(job_id), 1, "status", &mut problems)?;
        opening.open(cx.stamp());
    }
    body.opening_id.apply(&mut opening.opening_id);
    let values = &mut opening.custom_fields;
    custom_fields::apply(
        cx,
        "opening",
        &body.custom_fields,
        values,
        "",
        &mut problems,
    )?;
    problems.check()?;
    cx.save(&JOB_OPENING, id, &opening)?;
    if turns.is_some() {
        jobs::follow_openings(cx, job_id)?;
    }
    let (old, new) = (&before.custom_fields, &opening.custom_fields);
    if opening.opening_id != before.opening_id
        || domain::custom_fields::changed(cx, old, new, |field| field.require_approval)?
    {
        approvals::reset_job(cx, job_id)?;
    }
    // A text, as documented.
    Ok(Reply::value(&json!({"success": "true"})))
}
