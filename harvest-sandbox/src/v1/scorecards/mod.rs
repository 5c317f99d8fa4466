//! What interviewers noted. Scorecards can only be read.

mod document;
mod seed;

use serde::{Deserialize, Serialize};

use super::applications::APPLICATION;
use crate::access::{Owner, Scope, Visibility};
use crate::handler::{Handler, Reading, Resource};
use crate::list::{CREATED_AND_UPDATED, List};
use crate::refusal::Outcome;
use crate::store::{Depth, Edit, Embeds, Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&SCORECARD],
    presentations: &[&SCORECARD_PRESENTATION],
    operations: &[
        ("list_scorecards", Handler::Read(list)),
        (
            "list_application_scorecards",
            Handler::Read(list_of_application),
        ),
        ("get_scorecard", Handler::Read(get)),
    ],
    seed: seed::seed,
};

static SCORECARD: Kind = Kind {
    table: "scorecard",
    first_id: 4_417_005_120,
    visibility: Visibility::of(&[Owner::Column(Scope::Application, "application_id")]),
};

static SCORECARD_PRESENTATION: Presentation = Presentation {
    kind: &SCORECARD,
    show: document::document,
    embeds: &[
        Embeds {
            table: "user",
            ids: "SELECT id FROM scorecard WHERE interviewer_id = ?1
                  UNION SELECT id FROM scorecard WHERE submitted_by_id = ?1",
            depth: Depth::Fields,
        },
        // Whose it is, which changes when candidates are merged.
        Embeds {
            table: "application",
            ids: "SELECT id FROM scorecard WHERE application_id = ?1",
            depth: Depth::Fields,
        },
    ],
    redact: None,
};

/// What is known about a scorecard.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Scorecard {
    created_at: String,
    updated_at: String,
    application_id: i64,
    /// The step of the stage, and the appointment.
    interview_id: i64,
    scheduled_interview_id: Option<i64>,
    interviewed_at: String,
    interviewer_id: Option<i64>,
    submitted_by_id: Option<i64>,
    submitted_at: Option<String>,
    /// `definitely_not`, `no`, `yes`, `strong_yes` or `no_decision`.
    overall_recommendation: String,
    attributes: Vec<Attribute>,
    questions: Vec<Question>,
}

/// Something that was looked at.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Attribute {
    name: String,
    r#type: String,
    note: Option<String>,
    /// As a recommendation, or `mixed`.
    rating: String,
}

/// A question and its answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Question {
    /// None of the two questions that every scorecard has.
    id: Option<i64>,
    question: String,
    answer: Option<String>,
}

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&SCORECARD).filters(CREATED_AND_UPDATED))
}

fn list_of_application(cx: &Reading<'_>) -> Outcome {
    let id = cx.row_in_path(&APPLICATION, "id")?.id;
    cx.list(List::of(&SCORECARD).within("application_id = ?", id))
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&SCORECARD, "id")
}

/// Removes the scorecards of an application.
pub(super) fn remove_of(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    let sql = "SELECT id FROM scorecard WHERE application_id = ?1";
    for id in edit.column(sql, [application_id])? {
        edit.delete(&SCORECARD, id)?;
    }
    Ok(())
}
