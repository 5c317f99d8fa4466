//! Groups of approvers, as records of their own.

use serde::{Deserialize, Serialize};

use super::Flow;
use crate::domain::access::{self, Scope, Visibility};
use crate::domain::parts::{self, Owner};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

pub(crate) static APPROVER_GROUP: Kind = Kind {
    table: "approver_group",
    first_id: 4_020_610_882,
    visibility: Visibility::of(&[
        access::Owner::Query(
            Scope::Job,
            "SELECT flow.job_id FROM approval_flow AS flow
             WHERE flow.id = approver_group.approval_flow_id",
        ),
        access::Owner::Query(
            Scope::Application,
            "SELECT offer.application_id FROM approval_flow AS flow
             JOIN offer ON offer.id = flow.offer_id
             WHERE flow.id = approver_group.approval_flow_id",
        ),
    ]),
};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListedGroup {
    pub(crate) approval_flow_id: i64,
    pub(crate) approvals_required: i64,
    pub(crate) resolved_at: Option<String>,
    /// Its turn, from 0.
    pub(crate) place: i64,
}

impl Flow {
    /// Keeps what is listed apart from the flow, after a change.
    pub(crate) fn keep_groups(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        let owner = Owner {
            column: "approval_flow_id",
            id,
        };
        parts::keep(edit, &APPROVER_GROUP, owner, self.listed_groups(id))
    }

    /// Keeps it for a flow of a new organization, of which nothing is listed so far.
    pub(super) fn add_groups(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        parts::add(edit, &APPROVER_GROUP, self.listed_groups(id))
    }

    fn listed_groups(&self, id: i64) -> Vec<(i64, ListedGroup)> {
        let groups = (0..).zip(&self.groups).map(|(place, group)| {
            let listed = ListedGroup {
                approval_flow_id: id,
                approvals_required: group.approvals_required,
                resolved_at: group.resolved_at.clone(),
                place,
            };
            (group.id, listed)
        });
        groups.collect()
    }
}
