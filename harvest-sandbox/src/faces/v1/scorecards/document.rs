//! Scorecards, as they are sent.

use serde::Serialize;
use serde::ser::SerializeMap;

use crate::domain::scheduled_interviews::Step;
use crate::domain::scorecards::{Answer, Rating, Scorecard};
use crate::faces::v1::summary;
use crate::http::refusal::Outcome;
use crate::json::Value;
use crate::store::{Document, Row, View};

/// There is no list for `no_decision`.
const RATINGS: [&str; 5] = ["definitely_not", "no", "mixed", "yes", "strong_yes"];

#[derive(Serialize)]
struct Shown<'a> {
    id: i64,
    updated_at: &'a str,
    created_at: &'a str,
    interview: &'a Value,
    interview_step: &'a Value,
    candidate_id: Option<i64>,
    application_id: i64,
    interviewed_at: &'a str,
    submitted_by: &'a Value,
    interviewer: &'a Value,
    submitted_at: Option<&'a str>,
    overall_recommendation: Option<&'a str>,
    attributes: Vec<ShownRating<'a>>,
    ratings: ByRating<'a>,
    questions: Vec<ShownQuestion<'a>>,
}

#[derive(Serialize)]
struct ShownRating<'a> {
    name: &'a str,
    r#type: &'a str,
    note: Option<&'a str>,
    rating: &'a str,
}

#[derive(Serialize)]
struct ShownQuestion<'a> {
    id: Option<i64>,
    question: &'a str,
    answer: Option<String>,
}

/// The names of the attributes again, by rating.
struct ByRating<'a>(&'a [Rating]);

impl Serialize for ByRating<'_> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut lists = to.serialize_map(Some(RATINGS.len()))?;
        for rating in RATINGS {
            let rated = self.0.iter().filter(|one| one.rating == rating);
            let names: Vec<&str> = rated.map(|one| one.name.as_str()).collect();
            lists.serialize_entry(rating, &names)?;
        }
        lists.end()
    }
}

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Scorecard = row.state()?;
    // The rest of the application is not shown.
    let sql = "SELECT candidate_id FROM application WHERE id = ?1";
    let step = Step::show(view, it.interview_id)?;
    Document::of(&Shown {
        id: row.id,
        updated_at: &it.updated_at,
        created_at: &it.created_at,
        interview: &step["name"],
        interview_step: &step,
        candidate_id: view.value(sql, [it.application_id])?,
        application_id: it.application_id,
        interviewed_at: &it.interviewed_at,
        submitted_by: &*summary::user(view, it.submitted_by_id)?,
        interviewer: &*summary::user(view, it.interviewer_id)?,
        submitted_at: it.submitted_at.as_deref(),
        overall_recommendation: it.overall_recommendation.as_deref(),
        attributes: it.attributes.iter().map(attribute).collect(),
        ratings: ByRating(&it.attributes),
        questions: questions(&it),
    })
}

fn attribute(it: &Rating) -> ShownRating<'_> {
    ShownRating {
        name: &it.name,
        r#type: &it.r#type,
        note: it.note.as_deref(),
        rating: &it.rating,
    }
}

/// The notes that every scorecard has, and the questions of the interview kit.
fn questions(it: &Scorecard) -> Vec<ShownQuestion<'_>> {
    let note = |question: &'static str, answer: &Option<String>| ShownQuestion {
        id: None,
        question,
        answer: answer.clone(),
    };
    let notes = [
        note("Key Take-Aways", &it.notes),
        note("Private Notes", &it.private_notes),
    ];
    let asked = it.questions.iter().map(|it| ShownQuestion {
        id: Some(it.id),
        question: &it.question,
        answer: it.answer.as_ref().and_then(Answer::words),
    });
    notes.into_iter().chain(asked).collect()
}
