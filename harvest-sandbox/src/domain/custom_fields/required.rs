//! Values that a new record can't be without.
//!
//! Only fields of jobs, openings and offers can be required. It is documented of openings that the required ones have to
//! be sent with a new one. The request that makes a job takes no custom fields, for itself or for its openings, and offers
//! are made by no request, so that nothing is refused there for what nobody could have sent. What changes a record leaves
//! alone what it doesn't name, and a record may be older than the rule: only clearing a required value is refused.

use std::collections::HashSet;

use super::state::CustomField;

/// Where a record belongs: a field can be limited to offices and departments.
pub(crate) struct Units {
    pub(crate) office_ids: HashSet<i64>,
    pub(crate) department_ids: HashSet<i64>,
}

impl Units {
    pub(crate) fn of(office_ids: &[i64], department_ids: &[i64]) -> Self {
        Self {
            office_ids: office_ids.iter().copied().collect(),
            department_ids: department_ids.iter().copied().collect(),
        }
    }
}

impl CustomField {
    /// Whether records that belong there have the field: one that is limited needs an office, and a department, in common.
    pub(crate) fn concerns(&self, units: &Units) -> bool {
        let meet = |limits: &[i64], ids: &HashSet<i64>| {
            limits.is_empty() || limits.iter().any(|limit| ids.contains(limit))
        };
        meet(&self.office_ids, &units.office_ids)
            && meet(&self.department_ids, &units.department_ids)
    }
}
