//! The e-mail addresses of a user.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain;
use crate::domain::users::{Email, USER, User};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};
use crate::refusal::Problems;

#[derive(Deserialize)]
struct Create {
    email: String,
    #[serde(default)]
    send_verification: bool,
}

/// Adds an address: 201 if it is new, 200 if it is there and was asked to be verified again, 204 if there is nothing to
/// do.
pub(super) fn add(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut user): (i64, User) = cx.record_in_path(&USER, "id")?;
    cx.user.require_site_admin()?;
    let body: Create = cx.call.body()?;
    let known = user
        .emails
        .iter()
        .find(|email| email.address.eq_ignore_ascii_case(&body.email));
    if let Some(email) = known {
        return Ok(if email.verified || !body.send_verification {
            Reply::empty(StatusCode::NO_CONTENT)
        } else {
            Reply::json(StatusCode::OK, &show(id, email))
        });
    }
    let mut problems = Problems::default();
    domain::users::check_email(cx, "email", &body.email, &mut problems)?;
    problems.check()?;
    let email = Email::new(cx, &body.email, false)?;
    let shown = show(id, &email);
    user.emails.push(email);
    user.updated_at = cx.stamp();
    user.save(cx, id)?;
    Ok(Reply::json(StatusCode::CREATED, &shown))
}

fn show(user_id: i64, email: &Email) -> Value {
    json!({
        "id": email.id,
        "user_id": user_id,
        "email": email.address,
        // A text, as documented.
        "verified": email.verified.to_string(),
    })
}
