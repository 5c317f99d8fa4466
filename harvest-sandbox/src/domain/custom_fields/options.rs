//! The options of fields of which one is chosen, or some.

use crate::refusal::Outcome;
use crate::store::Edit;

/// The id for a new option.
pub(crate) fn next_option_id(edit: &Edit<'_>) -> Outcome<i64> {
    edit.next_number("custom_field_option", 51_840_011)
}
