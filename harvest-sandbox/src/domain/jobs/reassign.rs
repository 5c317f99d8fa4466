//! Reassignment of the candidates of a job to another recruiter or coordinator.

use crate::domain::applications::{APPLICATION, Application};
use crate::refusal::Outcome;
use crate::store::Edit;

/// In which role someone looks after a candidate.
#[derive(Clone, Copy)]
pub(crate) enum Role {
    Recruiter,
    Coordinator,
}

/// Which candidates of the job.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) active: bool,
    /// Hired or rejected.
    pub(crate) inactive: bool,
}

/// Makes a user look after the applications for a job. What else a candidate applied for stays with others.
pub(crate) fn reassign(
    edit: &mut Edit<'_>,
    job_id: i64,
    role: Role,
    user_id: i64,
    taken: Taken,
) -> Outcome<()> {
    if !taken.active && !taken.inactive {
        return Ok(());
    }
    let condition = "id IN (SELECT application_id FROM application_job WHERE job_id = ?1)
                     AND iif(status = 'active', ?2, ?3) AND NOT state ->> 'prospect'";
    let parameters = (job_id, taken.active, taken.inactive);
    for (id, mut application) in edit.states::<Application>(&APPLICATION, condition, parameters)? {
        match role {
            Role::Recruiter => application.recruiter_id = Some(user_id),
            Role::Coordinator => application.coordinator_id = Some(user_id),
        }
        edit.save(&APPLICATION, id, &application)?;
    }
    Ok(())
}
