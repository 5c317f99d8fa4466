//! Openings of jobs, as v3 shows and changes them.

use serde::Deserialize;

use super::custom_values::{self, Input, all, entries};
use super::deleted::Deleted;
use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::access::{Actor, ClientId, Scope};
use crate::domain::job_openings::{self, JOB_OPENING, JobOpening, NewOpening, Update};
use crate::domain::jobs::JOB;
use crate::domain::patch::Change;
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::refusal::{Refusal, Rule};
use crate::store::{Document, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&Presentation {
        redact: Some(redact),
        ..shown(&JOB_OPENING, document)
    }],
    operations: &[
        (
            "list_job_openings",
            Handler::Read(|cx| list::list(cx, &JOB_OPENING, MEANINGS)),
        ),
        ("create_job_opening", Handler::Write(create)),
        ("update_job_opening", Handler::Write(update)),
        ("delete_job_opening", Handler::Write(delete)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("job_ids", Means::Column("job_id")),
    (
        "application_ids",
        Means::Beyond(
            Scope::Application,
            "job_opening.application_id",
            "job_opening.application_id IN (SELECT value FROM json_each(?)) AND {seen}",
        ),
    ),
    ("close_reason_ids", Means::Column("close_reason_id")),
    ("opened_at", Means::Column("state ->> 'opened_at'")),
    ("closed_at", Means::Column("state ->> 'closed_at'")),
    ("open", Means::Column("(status = 'open')")),
    ("opening_id", Means::Column("opening_id")),
    (
        "custom_field_option_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_tree(job_opening.state, '$.custom_fields') AS kept
             JOIN custom_field_option AS choice ON choice.id = kept.value WHERE choice.id = ?)",
        ),
    ),
];

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: JobOpening = row.state()?;
    // A page has many openings of a job, each of which has a place among all.
    let all = view.memo(&JOB_OPENING, it.job_id, || {
        let sql = "SELECT id FROM job_opening WHERE job_id = ?1 ORDER BY id";
        view.column::<i64>(sql, [it.job_id])
    })?;
    let place = all.partition_point(|id| *id < row.id);
    let shown = json!({
        "job_id": it.job_id,
        "opened_at": it.opened_at,
        "closed_at": it.closed_at,
        "sort_order": place,
        "opening_id": it.opening_id,
        "application_id": it.application_id,
        "close_reason_id": it.close_reason_id,
        "target_start_on": it.target_start_on,
        "open": it.status == "open",
        "custom_fields": custom_values::shown(view, "opening", &it.custom_fields)?,
    });
    dated(view, &JOB_OPENING, row, shown)
}

/// Which application filled it is only said of those that the user may see.
fn redact(view: &View<'_>, user: &Actor, id: i64, document: Document) -> Outcome<Document> {
    let filled_by = "SELECT application_id AS id FROM job_opening WHERE job_opening.id = ?2";
    let hidden = user.hidden(view, Scope::Application, filled_by, id)?;
    document.without(&hidden, |opening, _| {
        opening["application_id"] = Value::Null;
    })
}

#[derive(Deserialize)]
struct Create {
    job_id: ClientId,
    opening_id: Option<String>,
    #[serde(default)]
    custom_fields: Vec<Input>,
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    body.job_id.named(cx, &actor, &JOB, "job_id", "A job")?;
    let new = NewOpening {
        opening_id: body.opening_id,
        custom_fields: entries(body.custom_fields),
    };
    let added = job_openings::create(cx, &actor, body.job_id, vec![new]);
    let added = added.map_err(|it| it.renamed(&[("openings.0.", "")]))?;
    let id = added.first().map(|one| one.id).ok_or(Refusal::NotFound)?;
    cx.created(&JOB_OPENING, id)
}

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    opening_id: Change<String>,
    close_reason_id: Option<i64>,
    status: Option<String>,
    #[serde(default)]
    target_start_on: Change<String>,
    custom_fields: Option<Vec<Input>>,
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Body = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let command = Update {
        opening_id: body.opening_id,
        status: body.status,
        close_reason_id: body.close_reason_id,
        target_start_on: body.target_start_on,
        custom_fields: all(body.custom_fields),
        unfills: false,
    };
    let id = job_openings::update(cx, &actor, id, command)?;
    cx.changed(&JOB_OPENING, id)
}

fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.call.id("id")?;
    let opening = id.shared::<JobOpening>(cx, &cx.user, &JOB_OPENING)?;
    let (id, opening) = opening.ok_or(Refusal::NotFound)?;
    let deleted = Deleted::of(cx, &JOB_OPENING, id)?;
    let (actor, job) = (cx.user.clone(), ClientId::new(opening.job_id));
    let ids = vec![ClientId::new(id)];
    if job_openings::delete(cx, &actor, job, ids, false)?
        .ids
        .is_empty()
    {
        return Err(Refusal::whole(Rule::OpeningInUse));
    }
    Ok(deleted.answer("Opening"))
}
