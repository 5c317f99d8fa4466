//! Scorecards of interviewers, which can only be read.

mod seed;

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::domain::events::Event;
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&SCORECARD],
    seed: seed::seed,
};

pub(crate) static SCORECARD: Kind = Kind {
    table: "scorecard",
    first_id: 4_417_005_120,
    visibility: Visibility::of(&[Owner::Column(Scope::Application, "application_id")]),
};

/// What is known about a scorecard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Scorecard {
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) application_id: i64,
    /// The step of the stage, and the appointment.
    pub(crate) interview_id: i64,
    pub(crate) scheduled_interview_id: Option<i64>,
    pub(crate) interviewed_at: String,
    pub(crate) interviewer_id: Option<i64>,
    pub(crate) submitted_by_id: Option<i64>,
    pub(crate) submitted_at: Option<String>,
    /// `definitely_not`, `no`, `yes`, `strong_yes` or `no_decision`.
    pub(crate) overall_recommendation: String,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) questions: Vec<Question>,
}

/// Something that was looked at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) r#type: String,
    pub(crate) note: Option<String>,
    /// As a recommendation, or `mixed`.
    pub(crate) rating: String,
}

/// A question and its answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Question {
    /// None of the two questions that every scorecard has.
    id: Option<i64>,
    question: String,
    answer: Option<String>,
}

/// Deletes the scorecards of an application that stays.
pub(crate) fn erase_of(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    let condition = "application_id = ?1 ORDER BY id";
    let scorecards: Vec<(i64, Scorecard)> = edit.states(&SCORECARD, condition, [application_id])?;
    for (id, scorecard) in scorecards {
        edit.delete(&SCORECARD, id)?;
        Event::ScorecardDeleted(id, Box::new(scorecard)).record(edit);
    }
    Ok(())
}

/// Removes the scorecards of an application that is removed itself.
pub(crate) fn remove_of(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    let sql = "SELECT id FROM scorecard WHERE application_id = ?1";
    for id in edit.column(sql, [application_id])? {
        edit.delete(&SCORECARD, id)?;
    }
    Ok(())
}
