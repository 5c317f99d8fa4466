//! The approval flows of a new organization.

use super::super::jobs::{JOB, Job};
use super::APPROVAL_FLOW;
use super::replace::hiring_plan;
use super::state::Flow;
use crate::organization::Seed;
use crate::refusal::Outcome;

/// That a job may open was approved by one of the site admins, but for drafts: two site admins have yet to approve them,
/// one after the other. On every third job, offers need an approval for which nobody asked so far.
pub(super) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let admins: Vec<i64> = seed.column(
        "SELECT id FROM user WHERE site_admin AND NOT disabled ORDER BY id LIMIT 3",
        [],
    )?;
    for (number, (job_id, job)) in seed
        .states::<Job>(&JOB, "true ORDER BY id", [])?
        .into_iter()
        .enumerate()
    {
        let pending = job.status == "draft";
        let mut flow = Flow {
            job_id,
            hiring_plan_id: hiring_plan(seed, job_id)?,
            sequential: true,
            version: 1,
            approval_type: "open_job".to_owned(),
            approval_status: if pending { "pending" } else { "approved" }.to_owned(),
            requested_by_user_id: admins.first().copied(),
            ..Flow::default()
        };
        let wanted = if pending { 2 } else { 1 };
        for id in admins.iter().rev().take(wanted) {
            let mut group = Flow::group(seed, 1, vec![*id], &job.created_at)?;
            group.resolved_at = (!pending).then(|| job.created_at.clone());
            flow.groups.push(group);
        }
        let id = seed.new_id(&APPROVAL_FLOW)?;
        flow.save(seed, id, &job.created_at)?;
        if number % 3 == 0 {
            let group = Flow::group(seed, 1, admins.clone(), &job.created_at)?;
            "offer_job".clone_into(&mut flow.approval_type);
            "pending".clone_into(&mut flow.approval_status);
            flow.requested_by_user_id = None;
            flow.groups = vec![group];
            let id = seed.new_id(&APPROVAL_FLOW)?;
            flow.save(seed, id, &job.created_at)?;
        }
    }
    Ok(())
}
