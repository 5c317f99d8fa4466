//! What candidates answered to the questions of the U.S. Equal Employment Opportunity Commission. It can only be read.

mod seed;

use serde::{Deserialize, Serialize};

use super::applications::{APPLICATION, Application};
use crate::access::{Owner, Scope, Visibility};
use crate::handler::{Handler, Reading, Resource};
use crate::json::{Value, json};
use crate::list::{Comparison, Filter, List};
use crate::refusal::Outcome;
use crate::store::{Depth, Document, Embeds, Kind, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&EEOC],
    presentations: &[&EEOC_PRESENTATION],
    operations: &[
        ("list_eeoc", Handler::Read(list)),
        ("get_application_eeoc", Handler::Read(get)),
    ],
    seed: seed::seed,
};

/// Kept under the id of the application, so that `first_id` is never used.
pub(super) static EEOC: Kind = Kind {
    table: "eeoc",
    first_id: 0,
    visibility: Visibility::of(&[Owner::Column(Scope::Application, "id")]),
};

static EEOC_PRESENTATION: Presentation = Presentation {
    kind: &EEOC,
    show: document,
    embeds: &[Embeds {
        table: "application",
        ids: "SELECT id FROM eeoc WHERE id = ?1",
        depth: Depth::Fields,
    }],
    redact: None,
};

/// The answers by number, in the order of the lists below; the first is 1.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Eeoc {
    race: Option<usize>,
    gender: Option<usize>,
    veteran_status: Option<usize>,
    disability_status: Option<usize>,
    submitted_at: String,
}

/// Fixed everywhere.
const RACES: [&str; 8] = [
    "American Indian or Alaskan Native",
    "Asian",
    "Black or African American",
    "Hispanic or Latino",
    "White",
    "Native Hawaiian or Other Pacific Islander",
    "Two or More Races",
    "Decline To Self Identify",
];
const GENDERS: [&str; 3] = ["Male", "Female", "Decline To Self Identify"];
const VETERAN_STATUSES: [&str; 3] = [
    "I am not a protected veteran",
    "I identify as one or more of the classifications of a protected veteran",
    "I don't wish to answer",
];
const DISABILITY_STATUSES: [&str; 3] = [
    "Yes, I have a disability, or have a history/record of having a disability",
    "No, I don’t have a disability, or a history/record of having a disability",
    "I don't wish to answer",
];

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
