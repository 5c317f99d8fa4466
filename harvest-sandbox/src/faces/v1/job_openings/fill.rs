//! Filling an opening by hiring someone: requests of v1.

use serde::Deserialize;

use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::close_reasons::CLOSE_REASON;
use crate::domain::job_openings::{JOB_OPENING, JobOpening};
use crate::domain::jobs;
use crate::http::refusal::Outcome;
use crate::refusal::Problems;
use crate::store::{Edit, View};

/// What a body says about the opening that a hire fills.
#[derive(Deserialize)]
pub(in crate::faces::v1) struct Fill {
    opening_id: Option<ClientId>,
    close_reason_id: Option<i64>,
}

impl Fill {
    /// The opening that will be filled: the one that is named, otherwise the one that was offered, otherwise the first one
    /// of the job, as far as they are open. Someone can be hired for a job without an open one, and then there is nothing
    /// to fill.
    pub(in crate::faces::v1) fn check(
        &self,
        view: &View<'_>,
        user: &Actor,
        job_id: i64,
        offered: Option<i64>,
        problems: &mut Problems,
    ) -> Outcome<Option<i64>> {
        let id = match self.opening_id {
            Some(id) => named(view, user, job_id, id, problems)?,
            None => first_open(view, job_id, offered)?,
        };
        if let Some(reason_id) = self.close_reason_id {
            if !view.exists(&CLOSE_REASON, reason_id)? {
                problems.unknown("close_reason_id", "A close reason");
            } else if id.is_none() {
                problems.add(
                    "close_reason_id",
                    "The job has no open opening to close with it",
                );
            }
        }
        Ok(id)
    }

    /// Closes an opening that [`check`](Self::check) found.
    pub(in crate::faces::v1) fn close(
        &self,
        edit: &mut Edit<'_>,
        id: i64,
        application_id: i64,
    ) -> Outcome<()> {
        let mut opening: JobOpening = edit.get(&JOB_OPENING, id)?;
        let now = stamp(edit.now());
        opening.close(now, self.close_reason_id, Some(application_id));
        edit.save(&JOB_OPENING, id, &opening)?;
        jobs::follow_openings(edit, opening.job_id)
    }
}

/// The opening that a body names, or a problem.
fn named(
    view: &View<'_>,
    user: &Actor,
    job_id: i64,
    id: ClientId,
    problems: &mut Problems,
) -> Outcome<Option<i64>> {
    let found = id.find::<JobOpening>(view, user, &JOB_OPENING)?;
    match &found {
        None => problems.unknown("opening_id", "An opening"),
        Some((_, opening)) if opening.job_id != job_id => {
            problems.add("opening_id", "Is no opening of the application's job");
        }
        Some((_, opening)) if opening.status != "open" => {
            problems.add("opening_id", "This opening is closed");
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
