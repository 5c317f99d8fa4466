//! Scorecards of interviewers with ratings and answers, as v3 shows and changes them.

mod answers;
mod document;
mod ratings;
mod write;

use super::list::{self, Meaning, Means};
use super::presentation::shown;
use crate::domain::scorecards::{SCORECARD, SCORECARD_ANSWER, SCORECARD_PICK, SCORECARD_RATING};
use crate::faces::{Handler, Resource};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&SCORECARD, document::document),
        &shown(&SCORECARD_RATING, ratings::document),
        &shown(&SCORECARD_ANSWER, answers::document),
        &shown(&SCORECARD_PICK, answers::pick),
    ],
    operations: &[
        (
            "list_scorecards",
            Handler::Read(|cx| list::list(cx, &SCORECARD, MEANINGS)),
        ),
        ("create_scorecard", Handler::Write(write::create)),
        ("update_scorecard", Handler::Write(write::update)),
        (
            "list_scorecard_candidate_attributes",
            Handler::Read(|cx| list::list(cx, &SCORECARD_RATING, OF_RATINGS)),
        ),
        (
            "create_scorecard_candidate_attribute",
            Handler::Write(ratings::create),
        ),
        (
            "update_scorecard_candidate_attribute",
            Handler::Write(ratings::update),
        ),
        (
            "list_scorecard_question_answers",
            Handler::Read(|cx| list::list(cx, &SCORECARD_ANSWER, OF_ANSWERS)),
        ),
        (
            "create_scorecard_question_answer",
            Handler::Write(answers::create),
        ),
        (
            "update_scorecard_question_answer",
            Handler::Write(answers::update),
        ),
        (
            "list_scorecard_question_answer_options",
            Handler::Read(|cx| list::list(cx, &SCORECARD_PICK, OF_PICKS)),
        ),
        (
            "create_scorecard_question_answer_option",
            Handler::Write(answers::choose),
        ),
    ],
};

const MEANINGS: &[Meaning] = &[
    (
        "interview_kit_ids",
        Means::Column(
            "(SELECT job_interview.state ->> '$.kit.id' FROM job_interview
             WHERE job_interview.id = scorecard.step_id)",
        ),
    ),
    ("submitter_ids", Means::Column("submitted_by_id")),
    ("application_ids", Means::Column("application_id")),
    ("interviewer_ids", Means::Column("interviewer_id")),
    (
        "interviewed_at",
        Means::Column("state ->> 'interviewed_at'"),
    ),
    ("submitted_at", Means::Column("state ->> 'submitted_at'")),
    (
        "status",
        Means::Column("iif(state ->> 'submitted_at' IS NULL, 'draft', 'complete')"),
    ),
];

const OF_RATINGS: &[Meaning] = &[
    ("scorecard_ids", Means::Column("scorecard_id")),
    (
        "job_candidate_attribute_ids",
        Means::Column("state ->> 'job_candidate_attribute_id'"),
    ),
];

const OF_ANSWERS: &[Meaning] = &[
    ("scorecard_ids", Means::Column("scorecard_id")),
    (
        "scorecard_question_ids",
        Means::Column("state ->> 'scorecard_question_id'"),
    ),
];

const OF_PICKS: &[Meaning] = &[
    (
        "scorecard_question_answer_ids",
        Means::Column("state ->> 'scorecard_question_answer_id'"),
    ),
    (
        "scorecard_question_option_ids",
        Means::Column("state ->> 'scorecard_question_option_id'"),
    ),
];
