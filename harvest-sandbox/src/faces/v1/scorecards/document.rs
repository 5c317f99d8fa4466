//! Scorecards, as they are sent.

use crate::domain::applications::{APPLICATION, Application};
use crate::domain::scheduled_interviews::Step;
use crate::domain::scorecards::{Answer, Rating, Scorecard};
use crate::faces::v1::summary;
use crate::http::refusal::Outcome;
use crate::json::{Map, Value, json};
use crate::store::{Document, Row, View};

/// There is no list for `no_decision`.
const RATINGS: [&str; 5] = ["definitely_not", "no", "mixed", "yes", "strong_yes"];

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Scorecard = row.state()?;
    let application: Option<Application> = view.find(&APPLICATION, it.application_id)?;
    let step = Step::show(view, it.interview_id)?;
    Document::of(&json!({
        "id": row.id,
        "updated_at": it.updated_at,
        "created_at": it.created_at,
        "interview": step["name"],
        "interview_step": step,
        "candidate_id": application.map(|application| application.candidate_id),
        "application_id": it.application_id,
        "interviewed_at": it.interviewed_at,
        "submitted_by": *summary::user(view, it.submitted_by_id)?,
        "interviewer": *summary::user(view, it.interviewer_id)?,
        "submitted_at": it.submitted_at,
        "overall_recommendation": it.overall_recommendation,
        "attributes": it.attributes.iter().map(attribute).collect::<Value>(),
        "ratings": ratings(&it.attributes),
        "questions": questions(&it),
    }))
}

fn attribute(it: &Rating) -> Value {
    json!({"name": it.name, "type": it.r#type, "note": it.note, "rating": it.rating})
}

/// The notes that every scorecard has, and the questions of the interview kit.
fn questions(it: &Scorecard) -> Value {
    let question = |id: Option<i64>, question: &str, answer: Option<String>| {
        json!({
            "id": id, "question": question, "answer": answer,
        })
    };
    let notes = [
        question(None, "Key Take-Aways", it.notes.clone()),
        question(None, "Private Notes", it.private_notes.clone()),
    ];
    let asked = it.questions.iter().map(|it| {
        let answer = it.answer.as_ref().and_then(Answer::words);
        question(Some(it.id), &it.question, answer)
    });
    notes.into_iter().chain(asked).collect()
}

/// The names of the attributes again, by rating.
fn ratings(attributes: &[Rating]) -> Map {
    let of = |rating: &str| -> Value {
        let rated = attributes.iter().filter(|one| one.rating == rating);
        rated.map(|one| one.name.as_str()).collect()
    };
    RATINGS
        .iter()
        .map(|rating| ((*rating).to_owned(), of(rating)))
        .collect()
}
