//! Demographic questions in sets, the options to answer them, and what candidates chose. They can only be read.

mod seed;

use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&QUESTION_SET, &QUESTION, &ANSWER_OPTION, &ANSWER],
    seed: seed::seed,
};

pub(crate) static QUESTION_SET: Kind =
    kind("demographic_question_set", 1_991, Visibility::EVERYONE);

pub(crate) static QUESTION: Kind = kind("demographic_question", 25_010, Visibility::EVERYONE);

pub(crate) static ANSWER_OPTION: Kind =
    kind("demographic_answer_option", 106_200, Visibility::EVERYONE);

pub(crate) static ANSWER: Kind = kind(
    "demographic_answer",
    12_300_400,
    Visibility::of(&[Owner::Column(Scope::Application, "application_id")]),
);

const fn kind(table: &'static str, first_id: i64, visibility: Visibility) -> Kind {
    Kind {
        table,
        first_id,
        visibility,
    }
}

/// Removes the answers on an application.
pub(crate) fn remove(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    let sql = "SELECT id FROM demographic_answer WHERE application_id = ?1";
    for id in edit.column::<i64>(sql, [application_id])? {
        edit.delete(&ANSWER, id)?;
    }
    Ok(())
}
