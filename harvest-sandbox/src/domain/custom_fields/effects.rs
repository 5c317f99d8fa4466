//! Consequences of changed values.

use super::CUSTOM_FIELD;
use crate::domain::records::custom_field::{CustomField, Values};
use crate::refusal::Outcome;
use crate::store::View;

/// Whether a field of this sort has another value than before.
pub(crate) fn changed(
    view: &View<'_>,
    before: &Values,
    after: &Values,
    sort: fn(&CustomField) -> bool,
) -> Outcome<bool> {
    for id in before.keys().chain(after.keys()) {
        // One that was erased is there as null.
        let [old, new] = [before, after].map(|values| values.get(id).filter(|it| !it.is_null()));
        if old != new
            && let Some(field) = view.find::<CustomField>(&CUSTOM_FIELD, *id)?
            && sort(&field)
        {
            return Ok(true);
        }
    }
    Ok(false)
}
