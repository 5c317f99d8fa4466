//! The job permissions of a new organization.

use super::future::FutureJobPermission;
use super::{FUTURE_JOB_PERMISSION, JOB_PERMISSION, JobPermission};
use crate::domain::jobs::{JOB, Job};
use crate::domain::offices::OFFICE;
use crate::domain::organization::Seed;
use crate::domain::user_roles::USER_ROLE;
use crate::refusal::Outcome;

/// Of the users who are no site admins, every second one is an admin of some jobs, and the others are interviewers: of
/// those in whose hiring teams they are, and of others. Some will be so on future jobs of an office, too.
pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let users: Vec<i64> = seed.column(
        "SELECT id FROM user WHERE NOT site_admin AND NOT disabled ORDER BY id",
        [],
    )?;
    let jobs = seed.states::<Job>(&JOB, "true ORDER BY id", [])?;
    let roles = seed.ids(&USER_ROLE)?;
    let offices = seed.ids(&OFFICE)?;
    // The last user stays without any permission.
    for (number, user_id) in users.iter().rev().skip(1).rev().enumerate() {
        let role = if number % 2 == 0 {
            roles.get(1)
        } else {
            roles.first()
        };
        let Some(user_role_id) = role.copied() else {
            continue;
        };
        let mut dice = seed.dice("job_permission", number);
        for (job_id, job) in &jobs {
            if dice.percent(40) || job.hiring_team.has(*user_id) {
                let permission = JobPermission {
                    user_id: *user_id,
                    job_id: *job_id,
                    user_role_id,
                };
                seed.insert(&JOB_PERMISSION, &permission)?;
            }
        }
        if dice.percent(50) {
            let permission = FutureJobPermission {
                user_id: *user_id,
                office_id: dice.maybe(&offices).copied(),
                department_id: None,
                user_role_id,
            };
            seed.insert(&FUTURE_JOB_PERMISSION, &permission)?;
        }
    }
    Ok(())
}
