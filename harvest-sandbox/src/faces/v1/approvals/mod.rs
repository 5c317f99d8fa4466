//! Approvals, as v1 shows and changes them.

mod document;
mod read;
mod replace;
mod request;
mod substitute;

use crate::domain::approvals::{APPROVAL, APPROVAL_FLOW};
use crate::faces::{Handler, Resource};
use crate::store::{Depth, Embeds, Linked, Presentation};

pub(super) static RESOURCE: Resource = Resource {
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
};

static APPROVAL_FLOW_PRESENTATION: Presentation = Presentation {
    kind: &APPROVAL_FLOW,
    show: document::flow,
    embeds: &[Embeds {
        table: "user",
        ids: "SELECT DISTINCT flow_id FROM approval WHERE user_id = ?1",
        linked: Linked::ByShowing,
        depth: Depth::Fields,
    }],
    redact: None,
};

static APPROVAL_PRESENTATION: Presentation = Presentation {
    kind: &APPROVAL,
    show: document::approval,
    embeds: &[Embeds {
        table: "approval_flow",
        ids: "SELECT id FROM approval WHERE flow_id = ?1",
        linked: Linked::ByShowing,
        depth: Depth::Deep,
    }],
    redact: None,
};
