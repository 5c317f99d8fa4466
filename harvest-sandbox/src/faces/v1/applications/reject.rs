//! Rejecting, changing the reason of it, and taking it back.

use serde::Deserialize;

use super::rejection_email::RejectionEmail;
use crate::domain::activity_feed;
use crate::domain::activity_feed::{About, Note};
use crate::domain::applications::APPLICATION;
use crate::domain::applications::Subject;
use crate::domain::rejection_reasons::REJECTION_REASON;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};
use crate::refusal::Problems;

#[derive(Deserialize)]
struct Reject {
    rejection_reason_id: Option<i64>,
    notes: Option<String>,
    rejection_email: Option<RejectionEmail>,
}

pub(super) fn reject(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut subject = Subject::of(cx, &cx.user, cx.call.id("id")?)?;
    let body: Reject = cx.call.body()?;
    subject.require_status("active")?;
    let mut problems = Problems::default();
    if let Some(id) = body.rejection_reason_id {
        reason(cx, id, &mut problems)?;
    }
    let mail = match &body.rejection_email {
        Some(mail) => mail.write(cx, &subject, &mut problems)?,
        None => None,
    };
    problems.check()?;
    let id = subject.id;
    let now = cx.stamp();
    if let Some(notes) = body.notes.filter(|notes| !notes.is_empty()) {
        let note = Note {
            created_at: now.clone(),
            body: notes,
            user_id: Some(cx.user.id),
            visibility: "public".to_owned(),
        };
        let about = About::application(id);
        activity_feed::record_rejection_note(cx, subject.application.candidate_id, &about, &note)?;
    }
    if let Some(mail) = mail {
        activity_feed::record(
            cx,
            subject.application.candidate_id,
            &subject.about(),
            &mail,
        )?;
    }
    let application = &mut subject.application;
    "rejected".clone_into(&mut application.status);
    application.rejected_at = Some(now);
    application.rejection_reason_id = body.rejection_reason_id;
    subject.keep(cx, "Candidate Rejected", "was rejected")?;
    cx.changed(&APPLICATION, id)
}

#[derive(Deserialize)]
struct Update {
    rejection_reason_id: i64,
}

/// Gives another reason.
pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut subject = Subject::of(cx, &cx.user, cx.call.id("id")?)?;
    let body: Update = cx.call.body()?;
    subject.require_status("rejected")?;
    let mut problems = Problems::default();
    let name = reason(cx, body.rejection_reason_id, &mut problems)?;
    problems.check()?;
    let id = subject.id;
    subject.application.rejection_reason_id = Some(body.rejection_reason_id);
    let what = format!("is rejected for another reason: {name}");
    subject.keep(cx, "Rejection Reason Changed", &what)?;
    let message = format!(
        "Rejection reason updated to {} ({name})",
        body.rejection_reason_id
    );
    Ok(Reply::value(
        &json!({"id": id, "message": message, "success": true}),
    ))
}

/// Makes a rejected application active again, where it was, and forgets the reason and the answers about it. A mail that
/// was to tell of it later is not sent.
pub(super) fn unreject(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut subject = Subject::of(cx, &cx.user, cx.call.id("id")?)?;
    subject.require_status("rejected")?;
    let id = subject.id;
    activity_feed::withdraw(cx, subject.application.candidate_id, id)?;
    let application = &mut subject.application;
    "active".clone_into(&mut application.status);
    application.rejected_at = None;
    application.rejection_reason_id = None;
    application.rejection_details.clear();
    subject.keep(cx, "Candidate Unrejected", "is considered again")?;
    cx.changed(&APPLICATION, id)
}

/// The name of a reason, or a problem.
fn reason(cx: &Writing<'_, '_>, id: i64, problems: &mut Problems) -> Outcome<String> {
    let reason: Option<Value> = cx.find(&REJECTION_REASON, id)?;
    if reason.is_none() {
        problems.unknown("rejection_reason_id", "A rejection reason");
    }
    let name = reason.and_then(|reason| reason["name"].as_str().map(str::to_owned));
    Ok(name.unwrap_or_default())
}
