//! Answers to the questions of the U.S. Equal Employment Opportunity Commission, as v1 shows them.

use crate::domain::applications::{APPLICATION, Application};
use crate::domain::eeoc::{DISABILITY_STATUSES, EEOC, Eeoc, GENDERS, RACES, VETERAN_STATUSES};
use crate::faces::list::{Comparison, Filter, List};
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Depth, Document, Embeds, Linked, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&EEOC_PRESENTATION],
    operations: &[
        ("list_eeoc", Handler::Read(list)),
        ("get_application_eeoc", Handler::Read(get)),
    ],
};

static EEOC_PRESENTATION: Presentation = Presentation {
    kind: &EEOC,
    show: document,
    embeds: &[Embeds {
        table: "application",
        ids: "SELECT id FROM eeoc WHERE id = ?1",
        linked: Linked::ByShowing,
        depth: Depth::Fields,
    }],
    redact: None,
};

const FILTERS: &[Filter] = &[
    Filter::time("submitted_before", "submitted_at", Comparison::Before),
    Filter::time("submitted_after", "submitted_at", Comparison::Since),
];

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&EEOC).filters(FILTERS))
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&EEOC, "id")
}

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Eeoc = row.state()?;
    let application: Option<Application> = view.find(&APPLICATION, row.id)?;
    Document::of(&json!({
        "application_id": row.id,
        "candidate_id": application.map(|application| application.candidate_id),
        "race": answer(it.race, &RACES, "description"),
        "gender": answer(it.gender, &GENDERS, "description"),
        // Under another name than with the rest.
        "veteran_status": answer(it.veteran_status, &VETERAN_STATUSES, "message"),
        "disability_status": answer(it.disability_status, &DISABILITY_STATUSES, "description"),
        "submitted_at": it.submitted_at,
    }))
}

fn answer(number: Option<usize>, of: &[&str], words: &str) -> Value {
    let text = number.and_then(|number| of.get(number.checked_sub(1)?));
    text.map_or(Value::Null, |text| json!({"id": number, words: text}))
}
