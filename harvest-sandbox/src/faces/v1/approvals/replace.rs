//! Requests that replace the approvers of a flow.

use std::collections::HashSet;

use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::approvals::{APPROVAL_FLOW, Access, Flow, hiring_plan};
use crate::domain::jobs::JOB;
use crate::domain::offers;
use crate::domain::unique::unique;
use crate::faces::Writing;
use crate::faces::v1::users::Selector;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::Problems;
use crate::store::{Edit, View};

#[derive(Deserialize)]
struct Replace {
    approval_type: String,
    offer_id: Option<ClientId>,
    sequential: bool,
    approver_groups: Option<Vec<GroupInput>>,
}

#[derive(Deserialize)]
struct GroupInput {
    approvals_required: i64,
    approvers: Vec<Selector>,
}

/// Sets a flow of a job, or of one offer. One that has started starts over, and is due at once; groups that are left out
/// stay as they are.
pub(super) fn replace(cx: &mut Writing<'_, '_>) -> Outcome {
    let job_id = cx.row_in_path(&JOB, "id")?.id;
    cx.user.require_job(cx, job_id)?;
    let body: Replace = cx.call.body()?;
    let mut problems = Problems::default();
    let mut offer_id = None;
    if let Some(named) = body.offer_id {
        offer_id = offers::named(cx, &cx.user, named, job_id)?;
        if body.approval_type != "offer_candidate" {
            problems.add("offer_id", "Only goes with the type offer_candidate");
        } else if offer_id.is_none() {
            problems.add("offer_id", "Is no offer on this job");
        }
    }
    let known = if body.offer_id.is_some() && offer_id.is_none() {
        None
    } else {
        find(cx, job_id, &body.approval_type, offer_id)?
    };
    if known
        .as_ref()
        .is_some_and(|(_, flow)| flow.approval_status != "pending")
    {
        let message = "A flow that is approved or rejected can't be changed";
        problems.add("approval_type", message);
    }
    let groups = groups(cx, job_id, body.approver_groups, &mut problems)?;
    problems.check()?;
    let now = cx.stamp();
    let (id, mut flow) = match known {
        Some((id, flow)) => (id, flow),
        None => (
            cx.new_id(&APPROVAL_FLOW)?,
            Flow {
                job_id,
                offer_id,
                hiring_plan_id: hiring_plan(cx, job_id)?,
                approval_type: body.approval_type,
                approval_status: "pending".to_owned(),
                ..Flow::default()
            },
        ),
    };
    flow.sequential = body.sequential;
    flow.version += 1;
    if let Some(groups) = groups {
        flow.regroup(cx, groups, &now)?;
    }
    flow.forget_decisions(cx, id)?;
    flow.save(cx, id, &now)?;
    Ok(Reply::value(
        &json!({"success": true, "approval_flow_id": id}),
    ))
}

/// How many have to approve, and who can.
type NewGroup = (i64, Vec<i64>);

/// The groups that were sent, if any were. Who is in several is only asked in the first of them.
fn groups(
    view: &View<'_>,
    job_id: i64,
    inputs: Option<Vec<GroupInput>>,
    problems: &mut Problems,
) -> Outcome<Option<Vec<NewGroup>>> {
    let Some(inputs) = inputs else {
        return Ok(None);
    };
    let mut groups: Vec<NewGroup> = Vec::new();
    let mut asked = HashSet::new();
    let mut access = Access::of(job_id);
    for (place, input) in inputs.iter().enumerate() {
        let at = format!("approver_groups.{place}");
        let mut approvers = approvers(view, &mut access, &at, &input.approvers, problems)?;
        if usize::try_from(input.approvals_required).is_ok_and(|wanted| wanted > approvers.len()) {
            let message = "Must not be more than there are approvers";
            problems.add(&format!("{at}.approvals_required"), message);
        }
        approvers.retain(|id| asked.insert(*id));
        if !approvers.is_empty() {
            groups.push((input.approvals_required, approvers));
        }
    }
    Ok(Some(groups))
}

impl Flow {
    /// Those that are in the same place stay the same groups, with others in them.
    fn regroup(&mut self, edit: &Edit<'_>, new: Vec<NewGroup>, now: &str) -> Outcome<()> {
        self.groups.truncate(new.len());
        for (place, (required, approvers)) in new.into_iter().enumerate() {
            match self.groups.get_mut(place) {
                Some(group) => {
                    group.approvals_required = required;
                    group.approver_ids = approvers;
                }
                None => self
                    .groups
                    .push(Flow::group(edit, required, approvers, now)?),
            }
        }
        Ok(())
    }
}

fn find(
    view: &View<'_>,
    job_id: i64,
    approval_type: &str,
    offer_id: Option<i64>,
) -> Outcome<Option<(i64, Flow)>> {
    let condition = "job_id = ?1 AND approval_type = ?2 AND offer_id IS ?3 ORDER BY id LIMIT 1";
    let parameters = (job_id, approval_type, offer_id);
    Ok(view.states(&APPROVAL_FLOW, condition, parameters)?.pop())
}

/// Their ids, each once. Users who are disabled can't approve, nor can those who don't see the job.
fn approvers(
    view: &View<'_>,
    access: &mut Access,
    at: &str,
    selectors: &[Selector],
    problems: &mut Problems,
) -> Outcome<Vec<i64>> {
    let mut ids = Vec::new();
    for (place, selector) in selectors.iter().enumerate() {
        let at = format!("{at}.approvers.{place}");
        let id = selector.find(view, &at)?;
        if !access.has(view, id)? {
            problems.add(&at, "Has to be an active user with access to the job");
        }
        ids.push(id);
    }
    Ok(unique(ids))
}
