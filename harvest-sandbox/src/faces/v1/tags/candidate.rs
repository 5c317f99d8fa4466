//! Requests about the tags of a candidate.

use axum::http::StatusCode;

use crate::domain::candidates::{self, CANDIDATE};
use crate::domain::tags::{TAG, Tag};
use crate::faces::list::List;
use crate::faces::{Reading, Writing};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

pub(super) fn list(cx: &Reading<'_>) -> Outcome {
    let id = cx.id_in_path(&CANDIDATE, "id")?;
    cx.list(List::of(&TAG).within(
        "id IN (SELECT tag_id FROM candidate_tag WHERE candidate_id = ?)",
        id,
    ))
}

/// Doing it again changes nothing, and is answered alike.
pub(super) fn add(cx: &mut Writing<'_, '_>) -> Outcome {
    let (actor, candidate) = (cx.user.clone(), cx.call.id("candidate_id")?);
    let (tag_id, tag): (i64, Tag) = cx.record_in_path(&TAG, "tag_id")?;
    let id = candidates::add_tag(cx, &actor, candidate, tag_id)?;
    let name = tag.name;
    let message = format!("Tag {tag_id}, '{name}', has been applied to candidate {id}");
    Ok(Reply::message(StatusCode::OK, &message))
}

pub(super) fn remove(cx: &mut Writing<'_, '_>) -> Outcome {
    let (actor, candidate) = (cx.user.clone(), cx.call.id("candidate_id")?);
    let tag_id = cx.id_in_path(&TAG, "tag_id")?;
    let id = candidates::remove_tag(cx, &actor, candidate, tag_id)?;
    let message = format!("Tag {tag_id} has been removed from candidate {id}");
    Ok(Reply::message(StatusCode::OK, &message))
}
