//! Educations, employments and tags of candidates, as records of their own.

use serde::{Deserialize, Serialize};

use super::{Candidate, Education, Employment};
use crate::domain::access::{self, Scope, Visibility};
use crate::domain::parts::{self, Owner};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

const OF_CANDIDATE: Visibility =
    Visibility::of(&[access::Owner::Column(Scope::Candidate, "candidate_id")]);

pub(crate) static EDUCATION: Kind = Kind {
    table: "education",
    first_id: 4_009_130_027,
    visibility: OF_CANDIDATE,
};

pub(crate) static EMPLOYMENT: Kind = Kind {
    table: "employment",
    first_id: 4_010_570_112,
    visibility: OF_CANDIDATE,
};

/// A tag on a candidate.
pub(crate) static APPLIED_TAG: Kind = Kind {
    table: "applied_tag",
    first_id: 4_032_110_001,
    visibility: OF_CANDIDATE,
};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListedEducation {
    pub(crate) candidate_id: i64,
    #[serde(flatten)]
    pub(crate) education: Education,
    /// Whether no other of the candidate began later.
    pub(crate) latest: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListedEmployment {
    pub(crate) candidate_id: i64,
    #[serde(flatten)]
    pub(crate) employment: Employment,
    /// Whether no other of the candidate began later.
    pub(crate) latest: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct AppliedTag {
    pub(crate) candidate_id: i64,
    pub(crate) tag_id: i64,
}

impl Candidate {
    fn listed_educations(&self, candidate_id: i64) -> Vec<(i64, ListedEducation)> {
        let began = |it: &Education| it.start_date.clone();
        let latest = self.educations.iter().max_by_key(|it| began(it));
        let latest = latest.map(|it| it.id);
        let list = |it: &Education| {
            let listed = ListedEducation {
                candidate_id,
                education: it.clone(),
                latest: latest == Some(it.id),
            };
            (it.id, listed)
        };
        self.educations.iter().map(list).collect()
    }

    fn listed_employments(&self, candidate_id: i64) -> Vec<(i64, ListedEmployment)> {
        let began = |it: &Employment| it.start_date.clone();
        let latest = self.employments.iter().max_by_key(|it| began(it));
        let latest = latest.map(|it| it.id);
        let list = |it: &Employment| {
            let listed = ListedEmployment {
                candidate_id,
                employment: it.clone(),
                latest: latest == Some(it.id),
            };
            (it.id, listed)
        };
        self.employments.iter().map(list).collect()
    }

    /// Keeps what is listed apart from the candidate, after a change.
    pub(crate) fn keep_parts(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        let owner = Owner {
            column: "candidate_id",
            id,
        };
        parts::keep(edit, &EDUCATION, owner, self.listed_educations(id))?;
        parts::keep(edit, &EMPLOYMENT, owner, self.listed_employments(id))?;
        parts::keep_pairs(edit, &APPLIED_TAG, owner, "tag_id", &self.tag_ids)
    }

    /// Keeps it for a candidate of a new organization, of whom nothing is listed so far.
    pub(super) fn add_parts(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        parts::add(edit, &EDUCATION, self.listed_educations(id))?;
        parts::add(edit, &EMPLOYMENT, self.listed_employments(id))?;
        let tags = self.tag_ids.iter().map(|tag_id| AppliedTag {
            candidate_id: id,
            tag_id: *tag_id,
        });
        parts::add_numbered(edit, &APPLIED_TAG, tags)
    }
}
