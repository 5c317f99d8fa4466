//! Requests that change candidates.

use super::fields::Fields;
use crate::domain::candidates::{self, CANDIDATE};
use crate::faces::Writing;
use crate::http::refusal::Outcome;

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Fields = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let id = candidates::update(cx, &actor, id, body.read())?;
    cx.changed(&CANDIDATE, id)
}
