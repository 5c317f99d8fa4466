//! Scorecards in folders from before their ratings and answers were records.

use serde::Deserialize;

use crate::domain::candidate_attributes;
use crate::domain::job_stages::{AnswerType, JOB_INTERVIEW, ListedInterview};
use crate::domain::scorecards::{
    Answer, Question, Rating, SCORECARD, SCORECARD_ANSWER, SCORECARD_RATING, Scorecard,
};
use crate::refusal::Outcome;
use crate::store::Edit;

/// The notes that every scorecard had among its questions.
const TAKE_AWAYS: &str = "Key Take-Aways";
const PRIVATE: &str = "Private Notes";

#[derive(Deserialize)]
struct Old {
    #[serde(flatten)]
    rest: Rest,
    attributes: Vec<OldRating>,
    questions: Vec<OldQuestion>,
}

/// What is the same now.
#[derive(Deserialize)]
struct Rest {
    created_at: String,
    updated_at: String,
    application_id: i64,
    interview_id: i64,
    scheduled_interview_id: Option<i64>,
    interviewed_at: String,
    interviewer_id: Option<i64>,
    submitted_by_id: Option<i64>,
    submitted_at: Option<String>,
    overall_recommendation: Option<String>,
    notes: Option<String>,
    private_notes: Option<String>,
    public_notes: Option<String>,
}

/// It had no id, and its attribute was none of the job.
#[derive(Deserialize)]
struct OldRating {
    name: String,
    r#type: String,
    note: Option<String>,
    rating: String,
}

/// Notes had no id.
#[derive(Deserialize)]
struct OldQuestion {
    id: Option<i64>,
    question: String,
    #[serde(default)]
    answer_type: AnswerType,
    answer: Option<OldAnswer>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OldAnswer {
    Text(String),
    Now(Answer),
}

/// Makes records of the ratings and answers of all scorecards, and attributes of jobs of what was rated.
pub(crate) fn list_parts_of_scorecards(edit: &mut Edit<'_>) -> Outcome<()> {
    for id in edit.column("SELECT id FROM scorecard ORDER BY id", [])? {
        let old: Old = edit.get(&SCORECARD, id)?;
        let now = old.now(edit)?;
        now.save(edit, id)?;
    }
    Ok(())
}

impl Old {
    fn now(self, edit: &mut Edit<'_>) -> Outcome<Scorecard> {
        let Self {
            mut rest,
            attributes,
            questions,
        } = self;
        let interview: Option<ListedInterview> = edit.find(&JOB_INTERVIEW, rest.interview_id)?;
        let mut ratings = Vec::new();
        for one in attributes {
            // An interview that is not there is of no job that could have attributes.
            let Some(interview) = &interview else {
                continue;
            };
            let attribute =
                candidate_attributes::supply(edit, interview.job_id, &one.r#type, &one.name)?;
            ratings.push(Rating {
                id: edit.new_id(&SCORECARD_RATING)?,
                job_candidate_attribute_id: attribute,
                name: one.name,
                r#type: one.r#type,
                note: one.note,
                rating: one.rating,
            });
        }
        let mut answered = Vec::new();
        for one in questions {
            let answer = match one.answer {
                None => None,
                Some(OldAnswer::Now(answer)) => Some(answer),
                Some(OldAnswer::Text(text)) => Some(Answer {
                    id: edit.new_id(&SCORECARD_ANSWER)?,
                    text: Some(text),
                    ..Answer::default()
                }),
            };
            let text = || answer.clone().and_then(|answer| answer.text);
            match (one.id, one.question.as_str()) {
                (Some(id), _) => answered.push(Question {
                    id,
                    question: one.question,
                    answer_type: one.answer_type,
                    answer,
                }),
                (None, TAKE_AWAYS) => rest.notes = text(),
                (None, PRIVATE) => rest.private_notes = text(),
                (None, _) => {}
            }
        }
        Ok(Scorecard {
            created_at: rest.created_at,
            updated_at: rest.updated_at,
            application_id: rest.application_id,
            interview_id: rest.interview_id,
            scheduled_interview_id: rest.scheduled_interview_id,
            interviewed_at: rest.interviewed_at,
            interviewer_id: rest.interviewer_id,
            submitted_by_id: rest.submitted_by_id,
            submitted_at: rest.submitted_at,
            overall_recommendation: rest.overall_recommendation,
            notes: rest.notes,
            private_notes: rest.private_notes,
            public_notes: rest.public_notes,
            attributes: ratings,
            questions: answered,
        })
    }
}
