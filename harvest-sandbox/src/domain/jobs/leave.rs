//! Leaving hiring teams, for those who may no longer do anything on jobs.

use super::{JOB, Job};
use crate::clock::stamp;
use crate::refusal::Outcome;
use crate::store::Edit;

/// Takes a user off all hiring teams. Applications keep their recruiters and coordinators.
pub(crate) fn leave_teams(edit: &mut Edit<'_>, user_id: i64) -> Outcome<()> {
    let now = stamp(edit.now());
    for (id, mut job) in edit.states::<Job>(&JOB, "true ORDER BY id", [])? {
        if job.hiring_team.has(user_id) {
            for members in job.hiring_team.groups() {
                members.retain(|member| member.user_id != user_id);
            }
            job.updated_at.clone_from(&now);
            job.save(edit, id)?;
        }
    }
    Ok(())
}
