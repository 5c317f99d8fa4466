//! Approvals: who has to agree before a job opens or an offer is made, and who is asked.
//!
//! A flow has groups of approvers. Each approver of a group has an approval of their own to give.

mod access;
mod decide;
mod document;
mod given;
mod leave;
mod offer;
mod read;
mod replace;
mod request;
mod reset;
mod seed;
mod state;
mod substitute;

pub(super) use decide::decide;
pub(super) use given::{is_job_approved, is_offer_approved};
pub(super) use leave::leave_flows;
pub(super) use offer::{add_offer, forget_offer};
pub(super) use reset::{reset_job, reset_offer};

use crate::access::{Owner, Scope, Visibility};
use crate::handler::{Handler, Resource};
use crate::store::{Depth, Embeds, Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&APPROVAL_FLOW, &APPROVAL],
    presentations: &[&APPROVAL_FLOW_PRESENTATION, &APPROVAL_PRESENTATION],
    operations: &[
        ("list_approval_flows", Handler::Read(read::flows_of_job)),
        ("get_approval_flow", Handler::Read(read::flow)),
        (
            "list_pending_approvals",
            Handler::Read(read::pending_of_user),
        ),
        ("replace_approval_flow", Handler::Write(replace::replace)),
        ("request_approvals", Handler::Write(request::request)),
        ("replace_approver", Handler::Write(substitute::substitute)),
    ],
    seed: seed::seed,
};

pub(super) static APPROVAL_FLOW: Kind = Kind {
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

static APPROVAL_FLOW_PRESENTATION: Presentation = Presentation {
    kind: &APPROVAL_FLOW,
    show: document::flow,
    embeds: &[Embeds {
        table: "user",
        ids: "SELECT DISTINCT flow_id FROM approval WHERE user_id = ?1",
        depth: Depth::Fields,
    }],
    redact: None,
};

/// What one user has to say in one group.
static APPROVAL: Kind = Kind {
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

static APPROVAL_PRESENTATION: Presentation = Presentation {
    kind: &APPROVAL,
    show: document::approval,
    embeds: &[Embeds {
        table: "approval_flow",
        ids: "SELECT id FROM approval WHERE flow_id = ?1",
        depth: Depth::Deep,
    }],
    redact: None,
};
