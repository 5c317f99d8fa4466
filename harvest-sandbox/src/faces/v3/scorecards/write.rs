//! Requests that add or change scorecards with all that is in them.

use serde::Deserialize;

use super::document::WORST;
use crate::clock;
use crate::domain::access::ClientId;
use crate::domain::patch::Change;
use crate::domain::scorecards::{
    self, Answered, Fields, NewAnswer, NewRating, NewScorecard, SCORECARD,
};
use crate::faces::Writing;
use crate::http::refusal::Outcome;

#[derive(Deserialize)]
struct Create {
    interview_kit_id: ClientId,
    application_id: ClientId,
    #[serde(flatten)]
    fields: Body,
}

#[derive(Deserialize)]
struct Body {
    interviewer_id: ClientId,
    interviewed_at: String,
    submitter_id: ClientId,
    candidate_rating: Option<String>,
    notes: Option<String>,
    private_notes: Option<String>,
    public_notes: Option<String>,
    /// `draft` or `complete`.
    status: Option<String>,
    #[serde(default)]
    question_answers: Vec<AnswerInput>,
    #[serde(default)]
    candidate_attributes: Vec<RatingInput>,
}

#[derive(Deserialize)]
struct AnswerInput {
    scorecard_question_id: i64,
    value: Option<ValueInput>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ValueInput {
    Text(String),
    YesNo(bool),
    Option(i64),
    Options(Vec<i64>),
}

#[derive(Deserialize)]
struct RatingInput {
    job_candidate_attribute_id: i64,
    #[serde(default)]
    value: Change<String>,
    #[serde(default)]
    note: Change<String>,
}

impl From<ValueInput> for Answered {
    fn from(it: ValueInput) -> Self {
        match it {
            ValueInput::Text(text) => Self::Text(text),
            ValueInput::YesNo(yes) => Self::YesNo(yes),
            ValueInput::Option(id) => Self::Option(id),
            ValueInput::Options(ids) => Self::Options(ids),
        }
    }
}

impl From<Body> for Fields {
    fn from(it: Body) -> Self {
        let answer = |one: AnswerInput| NewAnswer {
            scorecard_question_id: one.scorecard_question_id,
            value: one.value.map(Into::into),
        };
        let rating = |one: RatingInput| NewRating {
            job_candidate_attribute_id: one.job_candidate_attribute_id,
            value: one.value,
            note: one.note,
        };
        let recommendation = it.candidate_rating.map(|rating| {
            if rating == WORST[1] {
                WORST[0].to_owned()
            } else {
                rating
            }
        });
        Self {
            interviewer_id: it.interviewer_id,
            // The description has checked its form.
            interviewed_at: clock::parse(&it.interviewed_at).unwrap_or(it.interviewed_at),
            submitter_id: it.submitter_id,
            overall_recommendation: recommendation,
            notes: it.notes,
            private_notes: it.private_notes,
            public_notes: it.public_notes,
            complete: it.status.map(|status| status == "complete"),
            question_answers: it.question_answers.into_iter().map(answer).collect(),
            candidate_attributes: it.candidate_attributes.into_iter().map(rating).collect(),
        }
    }
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let new = NewScorecard {
        interview_kit_id: body.interview_kit_id,
        application_id: body.application_id,
        fields: body.fields.into(),
    };
    let id = scorecards::create(cx, &actor, new)?;
    cx.created(&SCORECARD, id)
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Body = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let id = scorecards::update(cx, &actor, id, body.into())?;
    cx.changed(&SCORECARD, id)
}
