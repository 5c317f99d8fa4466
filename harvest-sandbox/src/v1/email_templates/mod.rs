//! Templates of e-mails. They can only be read.

mod letter;
mod seed;

pub(super) use letter::Letter;

use serde::{Deserialize, Serialize};

use super::summary;
use crate::access::Visibility;
use crate::handler::{Handler, Reading, Resource};
use crate::json::json;
use crate::list::{CREATED_AND_UPDATED, List};
use crate::refusal::Outcome;
use crate::store::{Depth, Document, Embeds, Kind, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&EMAIL_TEMPLATE],
    presentations: &[&EMAIL_TEMPLATE_PRESENTATION],
    operations: &[
        ("list_email_templates", Handler::Read(list)),
        ("get_email_template", Handler::Read(get)),
    ],
    seed: seed::seed,
};

pub(super) static EMAIL_TEMPLATE: Kind = Kind {
    table: "email_template",
    first_id: 4_090_112,
    visibility: Visibility::EVERYONE,
};

static EMAIL_TEMPLATE_PRESENTATION: Presentation = Presentation {
    kind: &EMAIL_TEMPLATE,
    show: document,
    embeds: &[Embeds {
        table: "user",
        ids: "SELECT id FROM email_template WHERE user_id = ?1",
        depth: Depth::Fields,
    }],
    redact: None,
};

/// What is known about a template.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct EmailTemplate {
    pub(super) name: String,
    pub(super) description: Option<String>,
    /// Of several of a type, the one that is taken unless another is chosen.
    pub(super) default: bool,
    pub(super) created_at: String,
    pub(super) updated_at: String,
    /// The occasion.
    pub(super) r#type: String,
    /// An address, or a placeholder for one.
    pub(super) from: Option<String>,
    pub(super) cc: Vec<String>,
    pub(super) html_body: String,
    /// Whose it is; the organization's if nobody's.
    pub(super) user_id: Option<i64>,
}

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
