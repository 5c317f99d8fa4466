//! Requests that make a job by copying another.

use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::jobs::{self, JOB, NewJob};
use crate::faces::Writing;
use crate::faces::org_units::UnitsInput;
use crate::http::refusal::Outcome;

#[derive(Deserialize)]
struct Create {
    template_job_id: ClientId,
    number_of_openings: i64,
    job_post_name: Option<String>,
    job_name: Option<String>,
    requisition_id: Option<String>,
    opening_ids: Option<Vec<String>>,
    #[serde(flatten)]
    units: UnitsInput,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let new = NewJob {
        template_job_id: body.template_job_id,
        number_of_openings: body.number_of_openings,
        job_post_name: body.job_post_name,
        job_name: body.job_name,
        notes: None,
        requisition_id: body.requisition_id,
        opening_ids: body.opening_ids,
        custom_fields: Vec::new(),
        units: body.units.into(),
    };
    let id = jobs::create(cx, &actor, new)?;
    cx.created(&JOB, id)
}
