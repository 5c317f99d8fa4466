//! The application and the jobs that an entry of a feed is about, which decide who may read it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use crate::domain::access::{Actor, Audience};
use crate::domain::unique::unique;
use crate::refusal::Outcome;
use crate::store::View;

/// The application that an entry belongs to, and the jobs that its text names. An entry about neither belongs to the
/// candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct About {
    #[serde(default)]
    pub(crate) application_id: Option<i64>,
    /// None of an entry that was kept before entries knew what they are about.
    #[serde(default)]
    pub(crate) job_ids: Option<Vec<i64>>,
}

impl About {
    /// About the candidate as a person.
    pub(crate) fn candidate() -> Self {
        Self::jobs(&[])
    }

    pub(crate) fn application(id: i64) -> Self {
        Self {
            application_id: Some(id),
            ..Self::candidate()
        }
    }

    pub(crate) fn jobs(ids: &[i64]) -> Self {
        Self {
            application_id: None,
            job_ids: Some(ids.to_vec()),
        }
    }

    /// The same, with a text that names these jobs, such as by their names or those of their stages.
    pub(crate) fn naming(mut self, job_ids: &[i64]) -> Self {
        self.add_jobs(job_ids);
        self
    }

    pub(crate) fn add_jobs(&mut self, job_ids: &[i64]) {
        let known = self.job_ids.take().unwrap_or_default();
        self.job_ids = Some(unique(known.into_iter().chain(job_ids.iter().copied())));
    }

    /// What a note or a mail to a candidate is about. No request names an application, but a candidate with one only is
    /// spoken of for its sake; unless the author can't see it.
    pub(crate) fn deduced(view: &View<'_>, author: &Actor, candidate_id: i64) -> Outcome<Self> {
        let sql = "SELECT id FROM application WHERE candidate_id = ?1 LIMIT 2";
        let applications: Vec<i64> = view.column(sql, [candidate_id])?;
        let hidden = author.hidden_applications(view, candidate_id)?;
        Ok(match applications[..] {
            [id] if !hidden.contains(&id) => Self::application(id),
            _ => Self::candidate(),
        })
    }
}

fn set(ids: Vec<i64>) -> HashSet<i64> {
    ids.into_iter().collect()
}

/// What a reader of the feed of a candidate may read.
pub(crate) struct Reader {
    pub(crate) hidden_applications: HashSet<i64>,
    pub(crate) hidden_jobs: HashSet<i64>,
    pub(crate) audience: Audience,
}

impl Reader {
    /// A user who may see the candidate. Without a user, everything is read.
    pub(crate) fn of(view: &View<'_>, user: Option<&Actor>, candidate_id: i64) -> Outcome<Self> {
        Ok(match user {
            None => Self {
                hidden_applications: HashSet::new(),
                hidden_jobs: HashSet::new(),
                audience: Audience::Admins,
            },
            Some(user) => Self {
                hidden_applications: set(user.hidden_applications(view, candidate_id)?),
                hidden_jobs: set(user.hidden_jobs(view)?),
                audience: user.audience(view, candidate_id)?,
            },
        })
    }

    pub(crate) fn may_read<T: Entry>(&self, entry: &T, about: &About) -> bool {
        !self.hides(about) && self.audience.may_read(entry.visibility())
    }

    /// Whether what an entry is about is hidden from the reader. An entry that may be about anything is kept from those who
    /// may not see all applications.
    pub(crate) fn hides(&self, about: &About) -> bool {
        let hides = |id: &i64| self.hidden_applications.contains(id);
        match (&about.application_id, &about.job_ids) {
            (None, None) => !self.hidden_applications.is_empty(),
            (application_id, job_ids) => {
                application_id.as_ref().is_some_and(hides)
                    || job_ids
                        .iter()
                        .flatten()
                        .any(|id| self.hidden_jobs.contains(id))
            }
        }
    }
}
