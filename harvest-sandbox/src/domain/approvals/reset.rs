//! Starting flows over, when what was approved has changed.

use std::rc::Rc;

use super::APPROVAL_FLOW;
use super::state::Flow;
use crate::clock::stamp;
use crate::domain::jobs::{JOB, Job};
use crate::refusal::{Outcome, Refusal};
use crate::store::Edit;

/// SQL that holds for flows of which approvals were asked for. Others are as if they had just been made, however many have to
/// approve.
const HAS_BEGUN: &str =
    "(approval_status <> 'pending' OR state ->> 'requested_by_user_id' IS NOT NULL)";

/// Something of a job has changed that its approvals are about. A draft has yet to be approved for recruiting; one that
/// is open was, and has yet to be approved for offers. A job that is closed needs no approvals.
pub(crate) fn reset_job(edit: &mut Edit<'_>, job_id: i64) -> Outcome<()> {
    let job: Rc<Job> = edit.shared(&JOB, job_id)?.ok_or_else(Refusal::not_found)?;
    let approval_type = match job.status.as_str() {
        "draft" => "open_job",
        "open" => "offer_job",
        _ => return Ok(()),
    };
    let condition =
        format!("job_id = ?1 AND approval_type = ?2 AND offer_id IS NULL AND {HAS_BEGUN}");
    for (id, flow) in edit.states::<Flow>(&APPROVAL_FLOW, &condition, (job_id, approval_type))? {
        flow.reset(edit, id)?;
    }
    Ok(())
}

/// An offer has another letter.
pub(crate) fn reset_offer(edit: &mut Edit<'_>, offer_id: i64) -> Outcome<()> {
    let condition = format!("offer_id = ?1 AND {HAS_BEGUN}");
    for (id, flow) in edit.states::<Flow>(&APPROVAL_FLOW, &condition, [offer_id])? {
        flow.reset(edit, id)?;
    }
    Ok(())
}

impl Flow {
    /// Back to where no user has asked for approvals, as if it had just been made.
    fn reset(mut self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        self.requested_by_user_id = None;
        self.forget_decisions(edit, id)?;
        let now = stamp(edit.now());
        self.save(edit, id, &now)
    }
}
