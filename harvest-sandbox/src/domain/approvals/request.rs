//! Asking for the approvals of a flow.

use super::{APPROVAL_FLOW, Flow};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::refusal::{NotRequestable, Outcome, Refusal, Rule};
use crate::store::Edit;

/// Starts a flow in the name of the actor.
pub(crate) fn request(edit: &mut Edit<'_>, actor: &Actor, id: ClientId) -> Outcome<()> {
    let found = id.find::<Flow>(edit, actor, &APPROVAL_FLOW)?;
    let (id, mut flow) = found.ok_or(Refusal::NotFound)?;
    actor.require_job(edit, flow.job_id)?;
    let obstacle = if flow.is_decided() {
        Some(NotRequestable::Decided)
    } else if flow.requested_by_user_id.is_some() {
        Some(NotRequestable::Requested)
    } else if flow.groups.is_empty() {
        Some(NotRequestable::NoApprovers)
    } else {
        None
    };
    if let Some(obstacle) = obstacle {
        return Err(Refusal::whole(Rule::NotRequestable(obstacle)));
    }
    flow.requested_by_user_id = Some(actor.id);
    let now = stamp(edit.now());
    flow.save(edit, id, &now)
}
