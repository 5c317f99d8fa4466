//! Templates of e-mails, as v3 shows them.

use super::list;
use super::list::Means;
use super::presentation::shown;
use crate::domain::email_templates::{EMAIL_TEMPLATE, EmailTemplate};
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&EMAIL_TEMPLATE, document)],
    operations: &[("list_email_templates", Handler::Read(list))],
};

/// The placeholder for the address of the user who sends.
const OF_SENDER: &str = "{{MY_EMAIL_ADDRESS}}";

const MEANINGS: &[list::Meaning] = &[
    ("email_type", Means::Column("state ->> 'type'")),
    (
        "from_type",
        Means::Column(
            "CASE state ->> 'from' WHEN '{{MY_EMAIL_ADDRESS}}' THEN 'my_email_address'
             ELSE iif(state ->> 'from' IS NULL, 'not_applicable', 'organization_email') END",
        ),
    ),
];

fn list(cx: &Reading<'_>) -> Outcome {
    list::list(cx, &EMAIL_TEMPLATE, MEANINGS)
}

fn document(_: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: EmailTemplate = row.state()?;
    let from_type = match it.from.as_deref() {
        None => "not_applicable",
        Some(OF_SENDER) => "my_email_address",
        Some(_) => "organization_email",
    };
    Document::of(&json!({
        "body": null,
        "cc_coordinator": false,
        "cc_recruiter": false,
        "created_at": it.created_at,
        "default": it.default,
        "description": it.description,
        "email_type": it.r#type,
        "from_type": from_type,
        "html_body": it.html_body,
        "id": row.id,
        "name": it.name,
        "office_anywhere": null,
        "recipients": null,
        // Templates are kept without a subject; their name is what people call the mail.
        "subject": it.name,
        "updated_at": it.updated_at,
        "user_id": it.user_id,
    }))
}
