//! Requests that anonymize candidates.

use crate::domain::candidates::{self, CANDIDATE};
use crate::faces::Writing;
use crate::http::refusal::Outcome;

pub(super) fn anonymize(cx: &mut Writing<'_, '_>) -> Outcome {
    let fields = cx.call.query().last("fields").unwrap_or_default();
    let fields: Vec<&str> = fields.split(',').map(str::trim).collect();
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let id = candidates::anonymize(cx, &actor, id, &fields)?;
    cx.changed(&CANDIDATE, id)
}
