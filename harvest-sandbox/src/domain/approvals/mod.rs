//! Approvals: who has to agree before a job opens or an offer is made, and who is asked.
//!
//! A flow has groups of approvers. Each approver of a group has an approval of their own to give.

mod access;
mod answer;
mod groups;
mod leave;
mod offer;
mod replace;
mod replace_approver;
mod request;
mod reset;
mod resolve;
mod seed;
mod state;
mod status;

pub(crate) use access::{Access, has_access};
#[cfg(feature = "dev-center")]
pub(crate) use answer::answer;
pub(crate) use groups::{APPROVER_GROUP, ListedGroup};
pub(crate) use leave::leave_flows;
#[cfg(feature = "dev-center")]
pub(crate) use offer::of_offer;
pub(crate) use offer::{add_offer, forget_offer};
pub(crate) use replace::{NewGroup, SetFlow, change_flow, set_flow};
pub(crate) use replace_approver::{Substitute, substitute};
pub(crate) use request::request;
pub(crate) use reset::{reset_job, reset_offer};
pub(crate) use resolve::{Decision, decide};
pub(crate) use state::{Approval, Flow, Group};
pub(crate) use status::{is_job_approved, is_offer_approved};

use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&APPROVAL_FLOW, &APPROVAL, &APPROVER_GROUP],
    seed: seed::seed,
};

pub(crate) static APPROVAL_FLOW: Kind = Kind {
    table: "approval_flow",
    first_id: 510_377,
    visibility: Visibility::of(&[
        Owner::Column(Scope::Job, "job_id"),
        Owner::Query(
            Scope::Application,
            "SELECT offer.application_id FROM offer WHERE offer.id = approval_flow.offer_id",
        ),
    ]),
};

/// What one user has to say in one group.
pub(crate) static APPROVAL: Kind = Kind {
    table: "approval",
    first_id: 4_020_615_031,
    visibility: Visibility::of(&[
        Owner::Query(
            Scope::Job,
            "SELECT flow.job_id FROM approval_flow AS flow WHERE flow.id = approval.flow_id",
        ),
        Owner::Query(
            Scope::Application,
            "SELECT offer.application_id FROM approval_flow AS flow
             JOIN offer ON offer.id = flow.offer_id WHERE flow.id = approval.flow_id",
        ),
    ]),
};
