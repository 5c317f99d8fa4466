//! Rejecting, changing the reason of it, and taking it back.

use super::{RejectionEmail, Subject};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::activity_feed::{self, About, Note};
use crate::domain::custom_fields::{self, Entry, Values};
use crate::domain::events::Event;
use crate::domain::rejection_reasons::REJECTION_REASON;
use crate::json::Value;
use crate::refusal::{Outcome, Problems};
use crate::store::{Edit, View};

/// What is said about a rejection.
pub(crate) struct Reject {
    pub(crate) reason_id: Option<i64>,
    pub(crate) notes: Option<String>,
    pub(crate) email: Option<RejectionEmail>,
    /// Answers to the rejection questions.
    pub(crate) answers: Vec<Entry>,
}

/// Rejects an active application. Problems are at `reason`, `email`, `email.template` and `custom_fields`.
pub(crate) fn reject(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    command: Reject,
) -> Outcome<i64> {
    let mut subject = Subject::of(edit, actor, id)?;
    subject.require_status("active")?;
    let mut problems = Problems::default();
    if let Some(id) = command.reason_id {
        reason(edit, id, &mut problems)?;
    }
    let mail = match &command.email {
        Some(mail) => mail.write(edit, &subject, &mut problems)?,
        None => None,
    };
    let mut answers = Values::new();
    custom_fields::apply(
        edit,
        "rejection_question",
        &command.answers,
        &mut answers,
        "",
        &mut problems,
    )?;
    problems.check()?;
    let id = subject.id;
    let candidate_id = subject.application.candidate_id;
    let now = stamp(edit.now());
    if let Some(notes) = command.notes.filter(|notes| !notes.is_empty()) {
        let note = Note {
            created_at: now.clone(),
            body: notes,
            user_id: Some(actor.id),
            visibility: "public".to_owned(),
        };
        let about = About::application(id);
        activity_feed::record_rejection_note(edit, candidate_id, &about, &note)?;
    }
    if let Some(mail) = mail {
        activity_feed::record(edit, candidate_id, &subject.about(), &mail)?;
    }
    let application = &mut subject.application;
    "rejected".clone_into(&mut application.status);
    application.rejected_at = Some(now);
    application.rejection_reason_id = command.reason_id;
    application.rejection_details.extend(answers);
    subject.keep(edit, "Candidate Rejected", "was rejected")?;
    Event::ApplicationRejected(id).record(edit);
    Ok(id)
}

/// Gives another reason, and says which application that was of and what the reason is called. Problems are at `reason`.
pub(crate) fn change_reason(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    reason_id: i64,
) -> Outcome<(i64, String)> {
    let mut subject = Subject::of(edit, actor, id)?;
    subject.require_status("rejected")?;
    let mut problems = Problems::default();
    let name = reason(edit, reason_id, &mut problems)?;
    problems.check()?;
    let id = subject.id;
    subject.application.rejection_reason_id = Some(reason_id);
    let what = format!("is rejected for another reason: {name}");
    subject.keep(edit, "Rejection Reason Changed", &what)?;
    Event::ApplicationUpdated(id).record(edit);
    Ok((id, name))
}

/// Makes a rejected application active again, where it was, and forgets the reason and the answers about it. A mail that
/// was to be sent later is not sent.
pub(crate) fn unreject(edit: &mut Edit<'_>, actor: &Actor, id: ClientId) -> Outcome<i64> {
    let mut subject = Subject::of(edit, actor, id)?;
    subject.require_status("rejected")?;
    let id = subject.id;
    activity_feed::withdraw(edit, subject.application.candidate_id, id)?;
    let application = &mut subject.application;
    "active".clone_into(&mut application.status);
    application.rejected_at = None;
    application.rejection_reason_id = None;
    application.rejection_details.clear();
    subject.keep(edit, "Candidate Unrejected", "is considered again")?;
    Event::ApplicationUnrejected(id).record(edit);
    Ok(id)
}

/// The name of a reason, or a problem.
fn reason(view: &View<'_>, id: i64, problems: &mut Problems) -> Outcome<String> {
    let reason: Option<Value> = view.find(&REJECTION_REASON, id)?;
    if reason.is_none() {
        problems.unknown("reason", "A rejection reason");
    }
    let name = reason.and_then(|reason| reason["name"].as_str().map(str::to_owned));
    Ok(name.unwrap_or_default())
}
