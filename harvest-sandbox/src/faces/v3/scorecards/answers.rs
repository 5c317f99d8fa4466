//! Answers to questions and chosen options, one by one.

use serde::Deserialize;

use super::super::presentation::dated;
use crate::domain::access::ClientId;
use crate::domain::job_stages::AnswerType;
use crate::domain::patch::Change;
use crate::domain::scorecards::{self, ListedAnswer, ListedPick, SCORECARD_ANSWER, SCORECARD_PICK};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedAnswer = row.state()?;
    let value = match it.answer_type {
        AnswerType::Text => json!(it.text),
        AnswerType::YesNo => json!(it.yes),
        AnswerType::SingleSelect => json!(it.option_ids.first()),
        AnswerType::MultiSelect => json!(it.option_ids),
        AnswerType::Instruction => Value::Null,
    };
    let shown = json!({
        "scorecard_id": it.scorecard_id,
        "scorecard_question_id": it.scorecard_question_id,
        "answer": it.text,
        "answer_with_tags": it.text,
        "boolean_value": it.yes,
        "value": value,
    });
    dated(view, &SCORECARD_ANSWER, row, shown)
}

pub(super) fn pick(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedPick = row.state()?;
    let shown = json!({
        "scorecard_question_option_id": it.scorecard_question_option_id,
        "scorecard_question_answer_id": it.scorecard_question_answer_id,
    });
    dated(view, &SCORECARD_PICK, row, shown)
}

#[derive(Deserialize)]
struct Create {
    scorecard_id: ClientId,
    scorecard_question_id: i64,
    answer: Option<String>,
    boolean_value: Option<bool>,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let (actor, scorecard) = (cx.user.clone(), body.scorecard_id);
    let said = (body.answer, body.boolean_value);
    let question = body.scorecard_question_id;
    let id = scorecards::add_answer(cx, &actor, scorecard, question, said)?;
    cx.created(&SCORECARD_ANSWER, id)
}

#[derive(Deserialize)]
struct Update {
    #[serde(default)]
    answer: Change<String>,
    #[serde(default)]
    boolean_value: Change<bool>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&SCORECARD_ANSWER, "id")?;
    let body: Update = cx.call.body()?;
    let actor = cx.user.clone();
    scorecards::change_answer(cx, &actor, id, (body.answer, body.boolean_value))?;
    cx.changed(&SCORECARD_ANSWER, id)
}

#[derive(Deserialize)]
struct Choose {
    scorecard_question_option_id: i64,
    scorecard_question_answer_id: ClientId,
}

pub(super) fn choose(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Choose = cx.call.body()?;
    let (actor, answer) = (cx.user.clone(), body.scorecard_question_answer_id);
    let option = body.scorecard_question_option_id;
    let id = scorecards::add_pick(cx, &actor, answer, option)?;
    cx.created(&SCORECARD_PICK, id)
}
