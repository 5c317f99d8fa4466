//! Requests that merge two candidates.

use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::candidates::{self, CANDIDATE};
use crate::faces::Writing;
use crate::http::refusal::Outcome;

#[derive(Deserialize)]
struct Merge {
    primary_candidate_id: ClientId,
    duplicate_candidate_id: ClientId,
}

pub(super) fn merge(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Merge = cx.call.body()?;
    let actor = cx.user.clone();
    let (primary, duplicate) = (body.primary_candidate_id, body.duplicate_candidate_id);
    let merged = candidates::merge(cx, &actor, primary, duplicate);
    let names = [
        ("primary", "primary_candidate_id"),
        ("duplicate", "duplicate_candidate_id"),
    ];
    let id = merged.map_err(|it| it.renamed(&names))?;
    cx.changed(&CANDIDATE, id)
}
