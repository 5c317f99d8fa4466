//! Taking fields out of use.

use crate::domain::custom_fields::{CUSTOM_FIELD, CustomField};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::Refusal;

/// The field and the values that records have of it stay where they are, and aren't shown any more.
pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut field): (i64, CustomField) = cx.record_in_path(&CUSTOM_FIELD, "id")?;
    cx.user.require_site_admin()?;
    if field.required {
        return Err(Refusal::whole(
            "A required field can't be deleted: make it optional first",
        ));
    }
    if field.active {
        field.active = false;
        cx.save(&CUSTOM_FIELD, id, &field)?;
    }
    // A sentence, as documented.
    let sentence = format!("Custom Field ID {id} has been deleted.");
    Ok(Reply::value(&json!({"success": sentence})))
}
