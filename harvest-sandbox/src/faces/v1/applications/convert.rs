//! Making a prospect a candidate on a job.

use serde::Deserialize;

use super::stage::Target;
use super::subject::Subject;
use crate::domain::access::ClientId;
use crate::domain::applications::{Application, add};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::{Problems, Refusal};

#[derive(Deserialize)]
struct Convert {
    job_id: ClientId,
    initial_stage_id: Option<ClientId>,
}

/// The prospect's application stays, as converted, and another with an id of its own goes on from it.
pub(super) fn convert(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut subject = Subject::of(cx)?;
    let body: Convert = cx.call.body()?;
    if !subject.application.prospect {
        return Err(Refusal::whole("This is not the application of a prospect"));
    }
    subject.require_status("active")?;
    let target = Target {
        job: ("job_id", body.job_id),
        stage: ("initial_stage_id", body.initial_stage_id),
    };
    let (job_id, job, stage_id) = target.check(cx, &mut Problems::default())?;
    let now = cx.stamp();
    let old_id = subject.id;
    let candidate_id = subject.application.candidate_id;
    let application = Application {
        prospect: false,
        applied_at: now.clone(),
        last_activity_at: now,
        job_ids: vec![job_id],
        stage_id,
        prospect_pool_id: None,
        prospect_stage_id: None,
        prospect_owner_id: None,
        prospective_office_id: None,
        prospective_department_id: None,
        ..subject.application.clone()
    };
    "converted".clone_into(&mut subject.application.status);
    let about = subject.about().naming(&[job_id]);
    subject.keep_with(
        cx,
        &about,
        "Prospect Converted",
        &format!("became a candidate for {}", job.name),
    )?;
    let new_id = add(cx, candidate_id, application)?;
    Ok(Reply::value(&json!({
        "success": true,
        "old_application_id": old_id,
        "new_application_id": new_id,
        "new_job_id": job_id,
        "new_stage_id": stage_id,
    })))
}
