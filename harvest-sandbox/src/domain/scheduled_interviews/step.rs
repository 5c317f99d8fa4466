//! The interviews that stages of jobs have, which are held by appointment.

use std::rc::Rc;

use crate::domain::access::{Actor, ClientId, Hop};
use crate::domain::job_stages::{JOB_INTERVIEW, ListedInterview};
use crate::refusal::Outcome;
use crate::store::View;

/// An interview of a stage.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) job_id: i64,
    /// False for one that takes no appointment.
    pub(crate) schedulable: bool,
}

/// The way from what is of a step, by a column of the table, to the job of the step.
pub(crate) const OF_STEP: Hop = ("step_id", "job_interview");
pub(crate) const JOB_OF_STEP: &str = "job_id";

impl Step {
    /// The interview that a body names, if the user may see its job.
    pub(crate) fn named(
        view: &View<'_>,
        user: &Actor,
        id: ClientId,
    ) -> Outcome<Option<(i64, Self)>> {
        let found = id.find(view, user, &JOB_INTERVIEW)?;
        Ok(found.map(|(id, listed)| (id, Self::of(listed))))
    }

    fn of(listed: ListedInterview) -> Self {
        Self {
            name: listed.interview.name,
            job_id: listed.job_id,
            schedulable: listed.interview.schedulable,
        }
    }

    /// Each is asked for time and again by a list, and found once.
    pub(crate) fn find(view: &View<'_>, id: i64) -> Outcome<Rc<Option<Self>>> {
        view.memo(&JOB_INTERVIEW, id, || {
            Ok(view.find(&JOB_INTERVIEW, id)?.map(Self::of))
        })
    }
}
