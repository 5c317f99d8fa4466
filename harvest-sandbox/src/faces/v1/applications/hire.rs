//! Hiring: requests of v1.

use serde::Deserialize;

use super::subject::Subject;
use crate::domain::applications::{APPLICATION, require_approvals};
use crate::domain::offers;
use crate::faces::Writing;
use crate::faces::v1::job_openings::Fill;
use crate::http::refusal::Outcome;
use crate::refusal::Problems;

#[derive(Deserialize)]
struct Hire {
    /// A day.
    start_date: Option<String>,
    #[serde(flatten)]
    opening: Fill,
}

/// Ends the way through the stages, and fills an opening of the job. An offer that was still open is accepted by it: there
/// is no other way to say so.
pub(super) fn hire(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut subject = Subject::of(cx)?;
    let body: Hire = cx.call.body()?;
    let job_id = subject.require_job()?;
    subject.require_status("active")?;
    require_approvals(cx, job_id, subject.id)?;
    let mut problems = Problems::default();
    let id = subject.id;
    let offered = offers::opening_of(cx, id)?;
    let opening_id = body
        .opening
        .check(cx, &cx.user, job_id, offered, &mut problems)?;
    problems.check()?;
    offers::accept(cx, id, body.start_date, opening_id)?;
    if let Some(opening_id) = opening_id {
        body.opening.close(cx, opening_id, id)?;
    }
    "hired".clone_into(&mut subject.application.status);
    subject.application.stage_id = None;
    subject.keep(cx, "Candidate Hired", "was hired")?;
    cx.changed(&APPLICATION, id)
}
