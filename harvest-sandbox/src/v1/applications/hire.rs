//! Hiring.

use serde::Deserialize;

use super::super::offers;
use super::APPLICATION;
use super::subject::Subject;
use crate::clock;
use crate::handler::Writing;
use crate::refusal::{Outcome, Refusal};

#[derive(Deserialize)]
struct Hire {
    start_date: Option<String>,
}

/// Ends the way through the stages. An offer that was still open is accepted by it: there is no other way to say so.
pub(super) fn hire(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut subject = Subject::of(cx)?;
    let body: Hire = cx.call.body()?;
    subject.require_job()?;
    subject.require_status("active")?;
    let starts_at = match &body.start_date {
        None => None,
        Some(text) => match clock::parse_day(text) {
            Some(day) => Some(day),
            None => return Err(Refusal::field("start_date", "Must be an ISO 8601 date")),
        },
    };
    let id = subject.id;
    offers::accept(cx, id, starts_at)?;
    "hired".clone_into(&mut subject.application.status);
    subject.application.stage_id = None;
    subject.keep(cx, "Candidate Hired", "was hired")?;
    cx.changed(&APPLICATION, id)
}
