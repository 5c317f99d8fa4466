//! Requests that make or change jobs.

use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::jobs::{self, JOB, NewJob};
use crate::domain::patch::Change;
use crate::faces::Writing;
use crate::faces::org_units::UnitsInput;
use crate::faces::v3::custom_values::{Input, all, entries};
use crate::http::refusal::Outcome;

#[derive(Deserialize)]
struct Create {
    template_job_id: ClientId,
    number_of_openings: i64,
    job_post_name: Option<String>,
    job_name: Option<String>,
    notes: Option<String>,
    requisition_id: Option<String>,
    opening_ids: Option<Vec<String>>,
    #[serde(default)]
    custom_fields: Vec<Input>,
    #[serde(flatten)]
    units: UnitsInput,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let new = NewJob {
        template_job_id: body.template_job_id,
        number_of_openings: body.number_of_openings,
        job_post_name: body.job_post_name.or_else(|| body.job_name.clone()),
        job_name: body.job_name,
        notes: body.notes,
        requisition_id: body.requisition_id,
        opening_ids: body.opening_ids,
        custom_fields: entries(body.custom_fields),
        units: body.units.into(),
    };
    let id = jobs::create(cx, &actor, new)?;
    cx.created(&JOB, id)
}

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
    custom_fields: Option<Vec<Input>>,
    #[serde(flatten)]
    units: UnitsInput,
}

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
        custom_fields: all(body.custom_fields),
        units: body.units.into(),
    };
    let id = jobs::update(cx, &actor, id, command)?;
    cx.changed(&JOB, id)
}
