//! Hiring.

use super::Subject;
use crate::domain::access::{Actor, ClientId};
use crate::domain::events::Event;
use crate::domain::job_openings::{self, Fill};
use crate::domain::{approvals, offers};
use crate::refusal::{Outcome, Problems, Refusal, State};
use crate::store::{Edit, View};

/// What the feed of a candidate says of a hire: the title, and what goes on from the name.
pub(crate) const HIRED: (&str, &str) = ("Candidate Hired", "was hired");

/// What is said about a hire.
pub(crate) struct Hire {
    /// A day.
    pub(crate) start_date: Option<String>,
    pub(crate) fill: Fill,
}

/// Ends the way through the stages, and fills an opening of the job. An offer that was still open is accepted by it: there
/// is no other way to say so. Problems are at `opening` and `close_reason`.
pub(crate) fn hire(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    command: Hire,
) -> Outcome<i64> {
    let mut subject = Subject::of(edit, actor, id)?;
    let job_id = subject.require_job()?;
    subject.require_status("active")?;
    require_approvals(edit, job_id, subject.id)?;
    let id = subject.id;
    let offered = offers::opening_of(edit, id)?;
    let mut problems = Problems::default();
    let fill = &command.fill;
    let opening_id = job_openings::to_fill(edit, actor, job_id, offered, fill, &mut problems)?;
    problems.check()?;
    offers::accept(edit, id, command.start_date, opening_id)?;
    if let Some(opening_id) = opening_id {
        fill.close(edit, opening_id, id)?;
    }
    "hired".clone_into(&mut subject.application.status);
    subject.application.stage_id = None;
    subject.keep(edit, HIRED.0, HIRED.1)?;
    Event::ApplicationHired(id).record(edit);
    Ok(id)
}

/// Recruiting for the job, making offers on it and the offer itself have to be approved, as far as there is anyone to do so.
fn require_approvals(view: &View<'_>, job_id: i64, application_id: i64) -> Outcome<()> {
    if !approvals::is_job_approved(view, job_id)? {
        return Err(Refusal::whole(State::NotApproved("job")));
    }
    match offers::find_current(view, application_id)? {
        Some(offer_id) if !approvals::is_offer_approved(view, offer_id)? => {
            Err(Refusal::whole(State::NotApproved("offer")))
        }
        _ => Ok(()),
    }
}
