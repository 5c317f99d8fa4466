//! Attributes that candidates are rated by, and where interviews ask for them, as v3 shows them.

use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::candidate_attributes::{
    ATTRIBUTE_TYPE, FOCUS_ATTRIBUTE, FocusAttribute, JOB_ATTRIBUTE, QUESTION_ATTRIBUTE,
    QuestionAttribute,
};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&ATTRIBUTE_TYPE, |view, row| {
            dated(view, &ATTRIBUTE_TYPE, row, row.state()?)
        }),
        &shown(&JOB_ATTRIBUTE, |view, row| {
            dated(view, &JOB_ATTRIBUTE, row, row.state()?)
        }),
        &shown(&FOCUS_ATTRIBUTE, focus),
        &shown(&QUESTION_ATTRIBUTE, of_question),
    ],
    operations: &[
        (
            "list_candidate_attribute_types",
            Handler::Read(|cx| list::list(cx, &ATTRIBUTE_TYPE, OF_TYPES)),
        ),
        (
            "list_job_candidate_attributes",
            Handler::Read(|cx| list::list(cx, &JOB_ATTRIBUTE, OF_JOBS)),
        ),
        (
            "list_focus_candidate_attributes",
            Handler::Read(|cx| list::list(cx, &FOCUS_ATTRIBUTE, OF_KITS)),
        ),
        (
            "list_scorecard_question_candidate_attributes",
            Handler::Read(|cx| list::list(cx, &QUESTION_ATTRIBUTE, OF_QUESTIONS)),
        ),
    ],
};

const OF_TYPES: &[Meaning] = &[
    ("active", Means::Column("active")),
    ("is_draft", Means::Column("is_draft")),
];

const OF_JOBS: &[Meaning] = &[
    ("job_ids", Means::Column("job_id")),
    (
        "candidate_attribute_type_ids",
        Means::Column("state ->> 'candidate_attribute_type_id'"),
    ),
    ("active", Means::Column("state ->> 'active'")),
];

const OF_KITS: &[Meaning] = &[
    ("interview_kit_ids", Means::Column("interview_kit_id")),
    (
        "job_candidate_attribute_ids",
        Means::Column("state ->> 'job_candidate_attribute_id'"),
    ),
];

const OF_QUESTIONS: &[Meaning] = &[
    (
        "scorecard_question_ids",
        Means::Column("scorecard_question_id"),
    ),
    (
        "focus_candidate_attribute_ids",
        Means::Column("state ->> 'focus_candidate_attribute_id'"),
    ),
];

fn focus(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: FocusAttribute = row.state()?;
    let shown = json!({
        "interview_kit_id": it.interview_kit_id,
        "job_candidate_attribute_id": it.job_candidate_attribute_id,
    });
    dated(view, &FOCUS_ATTRIBUTE, row, shown)
}

fn of_question(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: QuestionAttribute = row.state()?;
    let shown = json!({
        "scorecard_question_id": it.scorecard_question_id,
        "focus_candidate_attribute_id": it.focus_candidate_attribute_id,
    });
    dated(view, &QUESTION_ATTRIBUTE, row, shown)
}
