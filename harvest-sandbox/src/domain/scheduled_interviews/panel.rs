//! Those who hold interviews, as records of their own.

use serde::{Deserialize, Serialize};

use super::{JOB_OF_STEP, OF_STEP, SCHEDULED_INTERVIEW, ScheduledInterview};
use crate::domain::access::{self, Hop, Scope, Visibility};
use crate::domain::parts::{self, Owner};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

pub(crate) static INTERVIEWER: Kind = Kind {
    table: "interviewer",
    first_id: 7_700_981_001,
    visibility: Visibility::of(&[
        access::Owner::Way(Scope::Application, &[OF_INTERVIEW], "application_id"),
        access::Owner::Way(Scope::Job, &[OF_INTERVIEW, OF_STEP], JOB_OF_STEP),
    ]),
};

/// The way to the interview, by a column of the table.
pub(crate) const OF_INTERVIEW: Hop = ("interview_id", "scheduled_interview");

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListedInterviewer {
    pub(crate) interview_id: i64,
    pub(crate) user_id: i64,
    pub(crate) response_status: String,
}

impl ScheduledInterview {
    /// Adds an interview.
    pub(crate) fn insert(&self, edit: &mut Edit<'_>) -> Outcome<i64> {
        let id = edit.insert(&SCHEDULED_INTERVIEW, self)?;
        self.keep_panel(edit, id)?;
        Ok(id)
    }

    /// Adds an interview of a new organization.
    pub(super) fn add(&self, edit: &mut Edit<'_>) -> Outcome<()> {
        let id = edit.new_id(&SCHEDULED_INTERVIEW)?;
        edit.insert_shown(&SCHEDULED_INTERVIEW, id, self)?;
        parts::add_numbered(edit, &INTERVIEWER, self.listed_panel(id))
    }

    /// Keeps an interview that was changed.
    pub(super) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        edit.save(&SCHEDULED_INTERVIEW, id, self)?;
        self.keep_panel(edit, id)
    }

    /// Keeps what is listed apart from the interview, after a change.
    pub(crate) fn keep_panel(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        keep(edit, id, &self.listed_panel(id))
    }

    fn listed_panel(&self, id: i64) -> Vec<ListedInterviewer> {
        let panel = self.interviewers.iter().map(|one| ListedInterviewer {
            interview_id: id,
            user_id: one.user_id,
            response_status: one.response_status.clone(),
        });
        panel.collect()
    }
}

/// Removes an interview.
pub(super) fn remove(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    keep(edit, id, &[])?;
    edit.delete(&SCHEDULED_INTERVIEW, id)
}

fn keep(edit: &mut Edit<'_>, id: i64, panel: &[ListedInterviewer]) -> Outcome<()> {
    let owner = Owner {
        column: "interview_id",
        id,
    };
    parts::keep_numbered(edit, &INTERVIEWER, owner, &["user_id"], panel)
}
