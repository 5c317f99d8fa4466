//! How records name others, in the few fields that most of them use for it.

use serde_json::{Value, json};

use super::users::{USER, User};
use crate::refusal::Outcome;
use crate::store::View;

/// `{id, first_name, last_name, name, employee_id}`, or null if there is no such user.
pub(super) fn user(view: &View<'_>, id: Option<i64>) -> Outcome<Value> {
    let Some(id) = id else {
        return Ok(Value::Null);
    };
    let Some(user) = view.find::<User>(&USER, id)? else {
        return Ok(Value::Null);
    };
    Ok(json!({
        "id": id,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "name": user.name(),
        "employee_id": user.employee_id,
    }))
}
