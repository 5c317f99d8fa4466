//! Where candidates studied and worked.

use axum::http::StatusCode;

use super::document::education;
use super::fields::{EducationInput, EmploymentInput};
use crate::domain::access::ClientId;
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{json, to_value};
use crate::refusal::{Problems, Refusal, broken};

pub(super) fn add_education(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut candidate): (i64, Candidate) = cx.record_in_path(&CANDIDATE, "id")?;
    let body: EducationInput = cx.call.body()?;
    let mut problems = Problems::default();
    let added = body.check(cx, "", &mut problems)?;
    problems.check()?;
    let shown = education(cx, &added)?;
    candidate.educations.push(added);
    candidate.save_changed(cx, id)?;
    Ok(Reply::json(StatusCode::CREATED, &shown))
}

pub(super) fn add_employment(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut candidate): (i64, Candidate) = cx.record_in_path(&CANDIDATE, "id")?;
    let body: EmploymentInput = cx.call.body()?;
    let mut problems = Problems::default();
    let added = body.check(cx, "", &mut problems)?;
    problems.check()?;
    let shown = to_value(&added).map_err(broken)?;
    candidate.employments.push(added);
    candidate.save_changed(cx, id)?;
    Ok(Reply::json(StatusCode::CREATED, &shown))
}

pub(super) fn remove_education(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut candidate): (i64, Candidate) = cx.record_in_path(&CANDIDATE, "candidate_id")?;
    let removed = cx.call.id("education_id")?;
    remove(&mut candidate.educations, |one| removed == one.id)?;
    candidate.save_changed(cx, id)?;
    Ok(destroyed("Education", removed))
}

pub(super) fn remove_employment(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut candidate): (i64, Candidate) = cx.record_in_path(&CANDIDATE, "candidate_id")?;
    let removed = cx.call.id("employment_id")?;
    remove(&mut candidate.employments, |one| removed == one.id)?;
    candidate.save_changed(cx, id)?;
    Ok(destroyed("Employment", removed))
}

/// Removes the one that is meant, or 404.
fn remove<T>(from: &mut Vec<T>, is_meant: impl Fn(&T) -> bool) -> Outcome<()> {
    let place = from
        .iter()
        .position(is_meant)
        .ok_or_else(Refusal::not_found)?;
    from.remove(place);
    Ok(())
}

fn destroyed(what: &str, id: ClientId) -> Reply {
    let message = format!("{what} ID {id} destroyed.");
    Reply::value(&json!({"success": true, "message": message}))
}
