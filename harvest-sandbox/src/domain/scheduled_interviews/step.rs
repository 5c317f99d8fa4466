//! The interviews that stages of jobs have, which are held by appointment.

use std::rc::Rc;

use crate::domain::access::{Actor, ClientId, Hop};
use crate::domain::job_stages::{Interview, JOB_STAGE, JobStage};
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

/// Picks the stage that has the interview with an id.
const OF_STAGE: &str =
    "EXISTS (SELECT 1 FROM json_each(job_stage.state, '$.interviews') AS interview
                                WHERE interview.value ->> 'id' = ?1)";

impl Step {
    /// The interview that a body names, if the user may see its job.
    pub(crate) fn named(
        view: &View<'_>,
        user: &Actor,
        id: ClientId,
    ) -> Outcome<Option<(i64, Self)>> {
        let stage = id.whole::<JobStage>(view, user, &JOB_STAGE, OF_STAGE)?;
        Ok(stage.and_then(|(_, stage)| {
            let JobStage {
                job_id, interviews, ..
            } = stage;
            let found = interviews.into_iter().find(|it| id == it.id)?;
            Some((found.id, Self::of(job_id, found)))
        }))
    }

    fn of(job_id: i64, interview: Interview) -> Self {
        Self {
            name: interview.name,
            job_id,
            schedulable: interview.schedulable,
        }
    }

    /// Each is asked for time and again by a list, and found once.
    pub(crate) fn find(view: &View<'_>, id: i64) -> Outcome<Rc<Option<Self>>> {
        view.memo(&JOB_STAGE, id, || {
            let stages = view.states::<JobStage>(&JOB_STAGE, OF_STAGE, [id])?;
            let mut steps = stages.into_iter().flat_map(|(_, stage)| {
                let job_id = stage.job_id;
                stage.interviews.into_iter().map(move |it| (job_id, it))
            });
            let found = steps.find(|(_, it)| it.id == id);
            Ok(found.map(|(job_id, it)| Self::of(job_id, it)))
        })
    }
}
