//! Jobs as a user may see them: without the ids of records that are hidden from the user.

use crate::domain::access::{Actor, Scope};
use crate::faces::v1::job_openings;
use crate::http::refusal::Outcome;
use crate::json::Value;
use crate::store::{Document, View};

/// Which applications filled the openings, and which job it is a copy of, is only said of those that the user may see.
pub(super) fn redact(
    view: &View<'_>,
    user: &Actor,
    id: i64,
    document: Document,
) -> Outcome<Document> {
    let filled_by = "SELECT application_id AS id FROM job_opening WHERE job_id = ?2";
    let applications = user.hidden(view, Scope::Application, filled_by, id)?;
    let copied_from = "SELECT state ->> 'copied_from_id' AS id FROM job WHERE job.id = ?2";
    let originals = user.hidden(view, Scope::Job, copied_from, id)?;
    document
        .without(&originals, |job, _| job["copied_from_id"] = Value::Null)?
        .without(&applications, |job, hidden| {
            let openings = job["openings"].as_array_mut();
            for opening in openings.into_iter().flatten() {
                job_openings::without_application(opening, hidden);
            }
        })
}
