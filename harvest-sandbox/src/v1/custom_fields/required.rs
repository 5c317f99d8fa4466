//! Values that a new record can't be without.
//!
//! Only fields of jobs, openings and offers can be required. It is documented of openings that the required ones have to
//! be sent with a new one. The request that makes a job takes no custom fields, for itself or for its openings, and offers
//! are made by no request, so that nothing is refused there for what nobody could have sent. What changes a record leaves
//! alone what it doesn't name, and a record may be older than the rule: only clearing a required value is refused.

use std::collections::HashSet;

use super::fields::Fields;
use super::{CustomField, Input, Values};
use crate::refusal::{Outcome, Problems};
use crate::store::View;

/// Where a record belongs: a field can be limited to offices and departments.
pub(in crate::v1) struct Units {
    office_ids: HashSet<i64>,
    department_ids: HashSet<i64>,
}

impl Units {
    pub(in crate::v1) fn of(office_ids: &[i64], department_ids: &[i64]) -> Self {
        Self {
            office_ids: office_ids.iter().copied().collect(),
            department_ids: department_ids.iter().copied().collect(),
        }
    }
}

/// Finds the required fields of which a new record has no value, after what was sent was [applied](super::apply). Those
/// that were sent wrong have been told already. `at` is the place in the body, with a dot at its end if it is not empty.
pub(in crate::v1) fn require(
    view: &View<'_>,
    field_type: &str,
    inputs: &[Input],
    values: &Values,
    units: &Units,
    at: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    let fields = Fields::of_type(view, field_type)?;
    let sent = inputs.iter().filter_map(|input| {
        let field = fields.named_by(input)?;
        (!field.is_blank(input)).then_some(field.id)
    });
    let sent: HashSet<i64> = sent.collect();
    let required = fields.active().filter(|it| it.required);
    for field in required.filter(|it| it.concerns(units)) {
        if !values.contains_key(&field.id) && !sent.contains(&field.id) {
            let message = format!("Missing required custom field: {}", field.name_key);
            problems.add(&format!("{at}custom_fields"), message);
        }
    }
    Ok(())
}

impl CustomField {
    /// Whether records that belong there have the field: one that is limited needs an office, and a department, in common.
    fn concerns(&self, units: &Units) -> bool {
        let meet = |limits: &[i64], ids: &HashSet<i64>| {
            limits.is_empty() || limits.iter().any(|limit| ids.contains(limit))
        };
        meet(&self.office_ids, &units.office_ids)
            && meet(&self.department_ids, &units.department_ids)
    }
}
