//! Attributes of a job that is copied.

use std::collections::HashMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{
    ATTRIBUTE_TYPE, AttributeType, FOCUS_ATTRIBUTE, FocusAttribute, JOB_ATTRIBUTE, JobAttribute,
    QUESTION_ATTRIBUTE, QuestionAttribute,
};
use crate::domain::job_stages::Copied;
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

/// Gives a new job the types and attributes of another, and has its interviews ask for them. What an interview asks for that
/// was not copied is left out.
pub(crate) fn copy(
    edit: &mut Edit<'_>,
    from_job_id: i64,
    to_job_id: i64,
    copied: &Copied,
) -> Outcome<()> {
    let types = each(
        edit,
        &ATTRIBUTE_TYPE,
        from_job_id,
        |it: &mut AttributeType| {
            it.job_id = to_job_id;
            Some(())
        },
    )?;
    let attributes = each(
        edit,
        &JOB_ATTRIBUTE,
        from_job_id,
        |it: &mut JobAttribute| {
            it.job_id = to_job_id;
            move_to(&mut it.candidate_attribute_type_id, &types)
        },
    )?;
    let focus = each(
        edit,
        &FOCUS_ATTRIBUTE,
        from_job_id,
        |it: &mut FocusAttribute| {
            it.job_id = to_job_id;
            move_to(&mut it.interview_kit_id, &copied.kits)?;
            move_to(&mut it.job_candidate_attribute_id, &attributes)
        },
    )?;
    each(
        edit,
        &QUESTION_ATTRIBUTE,
        from_job_id,
        |it: &mut QuestionAttribute| {
            it.job_id = to_job_id;
            move_to(&mut it.scorecard_question_id, &copied.questions)?;
            move_to(&mut it.focus_candidate_attribute_id, &focus)
        },
    )?;
    Ok(())
}

/// Replaces the id of something by that of its copy, if there is one.
fn move_to(id: &mut i64, copies: &HashMap<i64, i64>) -> Option<()> {
    *id = *copies.get(id)?;
    Some(())
}

/// Copies the records of a kind that a job has, as far as they can be changed to be those of another, and says which is a
/// copy of which.
fn each<T: Serialize + DeserializeOwned>(
    edit: &mut Edit<'_>,
    kind: &'static Kind,
    job_id: i64,
    change: impl Fn(&mut T) -> Option<()>,
) -> Outcome<HashMap<i64, i64>> {
    let mut copies = HashMap::new();
    for (id, mut it) in edit.states::<T>(kind, "job_id = ?1 ORDER BY id", [job_id])? {
        if change(&mut it).is_some() {
            copies.insert(id, edit.insert(kind, &it)?);
        }
    }
    Ok(copies)
}
