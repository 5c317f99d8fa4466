//! The openings of the jobs of a new organization.

use super::{JOB_OPENING, JobOpening};
use crate::domain::close_reasons::CLOSE_REASON;
use crate::domain::jobs::{JOB, Job};
use crate::domain::organization::{Seed, days_ago};
use crate::refusal::Outcome;

/// Every job has one or two, open unless the job is closed; and every third job one that was closed before.
pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let reasons = seed.ids(&CLOSE_REASON)?;
    for (number, (job_id, job)) in seed
        .states::<Job>(&JOB, "true ORDER BY id", [])?
        .into_iter()
        .enumerate()
    {
        let mut dice = seed.dice("job_opening", number);
        let current = 1 + dice.below(2);
        let past = usize::from(number % 3 == 0);
        for place in 0..past + current {
            let mut opening = JobOpening {
                job_id,
                opening_id: dice
                    .percent(80)
                    .then(|| format!("{}-{}", number + 1, place + 1)),
                status: "open".to_owned(),
                opened_at: job.created_at.clone(),
                ..JobOpening::default()
            };
            if place < past || job.status == "closed" {
                let closed_at = days_ago(30 + dice.below(60), &mut dice);
                opening.close(closed_at, dice.maybe(&reasons).copied(), None);
            }
            seed.insert(&JOB_OPENING, &opening)?;
        }
    }
    Ok(())
}
