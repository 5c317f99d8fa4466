//! Requests that reject an application, change the reason, or take the rejection back.

use serde::Deserialize;

use crate::domain::applications::{self, APPLICATION};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

/// The names of v1 for what the domain takes.
const NAMES: &[(&str, &str)] = &[
    ("reason", "rejection_reason_id"),
    ("email", "rejection_email"),
    ("email.template", "rejection_email.email_template_id"),
];

#[derive(Deserialize)]
struct Reject {
    rejection_reason_id: Option<i64>,
    notes: Option<String>,
    rejection_email: Option<Email>,
}

#[derive(Deserialize)]
struct Email {
    send_email_at: Option<String>,
    email_template_id: i64,
}

pub(super) fn reject(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Reject = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let email = body.rejection_email;
    let command = applications::Reject {
        reason_id: body.rejection_reason_id,
        notes: body.notes,
        email: email.map(|email| applications::RejectionEmail {
            send_at: email.send_email_at,
            template_id: email.email_template_id,
        }),
        answers: Vec::new(),
    };
    let rejected = applications::reject(cx, &actor, id, command);
    let id = rejected.map_err(|it| it.renamed(NAMES))?;
    cx.changed(&APPLICATION, id)
}

#[derive(Deserialize)]
struct Update {
    rejection_reason_id: i64,
}

/// Gives another reason.
pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Update = cx.call.body()?;
    let reason_id = body.rejection_reason_id;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let changed = applications::change_reason(cx, &actor, id, reason_id);
    let (id, name) = changed.map_err(|it| it.renamed(NAMES))?;
    let message = format!("Rejection reason updated to {reason_id} ({name})");
    Ok(Reply::value(
        &json!({"id": id, "message": message, "success": true}),
    ))
}

/// Makes a rejected application active again.
pub(super) fn unreject(cx: &mut Writing<'_, '_>) -> Outcome {
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let id = applications::unreject(cx, &actor, id)?;
    cx.changed(&APPLICATION, id)
}
