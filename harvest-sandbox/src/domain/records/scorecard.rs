//! Scorecards of interviewers.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::answer_type::AnswerType;

/// A scorecard.
#[derive(Clone, Serialize, Deserialize)]
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
    /// None as long as it is a draft.
    pub(crate) submitted_at: Option<String>,
    /// `definitely_not`, `no`, `yes`, `strong_yes` or `no_decision`; none until it was said.
    pub(crate) overall_recommendation: Option<String>,
    /// The key take-aways.
    pub(crate) notes: Option<String>,
    pub(crate) private_notes: Option<String>,
    pub(crate) public_notes: Option<String>,
    pub(crate) attributes: Vec<Rating>,
    /// Those of the interview kit, answered or not.
    pub(crate) questions: Vec<Question>,
}

/// Something that was looked at.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Rating {
    pub(crate) id: i64,
    pub(crate) job_candidate_attribute_id: i64,
    pub(crate) name: String,
    pub(crate) r#type: String,
    pub(crate) note: Option<String>,
    /// As a recommendation, or `mixed`.
    pub(crate) rating: String,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Question {
    pub(crate) id: i64,
    pub(crate) question: String,
    pub(crate) answer_type: AnswerType,
    pub(crate) answer: Option<Answer>,
}

/// What was answered, of the type of the question. The others are none.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) id: i64,
    pub(crate) text: Option<String>,
    pub(crate) yes: Option<bool>,
    pub(crate) picks: Vec<Pick>,
}

/// An option that was chosen.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Pick {
    pub(crate) id: i64,
    pub(crate) option_id: i64,
    pub(crate) name: String,
}

/// Without what an interviewer thinks of a person: notes, ratings and answers.
impl fmt::Debug for Scorecard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scorecard")
            .field("application_id", &self.application_id)
            .field("interview_id", &self.interview_id)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// In words: several choices with commas between. None if nothing was said.
    pub(crate) fn words(&self) -> Option<String> {
        let yes = self.yes.map(|yes| if yes { "Yes" } else { "No" });
        let names: Vec<&str> = self.picks.iter().map(|pick| pick.name.as_str()).collect();
        let names = (!names.is_empty()).then(|| names.join(", "));
        let text = self.text.clone();
        text.or_else(|| yes.map(str::to_owned)).or(names)
    }
}
