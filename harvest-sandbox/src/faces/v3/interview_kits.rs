//! Interview kits with who interviews by default, their questions and the options of these, as v3 shows them.

use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::job_stages::{
    DEFAULT_INTERVIEWER, DefaultInterviewer, INTERVIEW_KIT, ListedKit, ListedOption,
    ListedQuestion, SCORECARD_QUESTION, SCORECARD_QUESTION_OPTION,
};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&INTERVIEW_KIT, kit),
        &shown(&DEFAULT_INTERVIEWER, interviewer),
        &shown(&SCORECARD_QUESTION, question),
        &shown(&SCORECARD_QUESTION_OPTION, option),
    ],
    operations: &[
        (
            "list_interview_kits",
            Handler::Read(|cx| list::list(cx, &INTERVIEW_KIT, OF_KITS)),
        ),
        (
            "list_default_interviewers",
            Handler::Read(|cx| list::list(cx, &DEFAULT_INTERVIEWER, OF_INTERVIEWERS)),
        ),
        (
            "list_scorecard_questions",
            Handler::Read(|cx| list::list(cx, &SCORECARD_QUESTION, OF_QUESTIONS)),
        ),
        (
            "list_scorecard_question_options",
            Handler::Read(|cx| list::list(cx, &SCORECARD_QUESTION_OPTION, OF_OPTIONS)),
        ),
    ],
};

const OF_KITS: &[Meaning] = &[
    ("job_ids", Means::Column("job_id")),
    (
        "job_interview_ids",
        Means::Column("state ->> 'job_interview_id'"),
    ),
];

const OF_INTERVIEWERS: &[Meaning] = &[
    ("user_ids", Means::Column("user_id")),
    (
        "interview_kit_ids",
        Means::Column("state ->> 'interview_kit_id'"),
    ),
];

/// All questions and options are in use: no operation takes one out of use.
const ALL_ACTIVE: Meaning = ("active", Means::Where("?"));

const OF_QUESTIONS: &[Meaning] = &[
    ("interview_kit_ids", Means::Column("interview_kit_id")),
    ALL_ACTIVE,
];

const OF_OPTIONS: &[Meaning] = &[
    (
        "scorecard_question_ids",
        Means::Column("scorecard_question_id"),
    ),
    ALL_ACTIVE,
];

fn kit(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedKit = row.state()?;
    let shown = json!({
        "job_id": it.job_id,
        "job_interview_id": it.job_interview_id,
        "exercises": it.content,
        "anonymize_candidate": false,
        "anonymize_resumes": false,
    });
    dated(view, &INTERVIEW_KIT, row, shown)
}

fn interviewer(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: DefaultInterviewer = row.state()?;
    let shown = json!({"user_id": it.user_id, "interview_kit_id": it.interview_kit_id});
    dated(view, &DEFAULT_INTERVIEWER, row, shown)
}

fn question(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedQuestion = row.state()?;
    let shown = json!({
        "interview_kit_id": it.interview_kit_id,
        "question": it.question,
        "sort_order": it.place,
        "active": true,
        "answer_type": it.answer_type,
        "required": false,
    });
    dated(view, &SCORECARD_QUESTION, row, shown)
}

fn option(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedOption = row.state()?;
    let shown = json!({
        "scorecard_question_id": it.scorecard_question_id,
        "name": it.name,
        "sort_order": it.place,
        "active": true,
    });
    dated(view, &SCORECARD_QUESTION_OPTION, row, shown)
}
