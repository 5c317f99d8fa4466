//! Changing candidates.

use super::fields::Fields;
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::refusal::Problems;

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut candidate): (i64, Candidate) = cx.record_in_path(&CANDIDATE, "id")?;
    let body: Fields = cx.call.body()?;
    let mut problems = Problems::default();
    body.apply(cx, &mut candidate, &mut problems)?;
    problems.check()?;
    candidate.save_changed(cx, id)?;
    cx.changed(&CANDIDATE, id)
}
