//! Filling an opening by hiring someone.

use super::{JOB_OPENING, JobOpening};
use crate::refusal::Outcome;
use crate::store::Edit;

/// An application is deleted: what it filled stays closed, by nobody.
pub(crate) fn forget_application(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    let filled: Vec<(i64, JobOpening)> =
        edit.states(&JOB_OPENING, "application_id = ?1", [application_id])?;
    for (id, mut opening) in filled {
        opening.application_id = None;
        edit.save(&JOB_OPENING, id, &opening)?;
    }
    Ok(())
}
