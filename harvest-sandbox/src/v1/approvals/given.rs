//! Whether all have approved.

use crate::refusal::Outcome;
use crate::store::View;

/// An offer, by those who were to approve it. One that needs no approvals is.
pub(in crate::v1) fn is_offer_approved(view: &View<'_>, offer_id: i64) -> Outcome<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM approval_flow
                   WHERE offer_id = ?1 AND approval_status <> 'approved'
                   AND json_array_length(state, '$.groups') > 0)";
    Ok(view.value(sql, [offer_id])?.unwrap_or_default())
}
