//! Which tags a candidate has.

use axum::http::StatusCode;

use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::tags::{TAG, Tag};
use crate::faces::list::List;
use crate::faces::{Reading, Writing};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

pub(super) fn list(cx: &Reading<'_>) -> Outcome {
    let id = cx.row_in_path(&CANDIDATE, "id")?.id;
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
    let (id, candidate) = cx.record_in_path(&CANDIDATE, "candidate_id")?;
    let (tag_id, tag) = cx.record_in_path(&TAG, "tag_id")?;
    Ok((id, candidate, tag_id, tag))
}
