//! Leaving hiring teams, for those who may no longer do anything on jobs.

use std::collections::HashSet;

use super::{JOB, Job};
use crate::clock::stamp;
use crate::refusal::Outcome;
use crate::store::Edit;

/// Takes users off all hiring teams. Applications keep their recruiters and coordinators.
pub(crate) fn leave_teams(edit: &mut Edit<'_>, user_ids: &HashSet<i64>) -> Outcome<()> {
    let now = stamp(edit.now());
    for (id, mut job) in edit.states::<Job>(&JOB, "true ORDER BY id", [])? {
        let mut is_left = false;
        for members in job.hiring_team.groups() {
            let count = members.len();
            members.retain(|member| !user_ids.contains(&member.user_id));
            is_left |= members.len() < count;
        }
        if is_left {
            job.updated_at.clone_from(&now);
            job.save(edit, id)?;
        }
    }
    Ok(())
}
