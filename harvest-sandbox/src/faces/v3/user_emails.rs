//! Addresses of users, as v3 shows and adds them.

use axum::http::StatusCode;
use serde::Deserialize;

use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::users::{Added, ListedEmail, USER, USER_EMAIL, add_email};
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::{Refusal, Why};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&USER_EMAIL, document)],
    operations: &[
        (
            "list_user_email_addresses",
            Handler::Read(|cx| list::list(cx, &USER_EMAIL, MEANINGS)),
        ),
        ("add_user_email_address", Handler::Write(add)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("user_ids", Means::Column("user_id")),
    ("email", Means::Column("address")),
    ("verified", Means::Column("verified")),
    (
        "verification_token_sent_at",
        Means::Column("verification_sent_at"),
    ),
];

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedEmail = row.state()?;
    let shown = json!({
        "user_id": it.user_id,
        "email": it.address,
        "verified": it.verified,
        "verification_token_sent_at": it.verification_sent_at,
    });
    dated(view, &USER_EMAIL, row, shown)
}

#[derive(Deserialize)]
struct Add {
    user_id: i64,
    email: String,
    #[serde(default)]
    send_verification: bool,
}

/// 201 with an address that is new, 200 with one that the user has already, 409 for one that another user has.
fn add(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Add = cx.call.body()?;
    if !cx.exists(&USER, body.user_id)? {
        return Err(Refusal::field("user_id", Why::Unknown("A user")));
    }
    let actor = cx.user.clone();
    let added = add_email(
        cx,
        &actor,
        body.user_id,
        &body.email,
        body.send_verification,
    );
    match added.map_err(conflict)? {
        Added::New(id) => cx.created(&USER_EMAIL, id),
        Added::Asked(id) | Added::Known(id) => cx.changed(&USER_EMAIL, id),
    }
}

fn conflict(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid(problems) if problems.listed().iter().any(|one| one.why == Why::Taken) => {
            let message = "Another user has this email address";
            Reply::message(StatusCode::CONFLICT, message).into()
        }
        refusal => refusal,
    }
}
