//! The flows of offers. A job has one for all who are offered it, and each offer gets its own after that one.

use super::APPROVAL_FLOW;
use super::state::Flow;
use crate::clock::stamp;
use crate::refusal::Outcome;
use crate::store::{Edit, View};

/// The flow of an offer, if it needs approvals.
pub(crate) fn of_offer(view: &View<'_>, offer_id: i64) -> Outcome<Option<(i64, Flow)>> {
    let condition = "offer_id = ?1 ORDER BY id LIMIT 1";
    Ok(view.states(&APPROVAL_FLOW, condition, [offer_id])?.pop())
}

/// An offer was made on a job, or another version of one: it needs the approvals of the version before, or else those that
/// offers on this job need, and no user has asked for them so far.
pub(crate) fn add_offer(
    edit: &mut Edit<'_>,
    offer_id: i64,
    before: Option<i64>,
    job_id: i64,
) -> Outcome<()> {
    let of_before = match before {
        Some(before) => of_offer(edit, before)?,
        None => None,
    };
    let model = match of_before {
        Some(known) => Some(known),
        None => of_job(edit, job_id)?,
    };
    let Some((_, model)) = model else {
        return Ok(());
    };
    let now = stamp(edit.now());
    let mut flow = Flow {
        offer_id: Some(offer_id),
        version: 1,
        approval_status: "pending".to_owned(),
        requested_by_user_id: None,
        groups: Vec::new(),
        ..model
    };
    for group in model.groups {
        let group = Flow::group(edit, group.approvals_required, group.approver_ids, &now)?;
        flow.groups.push(group);
    }
    let id = edit.new_id(&APPROVAL_FLOW)?;
    flow.save(edit, id, &now)
}

fn of_job(view: &View<'_>, job_id: i64) -> Outcome<Option<(i64, Flow)>> {
    let condition = "job_id = ?1 AND approval_type = 'offer_candidate' AND offer_id IS NULL
                     ORDER BY id LIMIT 1";
    Ok(view.states(&APPROVAL_FLOW, condition, [job_id])?.pop())
}

/// An offer is deleted, or leaves its job: no user has to approve it there any more.
pub(crate) fn forget_offer(edit: &mut Edit<'_>, offer_id: i64) -> Outcome<()> {
    if let Some((id, flow)) = of_offer(edit, offer_id)? {
        flow.remove(edit, id)?;
    }
    Ok(())
}
