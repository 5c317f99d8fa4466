//! Which tags a candidate has.

use axum::http::StatusCode;

use super::super::candidates::{CANDIDATE, Candidate};
use super::{TAG, Tag};
use crate::access::Scope;
use crate::handler::{Reading, Writing};
use crate::list::List;
use crate::refusal::Outcome;
use crate::reply::Reply;

pub(super) fn list(cx: &Reading<'_>) -> Outcome {
    let id = cx.call.id("id")?;
    cx.require(&CANDIDATE, id)?;
    cx.require_sight(Scope::Candidate, id)?;
    cx.list(List::of(&TAG).within(
        "id IN (SELECT tag_id FROM candidate_tag WHERE candidate_id = ?)",
        id,
    ))
}

/// Doing it again changes nothing, and is answered alike.
pub(super) fn add(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut candidate, tag_id, tag) = found(cx)?;
    if !candidate.tag_ids.contains(&tag_id) {
        candidate.tag_ids.push(tag_id);
        candidate.save_changed(cx, id)?;
    }
    let message = format!(
        "Tag {tag_id}, '{}', has been applied to candidate {id}",
        tag.name
    );
    Ok(Reply::message(StatusCode::OK, &message))
}

pub(super) fn remove(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut candidate, tag_id, _) = found(cx)?;
    if candidate.tag_ids.contains(&tag_id) {
        candidate.tag_ids.retain(|known| *known != tag_id);
        candidate.save_changed(cx, id)?;
    }
    let message = format!("Tag {tag_id} has been removed from candidate {id}");
    Ok(Reply::message(StatusCode::OK, &message))
}

/// The candidate and the tag in the path.
fn found(cx: &Writing<'_, '_>) -> Outcome<(i64, Candidate, i64, Tag)> {
    let id = cx.call.id("candidate_id")?;
    let candidate = cx.get(&CANDIDATE, id)?;
    let tag_id = cx.call.id("tag_id")?;
    let tag = cx.get(&TAG, tag_id)?;
    cx.user.require_candidate(cx, id)?;
    Ok((id, candidate, tag_id, tag))
}
