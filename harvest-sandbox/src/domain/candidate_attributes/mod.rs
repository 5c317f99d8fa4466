//! Attributes that candidates on a job are rated by, with their types, and where interviews ask for them. No operation
//! changes them; a job has those of the one that it was copied from.

mod copy;
mod seed;

pub(crate) use copy::copy;

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind, View};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[
        &ATTRIBUTE_TYPE,
        &JOB_ATTRIBUTE,
        &FOCUS_ATTRIBUTE,
        &QUESTION_ATTRIBUTE,
    ],
    seed: seed::seed,
};

/// What attributes of a job are grouped by.
pub(crate) static ATTRIBUTE_TYPE: Kind = kind("candidate_attribute_type", 6_610_001);

pub(crate) static JOB_ATTRIBUTE: Kind = kind("job_candidate_attribute", 4_031_150_031);

/// An attribute that an interview looks at.
pub(crate) static FOCUS_ATTRIBUTE: Kind = kind("focus_candidate_attribute", 4_031_250_007);

/// What a question of an interview is about, of what the interview looks at.
pub(crate) static QUESTION_ATTRIBUTE: Kind =
    kind("scorecard_question_candidate_attribute", 4_417_820_401);

const fn kind(table: &'static str, first_id: i64) -> Kind {
    Kind {
        table,
        first_id,
        visibility: Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct AttributeType {
    pub(crate) name: String,
    pub(crate) job_id: i64,
    /// Its place among the types of the job, from 0.
    pub(crate) sort_order: i64,
    pub(crate) active: bool,
    pub(crate) is_draft: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct JobAttribute {
    pub(crate) job_id: i64,
    pub(crate) candidate_attribute_type_id: i64,
    pub(crate) active: bool,
    /// Its place among the attributes of the type, from 0.
    pub(crate) sort_order: i64,
    pub(crate) name: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FocusAttribute {
    pub(crate) job_id: i64,
    pub(crate) interview_kit_id: i64,
    pub(crate) job_candidate_attribute_id: i64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct QuestionAttribute {
    pub(crate) job_id: i64,
    pub(crate) scorecard_question_id: i64,
    pub(crate) focus_candidate_attribute_id: i64,
}

/// The id of the attribute of a job with this name and type, which is added if there is none.
pub(crate) fn supply(
    edit: &mut Edit<'_>,
    job_id: i64,
    type_name: &str,
    name: &str,
) -> Outcome<i64> {
    let types =
        edit.states::<AttributeType>(&ATTRIBUTE_TYPE, "job_id = ?1 ORDER BY id", [job_id])?;
    let known = types.iter().find(|(_, it)| it.name == type_name);
    let type_id = if let Some((id, _)) = known {
        *id
    } else {
        let new = AttributeType {
            name: type_name.to_owned(),
            job_id,
            sort_order: place(types.len()),
            active: true,
            is_draft: false,
        };
        edit.insert(&ATTRIBUTE_TYPE, &new)?
    };
    let of_job = of_job(edit, job_id)?;
    let of_type = of_job.iter();
    let of_type = of_type.filter(|(_, it)| it.candidate_attribute_type_id == type_id);
    let of_type: Vec<_> = of_type.collect();
    if let Some((id, _)) = of_type.iter().find(|(_, it)| it.name == name) {
        return Ok(*id);
    }
    let new = JobAttribute {
        job_id,
        candidate_attribute_type_id: type_id,
        active: true,
        sort_order: place(of_type.len()),
        name: name.to_owned(),
    };
    edit.insert(&JOB_ATTRIBUTE, &new)
}

/// The attributes of a job, with their ids.
pub(crate) fn of_job(view: &View<'_>, job_id: i64) -> Outcome<Vec<(i64, JobAttribute)>> {
    view.states(&JOB_ATTRIBUTE, "job_id = ?1 ORDER BY id", [job_id])
}

fn place(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
