//! Templates of e-mails, as v1 shows and changes them.

use crate::domain::email_templates::{EMAIL_TEMPLATE, EmailTemplate};
use crate::faces::list::{CREATED_AND_UPDATED, List};
use crate::faces::v1::summary;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Depth, Document, Embeds, Linked, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&EMAIL_TEMPLATE_PRESENTATION],
    operations: &[
        ("list_email_templates", Handler::Read(list)),
        ("get_email_template", Handler::Read(get)),
    ],
};

static EMAIL_TEMPLATE_PRESENTATION: Presentation = Presentation {
    kind: &EMAIL_TEMPLATE,
    show: document,
    embeds: &[Embeds {
        table: "user",
        ids: "SELECT id FROM email_template WHERE user_id = ?1",
        linked: Linked::ByShowing,
        depth: Depth::Fields,
    }],
    redact: None,
};

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: EmailTemplate = row.state()?;
    Document::of(&json!({
        "id": row.id,
        "name": it.name,
        "description": it.description,
        "default": it.default,
        "updated_at": it.updated_at,
        "created_at": it.created_at,
        "type": it.r#type,
        "from": it.from,
        "cc": it.cc,
        // Null in every documented answer.
        "body": null,
        "html_body": it.html_body,
        "user": *summary::user(view, it.user_id)?,
    }))
}

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&EMAIL_TEMPLATE).filters(CREATED_AND_UPDATED))
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&EMAIL_TEMPLATE, "id")
}
