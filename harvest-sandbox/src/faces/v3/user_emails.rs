//! Addresses of users, as v3 shows them.

use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::users::{ListedEmail, USER_EMAIL};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&USER_EMAIL, document)],
    operations: &[(
        "list_user_email_addresses",
        Handler::Read(|cx| list::list(cx, &USER_EMAIL, MEANINGS)),
    )],
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
    dated(view, &USER_EMAIL, row.id, shown)
}
