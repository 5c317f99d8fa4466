//! Requests that add addresses of users.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::users::{Added, ListedEmail, USER, USER_EMAIL, add_email};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};
use crate::store::View;

#[derive(Deserialize)]
struct Create {
    email: String,
    #[serde(default)]
    send_verification: bool,
}

/// Adds an address: 201 if it is new, 200 if it is there and was asked to be verified again, 204 if there is nothing to
/// do.
pub(super) fn add(cx: &mut Writing<'_, '_>) -> Outcome {
    let user_id = cx.id_in_path(&USER, "id")?;
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let added = add_email(cx, &actor, user_id, &body.email, body.send_verification)?;
    Ok(match added {
        Added::New(id) => Reply::json(StatusCode::CREATED, &show(cx, id)?),
        Added::Asked(id) => Reply::json(StatusCode::OK, &show(cx, id)?),
        Added::Known(_) => Reply::empty(StatusCode::NO_CONTENT),
    })
}

fn show(view: &View<'_>, id: i64) -> Outcome<Value> {
    let email: ListedEmail = view.get(&USER_EMAIL, id)?;
    Ok(json!({
        "id": id,
        "user_id": email.user_id,
        "email": email.address,
        // A text, as documented.
        "verified": email.verified.to_string(),
    }))
}
