//! Reading flows, and what users have to approve.

use crate::domain::approvals::{APPROVAL, APPROVAL_FLOW};
use crate::domain::jobs::JOB;
use crate::domain::users::USER;
use crate::faces::Reading;
use crate::faces::list::{Filter, List};
use crate::http::refusal::Outcome;

pub(super) fn flows_of_job(cx: &Reading<'_>) -> Outcome {
    let job_id = cx.id_in_path(&JOB, "id")?;
    cx.list(List::of(&APPROVAL_FLOW).within("job_id = ?", job_id))
}

pub(super) fn flow(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&APPROVAL_FLOW, "id")
}

/// Approvals of offers are those of one offer. Those that a job needs before any is made are approvals of the job.
const FILTERS: &[Filter] = &[Filter::text_where(
    "type",
    "? = iif((SELECT offer_id FROM approval_flow WHERE approval_flow.id = flow_id) IS NULL,
             'job', 'offer')",
)];

pub(super) fn pending_of_user(cx: &Reading<'_>) -> Outcome {
    let user_id = cx.id_in_path(&USER, "user_id")?;
    let pending = "state ->> 'resolved_at' IS NULL
                   AND flow_id IN (SELECT id FROM approval_flow WHERE approval_status = 'pending')";
    cx.list(
        List::of(&APPROVAL)
            .within("user_id = ?", user_id)
            .only(pending)
            .filters(FILTERS),
    )
}
