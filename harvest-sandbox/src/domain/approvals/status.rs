//! Whether all have approved. A flow without approvers needs no approval.

use rusqlite::Params;

use crate::refusal::Outcome;
use crate::store::View;

/// Whether recruiting for a job was approved, and making offers on it.
pub(crate) fn is_job_approved(view: &View<'_>, job_id: i64) -> Outcome<bool> {
    let flows = "job_id = ?1 AND approval_type IN ('open_job', 'offer_job') AND offer_id IS NULL";
    are_approved(view, flows, [job_id])
}

/// Whether an offer was approved by those who were to approve this one.
pub(crate) fn is_offer_approved(view: &View<'_>, offer_id: i64) -> Outcome<bool> {
    are_approved(view, "offer_id = ?1", [offer_id])
}

fn are_approved(view: &View<'_>, flows: &str, parameters: impl Params) -> Outcome<bool> {
    let sql = format!(
        "SELECT NOT EXISTS (SELECT 1 FROM approval_flow
             WHERE {flows} AND approval_status <> 'approved'
             AND json_array_length(state, '$.groups') > 0)"
    );
    Ok(view.value(&sql, parameters)?.unwrap_or_default())
}
