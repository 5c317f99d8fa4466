//! Answers to the questions of the U.S. Equal Employment Opportunity Commission, which can only be read.

mod seed;

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&EEOC],
    seed: seed::seed,
};

/// Kept under the id of the application, so that `first_id` is never used.
pub(crate) static EEOC: Kind = Kind {
    table: "eeoc",
    first_id: 0,
    visibility: Visibility::of(&[Owner::Column(Scope::Application, "id")]),
};

/// The answers by number, in the order of the lists below; the first is 1.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Eeoc {
    pub(crate) race: Option<usize>,
    pub(crate) gender: Option<usize>,
    pub(crate) veteran_status: Option<usize>,
    pub(crate) disability_status: Option<usize>,
    pub(crate) submitted_at: String,
}

/// Fixed everywhere.
pub(crate) const RACES: [&str; 8] = [
    "American Indian or Alaskan Native",
    "Asian",
    "Black or African American",
    "Hispanic or Latino",
    "White",
    "Native Hawaiian or Other Pacific Islander",
    "Two or More Races",
    "Decline To Self Identify",
];

pub(crate) const GENDERS: [&str; 3] = ["Male", "Female", "Decline To Self Identify"];

pub(crate) const VETERAN_STATUSES: [&str; 3] = [
    "I am not a protected veteran",
    "I identify as one or more of the classifications of a protected veteran",
    "I don't wish to answer",
];

pub(crate) const DISABILITY_STATUSES: [&str; 3] = [
    "Yes, I have a disability, or have a history/record of having a disability",
    "No, I don’t have a disability, or a history/record of having a disability",
    "I don't wish to answer",
];
