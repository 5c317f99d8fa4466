//! Values that a new record can't be without.
//!
//! Only fields of jobs, openings and offers can be required. It is documented of openings that the required ones have to
//! be sent with a new one. The request that makes a job takes no custom fields, for itself or for its openings, and offers
//! are made by no request, so that nothing is refused there for what nobody could have sent. What changes a record leaves
//! alone what it doesn't name, and a record may be older than the rule: only clearing a required value is refused.

use super::shown::of_type;
use super::{CustomField, Input, Values};
use crate::refusal::{Outcome, Problems};
use crate::store::View;

/// Where a record belongs: a field can be limited to offices and departments.
pub(in crate::v1) struct Units<'a> {
    pub(in crate::v1) office_ids: &'a [i64],
    pub(in crate::v1) department_ids: &'a [i64],
}

/// Finds the required fields of which a new record has no value, after what was sent was [applied](super::apply). Those
/// that were sent wrong have been told already. `at` is the place in the body, with a dot at its end if it is not empty.
pub(in crate::v1) fn require(
    view: &View<'_>,
    field_type: &str,
    inputs: &[Input],
    values: &Values,
    units: &Units<'_>,
    at: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    let fields = of_type(view, field_type)?;
    let required = fields
        .iter()
        .filter(|(_, field)| field.active && field.required && field.concerns(units));
    for (id, field) in required {
        let was_sent = |input: &Input| field.is_named_by(*id, input) && !field.is_blank(input);
        if !values.contains_key(id) && !inputs.iter().any(was_sent) {
            let message = format!("Missing required custom field: {}", field.name_key);
            problems.add(&format!("{at}custom_fields"), message);
        }
    }
    Ok(())
}

impl CustomField {
    /// Whether records that belong there have the field: one that is limited needs an office, and a department, in common.
    fn concerns(&self, units: &Units<'_>) -> bool {
        let meet = |limits: &[i64], ids: &[i64]| {
            limits.is_empty() || limits.iter().any(|limit| ids.contains(limit))
        };
        meet(&self.office_ids, units.office_ids) && meet(&self.department_ids, units.department_ids)
    }
}
