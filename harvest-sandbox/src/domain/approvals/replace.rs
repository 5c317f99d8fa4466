//! Saying who has to approve.

use std::collections::HashSet;

use super::{APPROVAL_FLOW, Access, Flow};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::jobs::Job;
use crate::domain::offers::Offer;
use crate::domain::unique::unique;
use crate::domain::users::UserKey;
use crate::refusal::{Outcome, Problems, Refusal, Rule};
use crate::store::{Edit, View};

/// A flow of a job, or of one offer, to be as it says.
pub(crate) struct SetFlow {
    /// `open_job`, `offer_job` or `offer_candidate`.
    pub(crate) approval_type: String,
    pub(crate) offer: Option<ClientId>,
    pub(crate) sequential: bool,
    /// Groups that are left out stay as they are.
    pub(crate) groups: Option<Vec<NewGroup>>,
}

/// Some users of whom so many have to approve.
pub(crate) struct NewGroup {
    pub(crate) approvals_required: i64,
    pub(crate) approvers: Vec<UserKey>,
}

/// Makes or changes a flow. One that has started starts over, and is due at once. Problems are at `offer`, `approval_type`,
/// `groups.0.approvals_required` and `groups.0.approvers.0`.
pub(crate) fn set_flow(
    edit: &mut Edit<'_>,
    actor: &Actor,
    job: ClientId,
    command: SetFlow,
) -> Outcome<i64> {
    let (job_id, _) = Job::seen(edit, actor, job)?;
    actor.require_job(edit, job_id)?;
    let mut problems = Problems::default();
    let mut offer_id = None;
    if let Some(named) = command.offer {
        offer_id = Offer::named(edit, actor, named, job_id)?;
        if command.approval_type != "offer_candidate" {
            problems.add("offer", Rule::OfferWithoutFlow);
        } else if offer_id.is_none() {
            problems.add("offer", Rule::OfferOfOtherJob);
        }
    }
    let known = if command.offer.is_some() && offer_id.is_none() {
        None
    } else {
        find(edit, job_id, &command.approval_type, offer_id)?
    };
    if known.as_ref().is_some_and(|(_, flow)| flow.is_decided()) {
        problems.add("approval_type", Rule::DecidedFlow);
    }
    let groups = command.groups.as_deref();
    let groups = groups.map(|groups| check(edit, job_id, groups, &mut problems));
    let groups = groups.transpose()?;
    problems.check()?;
    let now = stamp(edit.now());
    let (id, mut flow) = match known {
        Some((id, flow)) => (id, flow),
        None => (
            edit.new_id(&APPROVAL_FLOW)?,
            Flow {
                job_id,
                offer_id,
                hiring_plan_id: hiring_plan(edit, job_id)?,
                approval_type: command.approval_type,
                approval_status: "pending".to_owned(),
                ..Flow::default()
            },
        ),
    };
    flow.sequential = command.sequential;
    flow.start_over(edit, id, groups, &now)?;
    Ok(id)
}

/// Changes a flow that is not decided: whether its groups go one after the other, or the groups. It starts over. Problems are
/// at `groups.0.approvals_required` and `groups.0.approvers.0`.
pub(crate) fn change_flow(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    sequential: Option<bool>,
    groups: Option<&[NewGroup]>,
) -> Outcome<i64> {
    let found = id.find::<Flow>(edit, actor, &APPROVAL_FLOW)?;
    let (id, mut flow) = found.ok_or(Refusal::NotFound)?;
    actor.require_job(edit, flow.job_id)?;
    if flow.is_decided() {
        return Err(Refusal::whole(Rule::DecidedFlow));
    }
    let mut problems = Problems::default();
    let groups = groups.map(|groups| check(edit, flow.job_id, groups, &mut problems));
    let groups = groups.transpose()?;
    problems.check()?;
    flow.sequential = sequential.unwrap_or(flow.sequential);
    let now = stamp(edit.now());
    flow.start_over(edit, id, groups, &now)?;
    Ok(id)
}

/// How many have to approve, and who can.
type Checked = (i64, Vec<i64>);

/// The groups with the ids of users. Who is in several is only asked in the first of them.
fn check(
    view: &View<'_>,
    job_id: i64,
    new: &[NewGroup],
    problems: &mut Problems,
) -> Outcome<Vec<Checked>> {
    let mut groups: Vec<Checked> = Vec::new();
    let mut asked = HashSet::new();
    let mut access = Access::of(job_id);
    for (place, group) in new.iter().enumerate() {
        let at = format!("groups.{place}");
        let (mut approvers, missing) =
            approvers(view, &mut access, &at, &group.approvers, problems)?;
        let most = approvers.len() + missing;
        if usize::try_from(group.approvals_required).is_ok_and(|wanted| wanted > most) {
            problems.add(&format!("{at}.approvals_required"), Rule::TooFewApprovers);
        }
        approvers.retain(|id| asked.insert(*id));
        if !approvers.is_empty() {
            groups.push((group.approvals_required, approvers));
        }
    }
    Ok(groups)
}

impl Flow {
    /// Takes back what was decided, with other groups if there are any, and asks whose turn it is.
    fn start_over(
        mut self,
        edit: &mut Edit<'_>,
        id: i64,
        groups: Option<Vec<Checked>>,
        now: &str,
    ) -> Outcome<()> {
        self.version += 1;
        if let Some(groups) = groups {
            self.regroup(edit, groups, now)?;
        }
        self.forget_decisions(edit, id)?;
        self.save(edit, id, now)
    }

    /// Those that are in the same place stay the same groups, with others in them.
    fn regroup(&mut self, edit: &Edit<'_>, new: Vec<Checked>, now: &str) -> Outcome<()> {
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

/// Their ids, each once, and how many there are not. Users who are disabled can't approve, nor can those who don't see the
/// job.
fn approvers(
    view: &View<'_>,
    access: &mut Access,
    at: &str,
    keys: &[UserKey],
    problems: &mut Problems,
) -> Outcome<(Vec<i64>, usize)> {
    let mut ids = Vec::new();
    let mut missing = 0;
    for (place, key) in keys.iter().enumerate() {
        let at = format!("{at}.approvers.{place}");
        let Some(id) = key.require(view, &at, problems)? else {
            missing += 1;
            continue;
        };
        if !access.has(view, id)? {
            problems.add(&at, Rule::NoAccess);
        }
        ids.push(id);
    }
    Ok((unique(ids), missing))
}

/// The plan of a job, which all of its flows share.
pub(crate) fn hiring_plan(edit: &Edit<'_>, job_id: i64) -> Outcome<i64> {
    let sql = "SELECT state ->> 'hiring_plan_id' FROM approval_flow WHERE job_id = ?1 LIMIT 1";
    match edit.value(sql, [job_id])? {
        Some(id) => Ok(id),
        None => edit.next_number("hiring_plan", 73_390),
    }
}
