//! The stages of the jobs of a new organization.

use super::super::jobs::{JOB, Job};
use super::{JOB_STAGE, JobStage};
use crate::organization::Seed;
use crate::refusal::Outcome;

const NAMES: [&str; 5] = [
    "Application Review",
    "Telephone Interview",
    "Take Home Test",
    "Face to Face",
    "Offer",
];

pub(super) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    for (job_id, job) in seed.states::<Job>(&JOB, "true ORDER BY id", [])? {
        for (priority, name) in (0..).zip(NAMES) {
            let stage = JobStage {
                name: name.to_owned(),
                created_at: job.created_at.clone(),
                updated_at: job.created_at.clone(),
                active: true,
                job_id,
                priority,
            };
            seed.insert(&JOB_STAGE, &stage)?;
        }
    }
    Ok(())
}
