//! Demographic questions in sets, the options to answer them, and what candidates chose, as v1 shows and changes them.

use crate::domain::applications::APPLICATION;
use crate::domain::demographics::{ANSWER, ANSWER_OPTION, QUESTION, QUESTION_SET};
use crate::faces::list::{CREATED_AND_UPDATED, List};
use crate::faces::v1::plain;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Map, json};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &plain::presentation(&QUESTION_SET),
        &plain::presentation(&QUESTION),
        &plain::presentation(&ANSWER_OPTION),
        &plain::presentation(&ANSWER),
    ],
    operations: &[
        (
            "list_demographic_question_sets",
            Handler::Read(|cx| cx.list(List::of(&QUESTION_SET))),
        ),
        (
            "get_demographic_question_set",
            Handler::Read(|cx| cx.one_in_path(&QUESTION_SET, "id")),
        ),
        (
            "list_demographic_question_set_questions",
            Handler::Read(questions_of_set),
        ),
        (
            "list_demographic_questions",
            Handler::Read(|cx| cx.list(List::of(&QUESTION))),
        ),
        (
            "get_demographic_question",
            Handler::Read(|cx| cx.one_in_path(&QUESTION, "id")),
        ),
        (
            "list_demographic_question_answer_options",
            Handler::Read(options_of_question),
        ),
        (
            "list_demographic_answer_options",
            Handler::Read(|cx| cx.list(List::of(&ANSWER_OPTION))),
        ),
        (
            "get_demographic_answer_option",
            Handler::Read(|cx| cx.one_in_path(&ANSWER_OPTION, "id")),
        ),
        ("list_demographic_answers", Handler::Read(answers)),
        ("get_demographic_answer", Handler::Read(answer)),
        (
            "list_application_demographic_answers",
            Handler::Read(answers_of_application),
        ),
    ],
};

fn questions_of_set(cx: &Reading<'_>) -> Outcome {
    let id = cx.id_in_path(&QUESTION_SET, "id")?;
    cx.list(List::of(&QUESTION).within("set_id = ?", id))
}

fn options_of_question(cx: &Reading<'_>) -> Outcome {
    let id = cx.id_in_path(&QUESTION, "id")?;
    cx.list(List::of(&ANSWER_OPTION).within("question_id = ?", id))
}

fn answers(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&ANSWER).filters(CREATED_AND_UPDATED))
}

fn answers_of_application(cx: &Reading<'_>) -> Outcome {
    let id = cx.id_in_path(&APPLICATION, "id")?;
    let list = List::of(&ANSWER).within("application_id = ?", id);
    cx.list(list.filters(CREATED_AND_UPDATED))
}

/// One answer lacks `updated_at`, which answers in lists have.
fn answer(cx: &Reading<'_>) -> Outcome {
    let (id, mut state): (i64, Map) = cx.record_in_path(&ANSWER, "id")?;
    state.shift_remove("updated_at");
    state.insert("id".to_owned(), id.into());
    Ok(Reply::value(&json!(state)))
}
