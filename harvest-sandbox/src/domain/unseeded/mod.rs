//! Kinds of records that an organization can have and no operation adds: a new organization has none of them.

use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::domain::scheduled_interviews::{JOB_OF_STEP, OF_INTERVIEW, OF_STEP};
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[
        &PAY_INPUT,
        &PAY_INPUT_RANGE,
        &AI_OPT_OUT_STATUS,
        &INTERVIEW_MEDIUM,
    ],
    seed: |_| Ok(()),
};

pub(crate) static PAY_INPUT: Kind = kind("pay_input", 6_620_001, Visibility::EVERYONE);

pub(crate) static PAY_INPUT_RANGE: Kind = kind(
    "pay_input_range",
    6_630_001,
    Visibility::of(&[Owner::Way(
        Scope::Job,
        &[("job_post_id", "job_post")],
        "job_id",
    )]),
);

pub(crate) static AI_OPT_OUT_STATUS: Kind = kind(
    "ai_opt_out_status",
    6_640_001,
    Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
);

pub(crate) static INTERVIEW_MEDIUM: Kind = kind(
    "interview_medium",
    6_650_001,
    Visibility::of(&[
        Owner::Column(Scope::Application, "application_id"),
        Owner::Way(Scope::Job, &[OF_INTERVIEW, OF_STEP], JOB_OF_STEP),
    ]),
);

const fn kind(table: &'static str, first_id: i64, visibility: Visibility) -> Kind {
    Kind {
        table,
        first_id,
        visibility,
    }
}
