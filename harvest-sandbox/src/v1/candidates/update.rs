//! Changing candidates.

use super::fields::Fields;
use super::{CANDIDATE, Candidate, changed};
use crate::handler::Writing;
use crate::refusal::{Outcome, Problems};

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.call.id("id")?;
    let mut candidate: Candidate = cx.get(&CANDIDATE, id)?;
    cx.user.require_candidate(cx, id)?;
    let body: Fields = cx.call.body()?;
    let mut problems = Problems::default();
    body.apply(cx, &mut candidate, &mut problems)?;
    problems.check()?;
    candidate.save_changed(cx, id)?;
    changed(cx, id)
}
