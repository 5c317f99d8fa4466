//! The offers of a new organization: some of those who got far have one, some of these in two versions.

use super::{OFFER, Offer};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::organization::{Seed, first_of_a_month_ahead};
use crate::refusal::Outcome;

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let applications: Vec<i64> = seed.column(
        "SELECT id FROM application WHERE status = 'active' AND stage_id IN
             (SELECT id FROM job_stage AS stage WHERE priority =
                 (SELECT max(priority) FROM job_stage WHERE job_id = stage.job_id))
         ORDER BY id",
        [],
    )?;
    for (number, application_id) in applications.into_iter().enumerate() {
        seed.settle_some(number)?;
        let mut dice = seed.dice("offer", number);
        let application: Application = seed.get(&APPLICATION, application_id)?;
        let first = seed.after(&application.last_activity_at, &mut dice)?;
        let second = seed.after(&first, &mut dice)?;
        let resolved = seed.after(&second, &mut dice)?;
        let starts_at = Some(first_of_a_month_ahead(&mut dice));
        let opening_id = opening(seed, &application, number)?;
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
            add(seed, &offer)?;
            version = 2;
        }
        let status = dice.pick(&["unresolved", "accepted", "rejected"]);
        let resolved = (status != "unresolved").then_some(resolved);
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
        add(seed, &offer)?;
    }
    Ok(())
}

fn add(seed: &mut Seed<'_, '_>, offer: &Offer) -> Outcome<()> {
    let id = seed.new_id(&OFFER)?;
    seed.insert_shown(&OFFER, id, offer)
}

/// One of the open openings of the application's job, if there are any.
fn opening(seed: &Seed<'_, '_>, application: &Application, number: usize) -> Outcome<Option<i64>> {
    let sql = "SELECT id FROM job_opening WHERE job_id = ?1 AND status = 'open' ORDER BY id";
    let open: Vec<i64> = seed.column(sql, [application.job_id()])?;
    Ok(seed.dice("offer_opening", number).maybe(&open).copied())
}
