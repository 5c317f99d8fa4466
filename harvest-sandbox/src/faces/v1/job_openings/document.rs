//! Openings, as they are sent.

use crate::domain::close_reasons::CLOSE_REASON;
use crate::domain::job_openings::{JOB_OPENING, JobOpening};
use crate::faces::v1::{custom_fields, summary};
use crate::http::refusal::Outcome;
use crate::json::{Map, json};
use crate::store::{Document, Row, View};

pub(super) fn full(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let opening: JobOpening = row.state()?;
    let custom = custom_fields::shown(view, "opening", &opening.custom_fields)?;
    let mut fields = brief(view, row.id, &opening)?;
    fields.insert("custom_fields".to_owned(), custom.by_name.into());
    fields.insert("keyed_custom_fields".to_owned(), custom.by_key.into());
    Document::of(&fields)
}

/// The openings of a job, as the job shows them: without custom fields.
pub(in crate::faces::v1) fn all_of_job(view: &View<'_>, job_id: i64) -> Outcome<Vec<Map>> {
    view.states(&JOB_OPENING, "job_id = ?1 ORDER BY id", [job_id])?
        .iter()
        .map(|(id, opening)| brief(view, *id, opening))
        .collect()
}

/// The opening of an offer, as the offer shows it: in the same way.
pub(in crate::faces::v1) fn of_offer(view: &View<'_>, id: i64) -> Outcome<Option<Map>> {
    let opening: Option<JobOpening> = view.find(&JOB_OPENING, id)?;
    opening.map(|opening| brief(view, id, &opening)).transpose()
}

fn brief(view: &View<'_>, id: i64, opening: &JobOpening) -> Outcome<Map> {
    let reason = summary::named(view, &CLOSE_REASON, opening.close_reason_id)?;
    let shown = [
        ("id", json!(id)),
        ("opening_id", json!(opening.opening_id)),
        ("status", json!(opening.status)),
        ("opened_at", json!(opening.opened_at)),
        ("closed_at", json!(opening.closed_at)),
        ("application_id", json!(opening.application_id)),
        ("close_reason", (*reason).clone()),
    ];
    Ok(shown
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect())
}
