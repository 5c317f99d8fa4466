//! Files of applications, as v3 shows and changes them.

use serde::{Deserialize, Serialize};

use super::deleted::Deleted;
use super::list::{self, Meaning, Means};
use super::presentation::shown;
use crate::domain::access::ClientId;
use crate::domain::applications::{self, APPLICATION};
use crate::domain::attachments::{ATTACHMENT, ListedAttachment, NewAttachment};
use crate::faces::link::ShownUrl;
use crate::faces::upload::Upload;
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::refusal::{Problems, broken};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&ATTACHMENT, document)],
    operations: &[
        (
            "list_attachments",
            Handler::Read(|cx| list::list(cx, &ATTACHMENT, MEANINGS)),
        ),
        ("create_attachment", Handler::Write(create)),
        ("delete_attachment", Handler::Write(delete)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("application_ids", Means::Column("application_id")),
    ("candidate_ids", Means::Column("candidate_id")),
    ("type", Means::Column("type")),
];

/// An attachment, as it is sent. No JSON value: the placeholder of a link would not survive it.
#[derive(Serialize)]
struct Shown<'a> {
    id: i64,
    created_at: &'a str,
    updated_at: &'a str,
    application_id: i64,
    candidate_id: i64,
    r#type: &'a str,
    filename: &'a str,
    url: ShownUrl<'a>,
}

fn document(_: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedAttachment = row.state()?;
    let file = &it.attachment;
    Document::of(&Shown {
        id: row.id,
        created_at: &file.created_at,
        updated_at: &file.created_at,
        application_id: it.application_id,
        candidate_id: it.candidate_id,
        r#type: &file.r#type,
        filename: &file.filename,
        url: file.url(),
    })
}

/// Bodies do not say of which media type a file is.
const MEDIA_TYPE: &str = "application/octet-stream";

#[derive(Deserialize)]
struct Create {
    application_id: ClientId,
    filename: String,
    r#type: String,
    /// Base64.
    content: Option<String>,
    url: Option<String>,
    visibility: Option<String>,
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let (at, what) = ("application_id", "An application");
    let application = body.application_id;
    application.named(cx, &actor, &APPLICATION, at, what)?;
    let upload = Upload {
        content: body.content.as_deref(),
        url: body.url.as_deref(),
        content_type: Some(MEDIA_TYPE),
    };
    let mut problems = Problems::default();
    let source = upload.read("", &mut problems);
    problems.check()?;
    let file = NewAttachment {
        source: source.ok_or_else(|| broken("a file is neither read nor refused"))?,
        filename: body.filename,
        r#type: body.r#type,
        visibility: body.visibility,
    };
    let id = applications::attach_instead(cx, &actor, application, file)?;
    cx.created(&ATTACHMENT, id)
}

fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&ATTACHMENT, "id")?;
    let deleted = Deleted::of(cx, &ATTACHMENT, id)?;
    let actor = cx.user.clone();
    applications::detach(cx, &actor, ClientId::new(id))?;
    Ok(deleted.answer("Attachment"))
}
