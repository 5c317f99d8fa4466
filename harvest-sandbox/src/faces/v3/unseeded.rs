//! Lists of v3 whose records no operation adds, and of which a new organization has none.

use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::unseeded::{AI_OPT_OUT_STATUS, INTERVIEW_MEDIUM, PAY_INPUT, PAY_INPUT_RANGE};
use crate::faces::{Handler, Resource};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&PAY_INPUT, |view, row| {
            dated(view, &PAY_INPUT, row, row.state()?)
        }),
        &shown(&PAY_INPUT_RANGE, |view, row| {
            dated(view, &PAY_INPUT_RANGE, row, row.state()?)
        }),
        &shown(&AI_OPT_OUT_STATUS, |view, row| {
            dated(view, &AI_OPT_OUT_STATUS, row, row.state()?)
        }),
        &shown(&INTERVIEW_MEDIUM, |view, row| {
            dated(view, &INTERVIEW_MEDIUM, row, row.state()?)
        }),
    ],
    operations: &[
        (
            "list_pay_inputs",
            Handler::Read(|cx| list::list(cx, &PAY_INPUT, OF_INPUTS)),
        ),
        (
            "list_pay_input_ranges",
            Handler::Read(|cx| list::list(cx, &PAY_INPUT_RANGE, OF_RANGES)),
        ),
        (
            "list_ai_opt_out_statuses",
            Handler::Read(|cx| list::list(cx, &AI_OPT_OUT_STATUS, OF_STATUSES)),
        ),
        (
            "list_interview_media",
            Handler::Read(|cx| list::list(cx, &INTERVIEW_MEDIUM, OF_MEDIA)),
        ),
    ],
};

const OF_INPUTS: &[Meaning] = &[(
    "linked_custom_field_ids",
    Means::Column("linked_custom_field_id"),
)];

const OF_RANGES: &[Meaning] = &[
    ("pay_input_ids", Means::Column("pay_input_id")),
    ("job_post_ids", Means::Column("job_post_id")),
];

const OF_STATUSES: &[Meaning] = &[
    ("job_ids", Means::Column("job_id")),
    (
        "candidate_ids",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_each(state, '$.candidate_ids') AS own
                     WHERE own.value IN (SELECT value FROM json_each(?)))",
        ),
    ),
    ("opted_out", Means::Column("opted_out")),
];

const OF_MEDIA: &[Meaning] = &[
    ("interview_ids", Means::Column("interview_id")),
    ("application_ids", Means::Column("application_id")),
];
