//! Requests that change a job.

use serde::Deserialize;

use crate::domain::job_openings::JOB_OPENING;
use crate::domain::jobs::{self, JOB};
use crate::domain::patch::Change;
use crate::faces::Writing;
use crate::faces::org_units::UnitsInput;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};

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
    units: UnitsInput,
}

/// Answers with the job, and of all answers that show one, with the custom fields of its openings.
pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Update = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let command = jobs::Update {
        name: body.name,
        notes: body.notes,
        anywhere: body.anywhere,
        requisition_id: body.requisition_id,
        team_and_responsibilities: body.team_and_responsibilities,
        how_to_sell_this_job: body.how_to_sell_this_job,
        custom_fields: custom_fields::entries(body.custom_fields).into(),
        units: body.units.into(),
    };
    let id = jobs::update(cx, &actor, id, command)?;
    let mut shown: Value = cx.shown(&JOB, id)?.read()?;
    let openings: Vec<i64> = cx.column(
        "SELECT id FROM job_opening WHERE job_id = ?1 ORDER BY id",
        [id],
    )?;
    let openings = openings.into_iter().map(|id| cx.shown(&JOB_OPENING, id));
    shown["openings"] = json!(openings.collect::<Outcome<Vec<_>>>()?);
    Ok(Reply::value(&shown))
}
