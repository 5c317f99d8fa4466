//! Adding an application to a candidate, attaching files to it and deleting it.

use axum::http::StatusCode;

use super::super::attachments;
use super::super::candidates::CANDIDATE;
use super::letter;
use super::subject::{Subject, record};
use super::{APPLICATION, Create, add, remove};
use crate::handler::Writing;
use crate::refusal::{Outcome, Problems};
use crate::reply::Reply;

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let candidate_id = cx.call.id("id")?;
    cx.require(&CANDIDATE, candidate_id)?;
    cx.user.require_candidate(cx, candidate_id)?;
    let body: Create = cx.call.body()?;
    let user = cx.user.clone();
    let mut problems = Problems::default();
    let application = body.check(cx, &user, "", &mut problems)?;
    problems.check()?;
    let id = add(cx, candidate_id, application)?;
    record(
        cx,
        candidate_id,
        "Application Added",
        "has another application",
    )?;
    cx.created(&APPLICATION, id)
}

pub(super) fn attach(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut subject = Subject::of(cx)?;
    let body: attachments::Input = cx.call.body()?;
    let mut problems = Problems::default();
    let attachment = body.keep(cx, "", &mut problems)?;
    let known = (subject.id, &subject.application);
    letter::check(cx, known, &attachment, &mut problems)?;
    problems.check()?;
    letter::attached(cx, subject.id, &attachment)?;
    let reply = body.created(&attachment);
    let what = format!("has another attachment: {}", attachment.filename);
    subject.application.attachments.push(attachment);
    subject.keep(cx, "Attachment Added", &what)?;
    Ok(reply)
}

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let subject = Subject::of(cx)?;
    subject.require_job()?;
    remove(cx, subject.id)?;
    record(
        cx,
        subject.application.candidate_id,
        "Application Deleted",
        "has one application less",
    )?;
    let message = format!("Application {} has been deleted.", subject.id);
    Ok(Reply::message(StatusCode::OK, &message))
}
