//! The approval flows of a new organization.

use super::replace::hiring_plan;
use super::state::Flow;
use crate::domain::jobs::{JOB, Job};
use crate::domain::organization::Seed;
use crate::refusal::Outcome;

/// That a job may open was approved by one of the site admins, but for drafts: two site admins have yet to approve them,
/// one after the other. On every third job, offers need an approval, for which no user has asked so far on every other of
/// these. On some, each offer
/// needs one of its own, and those that there are were approved when they were made.
pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let admins: Vec<i64> = seed.column(
        "SELECT id FROM user WHERE site_admin AND NOT disabled ORDER BY id LIMIT 3",
        [],
    )?;
    for (number, (job_id, job)) in seed
        .states::<Job>(&JOB, "true ORDER BY id", [])?
        .into_iter()
        .enumerate()
    {
        let flow = Flow {
            job_id,
            hiring_plan_id: hiring_plan(seed, job_id)?,
            sequential: true,
            version: 1,
            approval_status: "pending".to_owned(),
            ..Flow::default()
        };
        let at = &job.created_at;
        let pending = job.status == "draft";
        let to_open = Flow {
            approval_type: "open_job".to_owned(),
            approval_status: if pending { "pending" } else { "approved" }.to_owned(),
            requested_by_user_id: admins.first().copied(),
            ..flow.clone()
        };
        let wanted = if pending { 2 } else { 1 };
        let one_each = admins.iter().rev().take(wanted).map(|id| vec![*id]);
        add(seed, to_open, one_each.collect(), at)?;
        if number % 3 == 0 {
            let pending = number % 6 == 3;
            let to_offer = Flow {
                approval_type: "offer_job".to_owned(),
                approval_status: if pending { "pending" } else { "approved" }.to_owned(),
                requested_by_user_id: admins.first().copied().filter(|_| !pending),
                ..flow.clone()
            };
            add(seed, to_offer, vec![admins.clone()], at)?;
        }
        if number % 4 == 1 {
            let of_each = Flow {
                approval_type: "offer_candidate".to_owned(),
                ..flow
            };
            approve_offers(seed, &of_each, &admins)?;
            add(seed, of_each, vec![admins.clone()], at)?;
        }
    }
    Ok(())
}

/// Gives every offer on a job that counts now a flow like that of the job.
fn approve_offers(seed: &mut Seed<'_, '_>, of_job: &Flow, admins: &[i64]) -> Outcome<()> {
    let sql = "SELECT offer.id FROM offer JOIN application_job USING (application_id)
               WHERE job_id = ?1 AND status <> 'deprecated' ORDER BY offer.id";
    let offers: Vec<i64> = seed.column(sql, [of_job.job_id])?;
    for (number, offer_id) in offers.into_iter().enumerate() {
        seed.settle_some(number)?;
        let made_at: Option<String> =
            seed.value("SELECT created_at FROM offer WHERE id = ?1", [offer_id])?;
        let flow = Flow {
            offer_id: Some(offer_id),
            approval_status: "approved".to_owned(),
            requested_by_user_id: admins.first().copied(),
            ..of_job.clone()
        };
        add(
            seed,
            flow,
            vec![admins.to_vec()],
            &made_at.unwrap_or_default(),
        )?;
    }
    Ok(())
}

/// Adds a flow whose groups need one approval each, which was given if the flow is approved.
fn add(seed: &mut Seed<'_, '_>, mut flow: Flow, groups: Vec<Vec<i64>>, at: &str) -> Outcome<()> {
    for approvers in groups {
        let mut group = Flow::group(seed, 1, approvers, at)?;
        group.resolved_at = (flow.approval_status == "approved").then(|| at.to_owned());
        flow.groups.push(group);
    }
    flow.add(seed, at)
}
