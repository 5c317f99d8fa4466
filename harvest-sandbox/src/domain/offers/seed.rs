//! The offers of a new organization: some of those who got far have one, some of these in two versions.

use super::{OFFER, Offer};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::organization::{Seed, days_ago};
use crate::refusal::Outcome;

/// Of the applications that got so far, so many at the most have an offer: enough for some pages.
const AT_MOST: usize = 300;

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let applications: Vec<i64> = seed.column(
        "SELECT id FROM application WHERE status = 'active' AND stage_id IN
             (SELECT id FROM job_stage AS stage WHERE priority =
                 (SELECT max(priority) FROM job_stage WHERE job_id = stage.job_id))
         ORDER BY id LIMIT ?1",
        [AT_MOST],
    )?;
    for (number, application_id) in applications.into_iter().enumerate() {
        let mut dice = seed.dice("offer", number);
        let days = 5 + dice.below(40);
        let first = days_ago(days, &mut dice);
        let second = days_ago(days - 3, &mut dice);
        let starts_at = Some(format!("2026-{:02}-01", 7 + dice.below(5)));
        let opening_id = opening(seed, application_id, number)?;
        let mut version = 1;
        if dice.percent(30) {
            let offer = Offer {
                version,
                application_id,
                opening_id,
                created_at: first.clone(),
                updated_at: second.clone(),
                starts_at: starts_at.clone(),
                status: "deprecated".to_owned(),
                ..Offer::default()
            };
            seed.insert(&OFFER, &offer)?;
            version = 2;
        }
        let status = dice.pick(&["unresolved", "accepted", "rejected"]);
        let resolved = (status != "unresolved").then(|| days_ago(1, &mut dice));
        let offer = Offer {
            version,
            application_id,
            opening_id,
            updated_at: resolved.clone().unwrap_or_else(|| second.clone()),
            sent_at: Some(second[..10].to_owned()),
            created_at: second,
            resolved_at: resolved,
            starts_at,
            status: status.to_owned(),
            ..Offer::default()
        };
        seed.insert(&OFFER, &offer)?;
    }
    Ok(())
}

/// One of the open openings of the application's job, if there are any.
fn opening(seed: &Seed<'_, '_>, application_id: i64, number: usize) -> Outcome<Option<i64>> {
    let application: Application = seed.get(&APPLICATION, application_id)?;
    let sql = "SELECT id FROM job_opening WHERE job_id = ?1 AND status = 'open' ORDER BY id";
    let open: Vec<i64> = seed.column(sql, [application.job_id()])?;
    Ok(seed.dice("offer_opening", number).maybe(&open).copied())
}
