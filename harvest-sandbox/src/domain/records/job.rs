//! Jobs.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::custom_field::Values;
use crate::domain::access::{Actor, ClientId, Owner, Scope, Visibility};
use crate::refusal::{Outcome, Refusal};
use crate::store::{Kind, View};

pub(crate) static JOB: Kind = Kind {
    table: "job",
    first_id: 4_021_990_005,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "id")]),
};

/// What is known about a job.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Job {
    pub(crate) name: String,
    pub(crate) requisition_id: Option<String>,
    /// HTML.
    pub(crate) notes: Option<String>,
    pub(crate) confidential: bool,
    /// `open`, `closed` or `draft`.
    pub(crate) status: String,
    pub(crate) created_at: String,
    pub(crate) opened_at: Option<String>,
    pub(crate) closed_at: Option<String>,
    pub(crate) updated_at: String,
    pub(crate) is_template: bool,
    pub(crate) copied_from_id: Option<i64>,
    pub(crate) department_ids: Vec<i64>,
    pub(crate) office_ids: Vec<i64>,
    pub(crate) custom_fields: Values,
    pub(crate) hiring_team: HiringTeam,
    /// This and the next two can be set, and are not shown anywhere.
    pub(crate) anywhere: Option<bool>,
    pub(crate) team_and_responsibilities: Option<String>,
    pub(crate) how_to_sell_this_job: Option<String>,
}

/// Who hires.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct HiringTeam {
    pub(crate) hiring_managers: Vec<Member>,
    pub(crate) recruiters: Vec<Member>,
    pub(crate) coordinators: Vec<Member>,
    pub(crate) sourcers: Vec<Member>,
}

/// Someone in a hiring team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) user_id: i64,
    /// Of recruiters and coordinators: whether new candidates are theirs.
    #[serde(default)]
    pub(crate) responsible: bool,
}

impl Job {
    /// A job that the actor may see, or 404.
    pub(crate) fn seen(view: &View<'_>, actor: &Actor, id: ClientId) -> Outcome<(i64, Rc<Self>)> {
        Self::find_seen(view, actor, id)?.ok_or(Refusal::NotFound)
    }

    /// The same, if there is one.
    pub(crate) fn find_seen(
        view: &View<'_>,
        actor: &Actor,
        id: ClientId,
    ) -> Outcome<Option<(i64, Rc<Self>)>> {
        let Some(id) = id.seen_by(view, Some(actor), &JOB)? else {
            return Ok(None);
        };
        Ok(view.shared(&JOB, id)?.map(|job| (id, job)))
    }
}

impl HiringTeam {
    /// Whether a user is in it, in any role.
    pub(crate) fn has(&self, user_id: i64) -> bool {
        [
            &self.hiring_managers,
            &self.recruiters,
            &self.coordinators,
            &self.sourcers,
        ]
        .into_iter()
        .flatten()
        .any(|member| member.user_id == user_id)
    }

    /// The members by role, to be changed.
    pub(crate) fn groups(&mut self) -> [&mut Vec<Member>; 4] {
        [
            &mut self.hiring_managers,
            &mut self.recruiters,
            &mut self.coordinators,
            &mut self.sourcers,
        ]
    }

    /// The user of a list who is responsible for new candidates.
    pub(crate) fn responsible(members: &[Member]) -> Option<i64> {
        let member = members.iter().find(|member| member.responsible)?;
        Some(member.user_id)
    }
}
