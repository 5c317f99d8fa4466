//! Tags of interviewers. They can only be read.

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::Visibility;
use crate::domain::organization::Seed;
use crate::refusal::Outcome;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&INTERVIEWER_TAG],
    seed,
};

pub(crate) static INTERVIEWER_TAG: Kind = Kind {
    table: "interviewer_tag",
    first_id: 88_301,
    visibility: Visibility::EVERYONE,
};

/// What is known about a tag.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct InterviewerTag {
    pub(crate) name: String,
}

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    for name in ["First call", "Field skills", "Team day"] {
        let name = name.to_owned();
        seed.insert(&INTERVIEWER_TAG, &InterviewerTag { name })?;
    }
    Ok(())
}
