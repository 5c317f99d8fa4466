//! Values that a new record can't be without.
//!
//! Only fields of jobs, openings and offers can be required. It is documented of openings that the required ones have to
//! be sent with a new one. The request that makes a job takes no custom fields, for itself or for its openings, and offers
//! are made by no request, so that nothing is refused there for what no request could have sent. What changes a record leaves
//! alone what it doesn't name, and a record may be older than the rule: only clearing a required value is refused.

use std::collections::HashSet;

use super::{Entry, Fields, Values};
use crate::domain::records::custom_field::CustomField;
use crate::refusal::{Outcome, Problems, Rule};
use crate::store::View;

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

/// Finds the required fields of which a new record has no value, after what was sent was [applied](super::apply). Those
/// that were sent wrong have a problem already. `at` is the path of the record, with a dot at its end if it is not empty.
pub(crate) fn require(
    view: &View<'_>,
    field_type: &str,
    entries: &[Entry],
    values: &Values,
    units: &Units,
    at: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    let fields = Fields::of_type(view, field_type)?;
    let sent = entries.iter().filter_map(|entry| {
        let field = fields.named_by(entry.id, entry.name_key.as_deref())?;
        (!field.is_blank(entry)).then_some(field.id)
    });
    let sent: HashSet<i64> = sent.collect();
    let required = fields.active().filter(|it| it.required);
    for field in required.filter(|it| it.concerns(units)) {
        if !values.contains_key(&field.id) && !sent.contains(&field.id) {
            let rule = Rule::MissingField(field.name_key.clone());
            problems.add(&format!("{at}custom_fields"), rule);
        }
    }
    Ok(())
}
