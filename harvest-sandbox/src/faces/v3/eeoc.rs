//! Answers to the questions of the U.S. Equal Employment Opportunity Commission, as v3 shows them.

use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::eeoc::{DISABILITY_STATUSES, EEOC, Eeoc, GENDERS, RACES, VETERAN_STATUSES};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&EEOC, document)],
    operations: &[(
        "list_eeoc",
        Handler::Read(|cx| list::list(cx, &EEOC, MEANINGS)),
    )],
};

/// The answers on an application are kept under its id.
const MEANINGS: &[Meaning] = &[
    ("application_ids", Means::Column("id")),
    ("submitted_at", Means::Column("submitted_at")),
];

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Eeoc = row.state()?;
    let application: Option<Application> = view.find(&APPLICATION, row.id)?;
    let shown = json!({
        "application_id": row.id,
        "candidate_id": application.map(|application| application.candidate_id),
        "gender": answer(it.gender, &GENDERS),
        "race": answer(it.race, &RACES),
        "veteran_status": answer(it.veteran_status, &VETERAN_STATUSES),
        "disability_status": answer(it.disability_status, &DISABILITY_STATUSES),
        "submitted_at": it.submitted_at,
    });
    dated(view, &EEOC, row, shown)
}

fn answer(number: Option<usize>, of: &[&str]) -> Value {
    let text = number.and_then(|number| of.get(number.checked_sub(1)?));
    text.map_or(
        Value::Null,
        |text| json!({"id": number, "description": text}),
    )
}
