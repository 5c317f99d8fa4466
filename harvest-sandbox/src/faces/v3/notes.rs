//! Entries of activity feeds, as v3 shows and writes them.

use serde::Deserialize;

use super::list::{self, Meaning, Means};
use super::presentation::shown;
use crate::clock::stamp;
use crate::domain::access::ClientId;
use crate::domain::activity_feed::{self, ACTIVITY, NewContent, NewEntry, NewEnvelope, Orphan};
use crate::faces::list::List;
use crate::faces::{Handler, Reading, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&ACTIVITY, document)],
    operations: &[
        ("list_notes", Handler::Read(list)),
        ("create_note", Handler::Write(create)),
    ],
};

/// Mails that are sent later are not there yet, as in a feed.
fn list(cx: &Reading<'_>) -> Outcome {
    let due = "section <> 'emails' OR state ->> 'created_at' <= ?";
    let sent = List::of(&ACTIVITY).where_is(due, stamp(cx.now()));
    list::narrowed(cx, sent, MEANINGS)
}

const MEANINGS: &[Meaning] = &[
    ("candidate_ids", Means::Column("candidate_id")),
    ("user_ids", Means::Column("state ->> 'user_id'")),
    (
        "application_ids",
        Means::Column("state ->> 'application_id'"),
    ),
    ("created_at", Means::Column("state ->> 'created_at'")),
    ("updated_at", Means::Column("state ->> 'created_at'")),
    ("type", Means::Column(TYPE)),
    ("visibility", Means::Column(VISIBILITY)),
];

/// What [`type_of`] says, in SQL.
const TYPE: &str = "CASE section WHEN 'emails' THEN 'EMAIL' WHEN 'activities' THEN 'ACTIVITY'
                    ELSE 'NOTE' END";

/// What [`visibility`] says, in SQL.
const VISIBILITY: &str = "CASE state ->> 'visibility' WHEN 'admin_only' THEN 'admin_only_visible'
                          WHEN 'private' THEN 'privately_visible' ELSE 'publicly_visible' END";

fn type_of(section: &str) -> &'static str {
    match section {
        "emails" => "EMAIL",
        "activities" => "ACTIVITY",
        _ => "NOTE",
    }
}

/// The word of v3 for who may read an entry.
fn visibility(known: Option<&str>) -> &'static str {
    match known {
        Some("admin_only") => "admin_only_visible",
        Some("private") => "privately_visible",
        _ => "publicly_visible",
    }
}

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Value = row.state()?;
    let orphan: Orphan = row.state()?;
    let sql = "SELECT section FROM activity WHERE id = ?1";
    let section: Option<String> = view.value(sql, [row.id])?;
    let sql = "SELECT nullif(candidate_id, 0) FROM activity WHERE id = ?1";
    let candidate_id: Option<i64> = view.value::<Option<i64>>(sql, [row.id])?.flatten();
    let candidate_id = match orphan.orphan_of {
        Some(id) => json!(id),
        None => json!(candidate_id),
    };
    let is_email = section.as_deref() == Some("emails");
    Document::of(&json!({
        "id": row.id,
        "created_at": it["created_at"],
        "updated_at": it["created_at"],
        "candidate_id": candidate_id,
        "application_id": it["application_id"],
        "body": it["body"],
        "subject": it["subject"],
        "type": type_of(section.as_deref().unwrap_or_default()),
        "user_id": it["user_id"],
        "email_from": it["from"],
        "email_to": it["to"],
        "email_cc": it["cc"],
        "import_hash": null,
        "body_with_tags": it["body"],
        "visibility": visibility(it["visibility"].as_str()),
        "email_attachment_file_names": is_email.then(Vec::<String>::new),
    }))
}

#[derive(Deserialize)]
struct Create {
    candidate_id: ClientId,
    application_id: Option<ClientId>,
    user_id: Option<i64>,
    body: String,
    subject: Option<String>,
    /// `NOTE`, `EMAIL` or `ACTIVITY`.
    note_type: String,
    visibility: String,
    #[serde(default)]
    email_from: Vec<String>,
    #[serde(default)]
    email_to: Vec<String>,
    #[serde(default)]
    email_cc: Vec<String>,
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let content = match body.note_type.as_str() {
        "EMAIL" => NewContent::Email(NewEnvelope {
            subject: body.subject.unwrap_or_default(),
            from: body.email_from.join(", "),
            to: body.email_to.join(", "),
            cc: body.email_cc,
        }),
        "ACTIVITY" => NewContent::Activity {
            subject: body.subject,
        },
        _ => NewContent::Note {
            visibility: body.visibility,
        },
    };
    let new = NewEntry {
        candidate_id: body.candidate_id,
        application_id: body.application_id,
        user_id: body.user_id,
        body: body.body,
        content,
    };
    let id = activity_feed::write(cx, &actor, new)?;
    cx.created(&ACTIVITY, id)
}
