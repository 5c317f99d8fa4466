//! Adding an application, to a candidate who is there or together with one.

use super::APPLICATION;
use super::state::Application;
use crate::refusal::Outcome;
use crate::store::Edit;

/// Keeps a new application of a candidate.
pub(crate) fn add(
    edit: &mut Edit<'_>,
    candidate_id: i64,
    mut application: Application,
) -> Outcome<i64> {
    application.candidate_id = candidate_id;
    let id = edit.new_id(&APPLICATION)?;
    application.save(edit, id)?;
    Ok(id)
}
