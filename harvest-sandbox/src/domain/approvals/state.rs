//! The states of flows and approvals.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{APPROVAL, APPROVAL_FLOW};
use crate::refusal::Outcome;
use crate::store::Edit;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Flow {
    pub(crate) job_id: i64,
    pub(crate) offer_id: Option<i64>,
    /// The plan of the job. It is not the id of the job.
    pub(crate) hiring_plan_id: i64,
    pub(crate) sequential: bool,
    pub(crate) version: i64,
    /// `open_job`, `offer_job` or `offer_candidate`.
    pub(crate) approval_type: String,
    /// `pending`, `approved` or `rejected`.
    pub(crate) approval_status: String,
    /// None until someone asks for the approvals.
    pub(crate) requested_by_user_id: Option<i64>,
    /// In the order of their turns.
    pub(crate) groups: Vec<Group>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) id: i64,
    pub(crate) approvals_required: i64,
    pub(crate) created_at: String,
    pub(crate) resolved_at: Option<String>,
    pub(crate) approver_ids: Vec<i64>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Approval {
    pub(crate) user_id: i64,
    pub(crate) flow_id: i64,
    pub(crate) group_id: i64,
    pub(crate) created_at: String,
    pub(crate) resolved_at: Option<String>,
    pub(crate) request_sent_at: Option<String>,
}

impl Flow {
    /// Whether it is approved or rejected.
    pub(crate) fn is_decided(&self) -> bool {
        self.approval_status != "pending"
    }

    /// Whether it is the turn of a group: the approvals were asked for, and if the groups go one after the other, those
    /// before it are done.
    pub(crate) fn is_due(&self, group_id: i64) -> bool {
        let next = self.groups.iter().find(|group| group.resolved_at.is_none());
        self.requested_by_user_id.is_some()
            && self.approval_status == "pending"
            && (!self.sequential || next.is_some_and(|group| group.id == group_id))
    }

    /// A group that is added at this time, with an id of its own.
    pub(crate) fn group(
        edit: &Edit<'_>,
        required: i64,
        approver_ids: Vec<i64>,
        at: &str,
    ) -> Outcome<Group> {
        Ok(Group {
            id: edit.next_number("approver_group", 4_020_610_882)?,
            approvals_required: required,
            created_at: at.to_owned(),
            resolved_at: None,
            approver_ids,
        })
    }

    /// Takes back what approvers have said, and that they were asked. To be saved after that.
    pub(crate) fn forget_decisions(&mut self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        "pending".clone_into(&mut self.approval_status);
        for group in &mut self.groups {
            group.resolved_at = None;
        }
        for (approval_id, mut approval) in
            edit.states::<Approval>(&APPROVAL, "flow_id = ?1 ORDER BY id", [id])?
        {
            approval.resolved_at = None;
            approval.request_sent_at = None;
            edit.save(&APPROVAL, approval_id, &approval)?;
        }
        Ok(())
    }

    /// Removes it, with what its approvers have to say.
    pub(crate) fn remove(mut self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        self.groups.clear();
        self.save(edit, id, "")?;
        edit.delete(&APPROVAL_FLOW, id)
    }

    /// Keeps a flow, new or changed, and an approval for each approver of each of its groups. Those of users who no
    /// longer approve are dropped, and whose turn it is from this time on, is asked.
    pub(crate) fn save(&self, edit: &mut Edit<'_>, id: i64, at: &str) -> Outcome<()> {
        if edit.exists(&APPROVAL_FLOW, id)? {
            edit.save(&APPROVAL_FLOW, id, self)?;
        } else {
            edit.insert_as(&APPROVAL_FLOW, id, self)?;
        }
        self.keep_groups(edit, id)?;
        let groups = self.groups.iter();
        let asked = groups.flat_map(|it| it.approver_ids.iter().map(|user| (it.id, *user)));
        let asked: HashSet<(i64, i64)> = asked.collect();
        let mut known = HashSet::new();
        for (approval_id, mut approval) in
            edit.states::<Approval>(&APPROVAL, "flow_id = ?1 ORDER BY id", [id])?
        {
            let place = (approval.group_id, approval.user_id);
            if !asked.contains(&place) {
                edit.delete(&APPROVAL, approval_id)?;
                continue;
            }
            known.insert(place);
            if approval.request_sent_at.is_none() && self.is_due(approval.group_id) {
                approval.request_sent_at = Some(at.to_owned());
                edit.save(&APPROVAL, approval_id, &approval)?;
            }
        }
        for group in &self.groups {
            for user_id in &group.approver_ids {
                if known.contains(&(group.id, *user_id)) {
                    continue;
                }
                edit.insert(&APPROVAL, &self.asked(id, group, *user_id, at))?;
            }
        }
        Ok(())
    }

    /// Adds a flow of a new organization, with an approval for each approver.
    pub(super) fn add(&self, edit: &mut Edit<'_>, at: &str) -> Outcome<()> {
        let id = edit.new_id(&APPROVAL_FLOW)?;
        edit.insert_shown(&APPROVAL_FLOW, id, self)?;
        self.add_groups(edit, id)?;
        for group in &self.groups {
            for user_id in &group.approver_ids {
                let approval_id = edit.new_id(&APPROVAL)?;
                let approval = self.asked(id, group, *user_id, at);
                edit.insert_shown(&APPROVAL, approval_id, &approval)?;
            }
        }
        Ok(())
    }

    /// What an approver of a group has to say from this time on.
    fn asked(&self, id: i64, group: &Group, user_id: i64, at: &str) -> Approval {
        Approval {
            user_id,
            flow_id: id,
            group_id: group.id,
            created_at: at.to_owned(),
            resolved_at: group.resolved_at.clone(),
            request_sent_at: self.is_due(group.id).then(|| at.to_owned()),
        }
    }
}
