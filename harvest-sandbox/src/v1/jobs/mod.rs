//! Jobs.

mod access;
mod create;
mod document;
mod follow;
mod hand_over;
mod hiring_team;
mod leave;
mod place;
mod read;
mod redact;
mod seed;
mod update;

pub(super) use follow::{follow_openings, open_draft};
pub(super) use leave::leave_teams;

use serde::{Deserialize, Serialize};

use super::custom_fields::Values;
use crate::access::{Owner, Scope, Visibility};
use crate::handler::{Handler, Resource};
use crate::store::{Depth, Embeds, Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&JOB],
    presentations: &[&JOB_PRESENTATION],
    operations: &[
        ("list_jobs", Handler::Read(read::list)),
        ("get_job", Handler::Read(read::get)),
        ("create_job", Handler::Write(create::create)),
        ("update_job", Handler::Write(update::update)),
        ("get_hiring_team", Handler::Read(read::hiring_team)),
        ("replace_hiring_team", Handler::Write(hiring_team::replace)),
        ("add_hiring_team_members", Handler::Write(hiring_team::add)),
        (
            "remove_hiring_team_members",
            Handler::Write(hiring_team::remove),
        ),
    ],
    seed: seed::seed,
};

pub(super) static JOB: Kind = Kind {
    table: "job",
    first_id: 4_021_990_005,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "id")]),
};

static JOB_PRESENTATION: Presentation = Presentation {
    kind: &JOB,
    show: document::document,
    embeds: &[
        Embeds {
            table: "user",
            ids: "SELECT DISTINCT job.id FROM job, json_tree(job.state, '$.hiring_team') AS member
                  WHERE member.key = 'user_id' AND member.value = ?1",
            depth: Depth::Fields,
        },
        Embeds {
            table: "department",
            ids: "SELECT job.id FROM job, json_each(job.state, '$.department_ids') AS department
                  WHERE department.value = ?1",
            depth: Depth::Deep,
        },
        Embeds {
            table: "office",
            ids: "SELECT job.id FROM job, json_each(job.state, '$.office_ids') AS office
                  WHERE office.value = ?1",
            depth: Depth::Deep,
        },
        Embeds {
            table: "custom_field",
            ids: "SELECT job.id FROM job JOIN custom_field ON custom_field.field_type = 'job'
                  WHERE custom_field.id = ?1",
            depth: Depth::Fields,
        },
        Embeds {
            table: "job_opening",
            ids: "SELECT job_id FROM job_opening WHERE id = ?1",
            depth: Depth::Deep,
        },
    ],
    redact: Some(redact::redact),
};

/// What is known about a job.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Job {
    pub(super) name: String,
    pub(super) requisition_id: Option<String>,
    /// HTML.
    pub(super) notes: Option<String>,
    pub(super) confidential: bool,
    /// `open`, `closed` or `draft`.
    pub(super) status: String,
    pub(super) created_at: String,
    pub(super) opened_at: Option<String>,
    pub(super) closed_at: Option<String>,
    pub(super) updated_at: String,
    pub(super) is_template: bool,
    pub(super) copied_from_id: Option<i64>,
    pub(super) department_ids: Vec<i64>,
    pub(super) office_ids: Vec<i64>,
    pub(super) custom_fields: Values,
    pub(super) hiring_team: HiringTeam,
    /// This and the next two can be set, and are not shown anywhere.
    pub(super) anywhere: Option<bool>,
    pub(super) team_and_responsibilities: Option<String>,
    pub(super) how_to_sell_this_job: Option<String>,
}

/// Who hires.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct HiringTeam {
    pub(super) hiring_managers: Vec<Member>,
    pub(super) recruiters: Vec<Member>,
    pub(super) coordinators: Vec<Member>,
    pub(super) sourcers: Vec<Member>,
}

/// Someone in a hiring team.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) user_id: i64,
    /// Of recruiters and coordinators: whether new candidates are theirs.
    #[serde(default)]
    pub(super) responsible: bool,
}

impl HiringTeam {
    /// Whether a user is in it, in any role.
    pub(super) fn has(&self, user_id: i64) -> bool {
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
    fn groups(&mut self) -> [&mut Vec<Member>; 4] {
        [
            &mut self.hiring_managers,
            &mut self.recruiters,
            &mut self.coordinators,
            &mut self.sourcers,
        ]
    }

    /// The user of a list who is responsible for new candidates.
    pub(super) fn responsible(members: &[Member]) -> Option<i64> {
        let member = members.iter().find(|member| member.responsible)?;
        Some(member.user_id)
    }
}
