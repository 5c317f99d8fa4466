//! Members of hiring teams, as records of their own.

use serde::{Deserialize, Serialize};

use super::{HiringTeam, JOB, Job, Member};
use crate::domain::access::{self, ClientId, Scope, Visibility};
use crate::domain::parts::{self, Owner};
use crate::refusal::{Outcome, Refusal};
use crate::store::{Edit, Kind, View};

const OF_JOB: Visibility = Visibility::of(&[access::Owner::Column(Scope::Job, "job_id")]);

pub(crate) static JOB_HIRING_MANAGER: Kind = Kind {
    table: "job_hiring_manager",
    first_id: 4_051_770_001,
    visibility: OF_JOB,
};

/// A recruiter, coordinator or sourcer.
pub(crate) static JOB_OWNER: Kind = Kind {
    table: "job_owner",
    first_id: 4_052_880_001,
    visibility: OF_JOB,
};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TeamMember {
    pub(crate) job_id: i64,
    pub(crate) user_id: i64,
    /// `hiring_manager`, `recruiter`, `coordinator` or `sourcer`.
    pub(crate) r#type: String,
    pub(crate) responsible: bool,
}

/// The record of a user in a hiring team, or 404.
pub(crate) fn member_of(
    view: &View<'_>,
    kind: &Kind,
    job: ClientId,
    user_id: i64,
    of: &str,
) -> Outcome<i64> {
    let table = kind.table;
    let sql = format!(
        "SELECT id FROM {table} WHERE job_id = CAST(?1 AS INTEGER) AND user_id = ?2 AND type = ?3"
    );
    let found = view.value(&sql, (job.to_string(), user_id, of))?;
    found.ok_or(Refusal::NotFound)
}

impl HiringTeam {
    fn listed(&self, job_id: i64) -> (Vec<TeamMember>, Vec<TeamMember>) {
        let list = |of: &str, members: &[Member]| -> Vec<TeamMember> {
            let members = members.iter().map(|member| TeamMember {
                job_id,
                user_id: member.user_id,
                r#type: of.to_owned(),
                responsible: member.responsible,
            });
            members.collect()
        };
        let owners = [
            ("recruiter", &self.recruiters),
            ("coordinator", &self.coordinators),
            ("sourcer", &self.sourcers),
        ];
        let owners = owners.into_iter().flat_map(|(of, it)| list(of, it));
        (
            list("hiring_manager", &self.hiring_managers),
            owners.collect(),
        )
    }
}

impl Job {
    /// Adds a job.
    pub(crate) fn insert(&self, edit: &mut Edit<'_>) -> Outcome<i64> {
        let id = edit.insert(&JOB, self)?;
        self.keep_members(edit, id)?;
        Ok(id)
    }

    /// Keeps a job that was changed.
    pub(crate) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        let before: Option<Job> = edit.find(&JOB, id)?;
        edit.save(&JOB, id, self)?;
        // There can be thousands, and most changes are of something else.
        if before.is_some_and(|before| before.hiring_team == self.hiring_team) {
            return Ok(());
        }
        self.keep_members(edit, id)
    }

    /// Keeps what is listed apart from the job, after a change.
    pub(crate) fn keep_members(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        let owner = Owner {
            column: "job_id",
            id,
        };
        let (managers, owners) = self.hiring_team.listed(id);
        let identity = ["user_id", "type"];
        parts::keep_numbered(edit, &JOB_HIRING_MANAGER, owner, &identity, &managers)?;
        parts::keep_numbered(edit, &JOB_OWNER, owner, &identity, &owners)
    }
}
