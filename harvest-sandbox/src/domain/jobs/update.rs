//! Changing a job.

use super::Job;
use crate::domain::custom_fields;
use crate::refusal::Outcome;
use crate::store::View;

impl Job {
    /// Whether it differs in what was approved: few fields count, and those custom fields of which it is said.
    pub(crate) fn needs_approval_again(&self, view: &View<'_>, before: &Self) -> Outcome<bool> {
        let (old, new) = (&before.custom_fields, &self.custom_fields);
        Ok(self.requisition_id != before.requisition_id
            || self.department_ids != before.department_ids
            || custom_fields::changed(view, old, new, |field| field.require_approval)?)
    }
}
