//! The stages through which applications went, as v3 shows them.

use super::list::{self, Meaning, Means};
use super::presentation::shown;
use crate::clock::{moment, stamp};
use crate::domain::applications::{APPLICATION_STAGE, ApplicationStage};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&APPLICATION_STAGE, document)],
    operations: &[(
        "list_application_stages",
        Handler::Read(|cx| list::list(cx, &APPLICATION_STAGE, MEANINGS)),
    )],
};

const MEANINGS: &[Meaning] = &[
    ("created_at", Means::Column("state ->> 'entered_at'")),
    (
        "updated_at",
        Means::Column("coalesce(exited_at, state ->> 'entered_at')"),
    ),
    ("application_ids", Means::Column("application_id")),
    ("job_interview_stage_ids", Means::Column("job_stage_id")),
    ("current", Means::Column("(exited_at IS NULL)")),
];

/// Made when it is entered, and changed when it is left.
fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ApplicationStage = row.state()?;
    let until = it.exited_at.clone().unwrap_or_else(|| stamp(view.now()));
    Document::of(&json!({
        "id": row.id,
        "created_at": it.entered_at,
        "updated_at": it.exited_at.as_ref().unwrap_or(&it.entered_at),
        "application_id": it.application_id,
        "job_interview_stage_id": it.job_stage_id,
        "entered_at": it.entered_at,
        "exited_at": it.exited_at,
        "days_in_stage": days(&it.entered_at, &until),
        "current": it.exited_at.is_none(),
    }))
}

/// The whole days between two times.
fn days(from: &str, until: &str) -> Option<i64> {
    Some((moment(until)? - moment(from)?).num_days())
}
