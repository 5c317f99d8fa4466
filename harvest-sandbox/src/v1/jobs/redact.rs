//! Jobs as a user may see them: without the ids of records that are hidden from the user.

use serde_json::{Map, Value};

use super::super::job_openings;
use crate::access::{Actor, Scope};
use crate::refusal::Outcome;
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
    let is_original_hidden = !user.hidden(view, Scope::Job, copied_from, id)?.is_empty();
    if applications.is_empty() && !is_original_hidden {
        return Ok(document);
    }
    let mut shown: Map<String, Value> = document.read()?;
    if is_original_hidden {
        shown.insert("copied_from_id".to_owned(), Value::Null);
    }
    let openings = shown.get_mut("openings").and_then(Value::as_array_mut);
    for opening in openings.into_iter().flatten() {
        job_openings::without_application(opening, &applications);
    }
    Document::of(&shown)
}
