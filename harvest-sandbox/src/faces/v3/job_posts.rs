//! Job posts, as v3 shows and changes them.

use serde::Deserialize;

use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::access::ClientId;
use crate::domain::job_posts::{self, JOB_POST, JobPost, NewPost, Question};
use crate::domain::patch::Change;
use crate::faces::list::List;
use crate::faces::{Handler, Reading, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&JOB_POST, document)],
    operations: &[
        ("list_job_posts", Handler::Read(list)),
        ("create_job_post", Handler::Write(create)),
        ("update_job_post", Handler::Write(update)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("job_ids", Means::Column("job_id")),
    ("job_board_ids", Means::Column("state ->> 'board_id'")),
    ("active", Means::Column("active")),
    // No post is.
    ("featured", Means::Where("NOT ?")),
    ("live", Means::Column("live")),
    ("internal", Means::Column("internal")),
];

/// Posts of jobs, and those that were not deleted unless deleted ones are asked for.
fn list(cx: &Reading<'_>) -> Outcome {
    let posts = List::of(&JOB_POST).only("job_id IS NOT NULL");
    let posts = if cx.call.query().last("active").is_none() {
        posts.only("active")
    } else {
        posts
    };
    list::narrowed(cx, posts, MEANINGS)
}

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: JobPost = row.state()?;
    let shown = json!({
        "title": it.title,
        "internal": it.internal,
        "active": it.active,
        "live": it.live,
        "featured": false,
        "first_published_at": it.first_published_at,
        "content": it.content,
        "internal_content": it.internal_content,
        "language": null,
        "public_url": null,
        "demographic_question_set_id": it.demographic_question_set_id,
        "job_id": it.job_id,
        "job_board_id": it.board_id,
        "questions": it.questions.iter().map(question).collect::<Value>(),
    });
    dated(view, &JOB_POST, row, shown)
}

fn question(it: &Question) -> Value {
    let options = it.values.iter();
    let options = options.map(|choice| json!({"id": choice.value, "label": choice.label}));
    json!({
        "id": id_in(&it.name),
        "description": it.description,
        "answer_type": it.r#type,
        "required": it.required,
        "private": it.private,
        "label": it.label,
        "name": it.name,
        "options": options.collect::<Value>(),
    })
}

/// The id in the name of a question that the organization made, such as `question_4020733102`.
fn id_in(name: &str) -> Option<i64> {
    let digits = name.strip_prefix("question_")?;
    digits.trim_end_matches("[]").parse().ok()
}

#[derive(Deserialize)]
struct Create {
    template_job_post_id: ClientId,
    job_board_id: i64,
    title: Option<String>,
    content: Option<String>,
    internal: Option<bool>,
    #[serde(default)]
    demographic_question_set_id: Change<i64>,
    /// `live`, or else a draft.
    status: Option<String>,
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let new = NewPost {
        template_job_post_id: body.template_job_post_id,
        job_board_id: body.job_board_id,
        title: body.title,
        content: body.content,
        internal: body.internal,
        demographic_question_set_id: body.demographic_question_set_id,
        live: body.status.as_deref() == Some("live"),
    };
    let id = job_posts::create(cx, &actor, new)?;
    cx.created(&JOB_POST, id)
}

#[derive(Deserialize)]
struct Update {
    title: Option<String>,
    content: Option<String>,
    internal: Option<bool>,
    /// `live` or `offline`, or else a draft.
    job_application_status: Option<String>,
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Update = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let command = job_posts::Update {
        title: body.title,
        content: body.content,
        internal: body.internal,
        location: None,
    };
    let mut changed = job_posts::update(cx, &actor, id, command)?;
    if let Some(status) = body.job_application_status {
        let published = job_posts::publish(cx, &actor, id, status == "live");
        changed = published.map_err(|it| it.renamed(&[("status", "job_application_status")]))?;
    }
    cx.changed(&JOB_POST, changed)
}
