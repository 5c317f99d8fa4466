//! Filling an opening by hiring someone.

use super::{JOB_OPENING, JobOpening};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::close_reasons::CLOSE_REASON;
use crate::domain::job_status;
use crate::refusal::{Outcome, Problems, Rule, Why};
use crate::store::{Edit, View};

/// What is said about the opening that a hire fills.
pub(crate) struct Fill {
    pub(crate) opening_id: Option<ClientId>,
    pub(crate) close_reason_id: Option<i64>,
}

/// The opening that will be filled: the one that is named, otherwise the one that was offered, otherwise the first one of
/// the job, as far as they are open. Someone can be hired for a job without an open one, and then there is nothing to fill.
pub(crate) fn to_fill(
    view: &View<'_>,
    actor: &Actor,
    job_id: i64,
    offered: Option<i64>,
    fill: &Fill,
    problems: &mut Problems,
) -> Outcome<Option<i64>> {
    let id = match fill.opening_id {
        Some(id) => named(view, actor, job_id, id, problems)?,
        None => first_open(view, job_id, offered)?,
    };
    if let Some(reason_id) = fill.close_reason_id {
        if !view.exists(&CLOSE_REASON, reason_id)? {
            problems.unknown("close_reason", "A close reason");
        } else if id.is_none() {
            problems.add("close_reason", Rule::NothingToClose);
        }
    }
    Ok(id)
}

impl Fill {
    /// Closes an opening that [`to_fill`] found.
    pub(crate) fn close(&self, edit: &mut Edit<'_>, id: i64, application_id: i64) -> Outcome<()> {
        let mut opening: JobOpening = edit.get(&JOB_OPENING, id)?;
        let now = stamp(edit.now());
        opening.close(now, self.close_reason_id, Some(application_id));
        edit.save(&JOB_OPENING, id, &opening)?;
        job_status::follow_openings(edit, opening.job_id)
    }
}

/// The opening that is named, or a problem.
fn named(
    view: &View<'_>,
    actor: &Actor,
    job_id: i64,
    id: ClientId,
    problems: &mut Problems,
) -> Outcome<Option<i64>> {
    let found = id.shared::<JobOpening>(view, actor, &JOB_OPENING)?;
    match &found {
        None => problems.unknown("opening", "An opening"),
        Some((_, opening)) if opening.job_id != job_id => {
            let why = Why::NotOf("opening", "the application's job");
            problems.add("opening", why);
        }
        Some((_, opening)) if opening.status != "open" => {
            problems.add("opening", Why::Closed("opening"));
        }
        Some(_) => {}
    }
    Ok(found.map(|(id, _)| id))
}

fn first_open(view: &View<'_>, job_id: i64, preferred: Option<i64>) -> Outcome<Option<i64>> {
    view.value(
        "SELECT id FROM job_opening WHERE job_id = ?1 AND status = 'open'
         ORDER BY id IS NOT ?2, id LIMIT 1",
        (job_id, preferred),
    )
}

/// An application is deleted: what it filled stays closed, by no application.
pub(crate) fn forget_application(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    let filled: Vec<(i64, JobOpening)> =
        edit.states(&JOB_OPENING, "application_id = ?1", [application_id])?;
    for (id, mut opening) in filled {
        opening.application_id = None;
        edit.save(&JOB_OPENING, id, &opening)?;
    }
    Ok(())
}
