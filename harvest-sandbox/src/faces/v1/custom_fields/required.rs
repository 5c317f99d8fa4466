//! Values that a new record must have, checked in a body.

use std::collections::HashSet;

use super::apply::Input;
use crate::domain::custom_fields::{Fields, Units, Values};
use crate::http::refusal::Outcome;
use crate::refusal::Problems;
use crate::store::View;

/// Finds the required fields of which a new record has no value, after what was sent was [applied](super::apply). Those
/// that were sent wrong have been told already. `at` is the place in the body, with a dot at its end if it is not empty.
pub(in crate::faces::v1) fn require(
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
        let field = fields.named_by(input.id, input.name_key.as_deref())?;
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
