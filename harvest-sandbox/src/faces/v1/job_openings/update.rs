//! Requests that rename, close or reopen an opening.

use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::job_openings::{self, JOB_OPENING, of_job};
use crate::domain::jobs::JOB;
use crate::domain::patch::Change;
use crate::faces::Writing;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

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
    let job_id = cx.id_in_path(&JOB, "job_id")?;
    let (id, _) = of_job(cx.record_in_path(&JOB_OPENING, "id")?, job_id)?;
    let body: Update = cx.call.body()?;
    let command = job_openings::Update {
        opening_id: body.opening_id,
        status: body.status,
        close_reason_id: body.close_reason_id,
        custom_fields: custom_fields::entries(body.custom_fields).into(),
        unfills: true,
        ..job_openings::Update::default()
    };
    let actor = cx.user.clone();
    job_openings::update(cx, &actor, ClientId::new(id), command)?;
    // A text, as documented.
    Ok(Reply::value(&json!({"success": "true"})))
}
