//! Demographic questions, options and answers, as v3 shows them.

use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::demographics::{ANSWER, ANSWER_OPTION, QUESTION, QUESTION_SET};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&QUESTION_SET, set),
        &shown(&QUESTION, question),
        &shown(&ANSWER_OPTION, option),
        &shown(&ANSWER, answer),
    ],
    operations: &[
        (
            "list_demographic_question_sets",
            Handler::Read(|cx| list::list(cx, &QUESTION_SET, OF_SETS)),
        ),
        (
            "list_demographic_questions",
            Handler::Read(|cx| list::list(cx, &QUESTION, OF_QUESTIONS)),
        ),
        (
            "list_demographic_answer_options",
            Handler::Read(|cx| list::list(cx, &ANSWER_OPTION, OF_OPTIONS)),
        ),
        (
            "list_demographic_answers",
            Handler::Read(|cx| list::list(cx, &ANSWER, OF_ANSWERS)),
        ),
    ],
};

const ACTIVE: Meaning = ("active", Means::Column("state ->> 'active'"));

const OF_SETS: &[Meaning] = &[
    ACTIVE,
    // A set that is in use is shown to candidates.
    ("enabled", Means::Column("state ->> 'active'")),
];

const OF_QUESTIONS: &[Meaning] = &[
    ACTIVE,
    ("required", Means::Column("state ->> 'required'")),
    ("demographic_question_set_ids", Means::Column("set_id")),
];

const OF_OPTIONS: &[Meaning] = &[
    ACTIVE,
    ("demographic_question_ids", Means::Column("question_id")),
];

const OF_ANSWERS: &[Meaning] = &[
    ("application_ids", Means::Column("application_id")),
    (
        "demographic_question_ids",
        Means::Column("state ->> 'demographic_question_id'"),
    ),
    (
        "demographic_answer_option_ids",
        Means::Column("state ->> 'demographic_answer_option_id'"),
    ),
];

fn set(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Value = row.state()?;
    let shown = json!({
        "title": it["title"],
        "description": it["description"],
        "active": it["active"],
        "enabled": it["active"],
    });
    dated(view, &QUESTION_SET, row, shown)
}

fn question(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Value = row.state()?;
    let set_id = it["demographic_question_set_id"].as_i64();
    let before = "SELECT count(*) FROM demographic_question WHERE set_id = ?1 AND id < ?2";
    let shown = json!({
        "sort_order": view.value::<i64>(before, (set_id, row.id))?,
        "active": it["active"],
        "name": it["name"],
        "demographic_question_set_id": set_id,
        "required": it["required"],
        "answer_type": it["answer_type"],
    });
    dated(view, &QUESTION, row, shown)
}

fn option(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Value = row.state()?;
    let question_id = it["demographic_question_id"].as_i64();
    let before =
        "SELECT count(*) FROM demographic_answer_option WHERE question_id = ?1 AND id < ?2";
    let shown = json!({
        "demographic_question_id": question_id,
        "sort_order": view.value::<i64>(before, (question_id, row.id))?,
        "active": it["active"],
        "free_form": it["free_form"],
        "name": it["name"],
        "decline_to_answer": false,
    });
    dated(view, &ANSWER_OPTION, row, shown)
}

fn answer(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Value = row.state()?;
    let shown = json!({
        "application_id": it["application_id"],
        "demographic_question_id": it["demographic_question_id"],
        "demographic_answer_option_id": it["demographic_answer_option_id"],
        "free_form_text": it["free_form_text"],
    });
    dated(view, &ANSWER, row, shown)
}
