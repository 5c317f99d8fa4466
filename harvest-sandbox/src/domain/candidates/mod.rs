//! Candidates and prospects: the person, with all applications inside.

mod anonymize;
mod create;
mod delete;
mod duplicate;
mod feed;
mod fields;
mod history;
mod journey;
mod merge;
mod parts;
mod prospect;
mod seed;
mod state;
mod tagged;
mod update;

pub(crate) use crate::domain::records::candidate::{
    CANDIDATE, Candidate, Contact, Education, Employment,
};
pub(crate) use anonymize::anonymize;
pub(crate) use create::{NewCandidate, NewNote, create};
pub(crate) use delete::delete;
pub(crate) use feed::{NewEmail, Written, add_email, add_note};
pub(crate) use fields::Fields;
pub(crate) use history::{
    Month, NewEducation, NewEmployment, add_education, add_employment, remove_education,
    remove_employment,
};
pub(crate) use merge::merge;
pub(crate) use parts::{
    APPLIED_TAG, AppliedTag, EDUCATION, EMPLOYMENT, ListedEducation, ListedEmployment,
};
pub(crate) use seed::invent;
pub(crate) use tagged::{add_tag, delete_tag, remove_tag};
pub(crate) use update::{attach, update};

use crate::domain::Resource;
use crate::domain::access::{Actor, ClientId};
use crate::refusal::{Outcome, Refusal};
use crate::store::View;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&CANDIDATE, &EDUCATION, &EMPLOYMENT, &APPLIED_TAG],
    seed: seed::seed,
};

/// A candidate whom the actor may see, or 404.
fn seen(view: &View<'_>, actor: &Actor, id: ClientId) -> Outcome<(i64, Candidate)> {
    let found = id.find(view, actor, &CANDIDATE)?;
    found.ok_or(Refusal::NotFound)
}
