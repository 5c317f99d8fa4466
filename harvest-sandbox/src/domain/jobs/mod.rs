//! Jobs.

mod access;
mod create;
mod hiring_team;
mod leave;
mod members;
mod org_units;
mod reassign;
mod seed;
mod update;

pub(crate) use crate::domain::records::job::{HiringTeam, JOB, Job, Member};
use access::grant;
pub(crate) use create::{NewJob, create};
pub(crate) use hiring_team::{Groups, NewMember, add_members, remove_members, replace_members};
pub(crate) use leave::leave_teams;
pub(crate) use members::{JOB_HIRING_MANAGER, JOB_OWNER, TeamMember, member_of};
pub(crate) use org_units::OrgUnits;
use reassign::{Role, Taken, reassign};
pub(crate) use update::{Update, update};

use crate::domain::Resource;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&JOB, &JOB_HIRING_MANAGER, &JOB_OWNER],
    seed: seed::seed,
};
