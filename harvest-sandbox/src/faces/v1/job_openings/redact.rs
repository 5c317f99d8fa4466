//! Openings as a user may see them: without the id of an application that is hidden from the user.

use crate::domain::access::{Actor, Scope};
use crate::http::refusal::Outcome;
use crate::json::Value;
use crate::store::{Document, View};

pub(super) fn redact(
    view: &View<'_>,
    user: &Actor,
    id: i64,
    document: Document,
) -> Outcome<Document> {
    let filled_by = "SELECT application_id AS id FROM job_opening WHERE job_opening.id = ?2";
    let hidden = user.hidden(view, Scope::Application, filled_by, id)?;
    document.without(&hidden, without_application)
}

/// Takes the application out of an opening as it is sent, if it is one of these.
pub(in crate::faces::v1) fn without_application(opening: &mut Value, hidden: &[i64]) {
    let id = &mut opening["application_id"];
    if id.as_i64().is_some_and(|id| hidden.contains(&id)) {
        *id = Value::Null;
    }
}
