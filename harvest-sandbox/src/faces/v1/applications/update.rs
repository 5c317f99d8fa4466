//! Requests that change what is known about an application.

use serde::Deserialize;

use super::create::{NAMES, Referrer};
use crate::domain::applications::{self, APPLICATION};
use crate::domain::patch::Change;
use crate::faces::Writing;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Update {
    source_id: Change<i64>,
    referrer: Option<Referrer>,
    recruiter_id: Change<i64>,
    coordinator_id: Change<i64>,
    custom_fields: Vec<custom_fields::Input>,
    prospect_pool_id: Change<i64>,
    prospect_stage_id: Change<i64>,
    rejection_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    custom_fields: Vec<custom_fields::Input>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Update = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let details = body.rejection_details;
    let command = applications::Update {
        source_id: body.source_id,
        // A referrer who is not named in full is none.
        referrer: match body.referrer {
            None => Change::Leave,
            Some(referrer) => referrer.read().map_or(Change::Clear, Change::Set),
        },
        recruiter_id: body.recruiter_id,
        coordinator_id: body.coordinator_id,
        custom_fields: custom_fields::entries(body.custom_fields),
        prospect_pool_id: body.prospect_pool_id,
        prospect_stage_id: body.prospect_stage_id,
        rejection_details: details.map(|it| custom_fields::entries(it.custom_fields)),
        ..applications::Update::default()
    };
    let changed = applications::update(cx, &actor, id, command);
    let id = changed.map_err(|it| it.renamed(NAMES))?;
    cx.changed(&APPLICATION, id)
}
