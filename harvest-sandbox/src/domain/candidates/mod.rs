//! Candidates and prospects: the person, with all applications inside.

mod anonymize;
mod delete;
mod merge;
mod prospect;
mod seed;
mod state;

pub(crate) use anonymize::KINDS;
pub(crate) use delete::remove;
pub(crate) use merge::move_records;
pub(crate) use seed::invent;
pub(crate) use state::{Candidate, Contact, Education, Employment};

use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&CANDIDATE],
    seed: seed::seed,
};

pub(crate) static CANDIDATE: Kind = Kind {
    table: "candidate",
    first_id: 119_540_880_217,
    visibility: Visibility::of(&[Owner::Column(Scope::Candidate, "id")]),
};
