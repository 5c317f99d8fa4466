//! Values of which nothing is left.

use super::fields::Fields;
use crate::domain::records::custom_field::Values;
use crate::json::Value;
use crate::refusal::Outcome;
use crate::store::View;

/// Values of which nothing is left, which isn't the same as those that were never given: null for each field.
pub(crate) fn erased(view: &View<'_>, field_type: &str) -> Outcome<Values> {
    let fields = Fields::of_type(view, field_type)?;
    Ok(fields.all().map(|it| (it.id, Value::Null)).collect())
}
