//! The interviews that stages of jobs have, which are held by appointment.

use std::rc::Rc;

use serde_json::{Value, json};

use super::super::job_stages::{JOB_STAGE, JobStage};
use crate::refusal::Outcome;
use crate::store::View;

/// An interview of a stage.
#[derive(Clone, Debug)]
pub(in crate::v1) struct Step {
    pub(in crate::v1) name: String,
    pub(in crate::v1) job_id: i64,
    /// False for one that takes no appointment.
    pub(in crate::v1) schedulable: bool,
}

impl Step {
    /// Each is asked for time and again by a list, and found once.
    pub(in crate::v1) fn find(view: &View<'_>, id: i64) -> Outcome<Rc<Option<Self>>> {
        view.memo(&JOB_STAGE, id, || {
            let condition =
                "EXISTS (SELECT 1 FROM json_each(job_stage.state, '$.interviews') AS interview
                                     WHERE interview.value ->> 'id' = ?1)";
            let stages = view.states::<JobStage>(&JOB_STAGE, condition, [id])?;
            let mut steps = stages.into_iter().flat_map(|(_, stage)| {
                let job_id = stage.job_id;
                stage.interviews.into_iter().map(move |it| (job_id, it))
            });
            Ok(steps.find(|(_, it)| it.id == id).map(|(job_id, it)| Self {
                name: it.name,
                job_id,
                schedulable: it.schedulable,
            }))
        })
    }

    /// `{id, name}`; null if there is none.
    pub(in crate::v1) fn show(view: &View<'_>, id: i64) -> Outcome<Value> {
        let step = Self::find(view, id)?;
        Ok(match &*step {
            Some(step) => json!({"id": id, "name": step.name}),
            None => Value::Null,
        })
    }
}
