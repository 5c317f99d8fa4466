//! Saying who has to approve.

use crate::refusal::Outcome;
use crate::store::Edit;

/// The plan of a job, which all of its flows share.
pub(crate) fn hiring_plan(edit: &Edit<'_>, job_id: i64) -> Outcome<i64> {
    let sql = "SELECT state ->> 'hiring_plan_id' FROM approval_flow WHERE job_id = ?1 LIMIT 1";
    match edit.value(sql, [job_id])? {
        Some(id) => Ok(id),
        None => edit.next_number("hiring_plan", 73_390),
    }
}
