//! Values, as they are sent: by a key made from the name, and by the immutable key.

use serde_json::{Map, Value, json};

use super::super::users::{USER, User};
use super::{CUSTOM_FIELD, CustomField, ValueType, Values};
use crate::refusal::Outcome;
use crate::store::View;

/// The two maps that every record with custom fields has. Each has all active fields, those without a value too.
pub(in crate::v1) struct Shown {
    pub(in crate::v1) by_name: Map<String, Value>,
    pub(in crate::v1) by_key: Map<String, Value>,
}

/// The values of a record of this type.
pub(in crate::v1) fn shown(view: &View<'_>, field_type: &str, values: &Values) -> Outcome<Shown> {
    let mut shown = Shown {
        by_name: Map::new(),
        by_key: Map::new(),
    };
    for (id, field) in of_type(view, field_type)?
        .iter()
        .filter(|(_, field)| field.active)
    {
        let kept = values.get(id);
        let value = match kept {
            Some(value) => field.show(view, value)?,
            None => Value::Null,
        };
        let entry = match kept {
            // Erased: null in place of the whole entry.
            Some(Value::Null) => Value::Null,
            _ => json!({"name": field.name, "type": field.value_type, "value": value}),
        };
        shown.by_key.insert(field.name_key.clone(), entry);
        shown.by_name.insert(key_of(&field.name), value);
    }
    Ok(shown)
}

/// Values of which nothing is left, which isn't the same as those that were never given: null for each field.
pub(in crate::v1) fn erased(view: &View<'_>, field_type: &str) -> Outcome<Values> {
    let fields = of_type(view, field_type)?;
    Ok(fields.iter().map(|(id, _)| (*id, Value::Null)).collect())
}

/// The fields of a type of record, in order.
pub(super) fn of_type(
    view: &View<'_>,
    field_type: &str,
) -> Outcome<std::rc::Rc<Vec<(i64, CustomField)>>> {
    let key = TYPES
        .iter()
        .zip(1..)
        .find(|(known, _)| **known == field_type);
    view.memo(&CUSTOM_FIELD, key.map_or(0, |(_, key)| key), || {
        let condition = "field_type = ?1 ORDER BY priority, id";
        view.states(&CUSTOM_FIELD, condition, [field_type])
    })
}

/// What can have custom fields.
const TYPES: &[&str] = &[
    "job",
    "candidate",
    "application",
    "offer",
    "opening",
    "rejection_question",
    "referral_question",
    "user_attribute",
];

/// `Notice period` becomes `notice_period`.
pub(super) fn key_of(name: &str) -> String {
    name.trim()
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("_")
}

impl CustomField {
    fn show(&self, view: &View<'_>, value: &Value) -> Outcome<Value> {
        if value.is_null() {
            return Ok(Value::Null);
        }
        let option = |value: &Value| {
            let option = value.as_i64().and_then(|id| self.option(id));
            option.map(|option| option.name.as_str())
        };
        Ok(match self.value_type {
            ValueType::SingleSelect => option(value).into(),
            ValueType::MultiSelect => {
                let chosen = value.as_array().into_iter().flatten();
                chosen.filter_map(option).collect()
            }
            ValueType::User => {
                let Some(id) = value.as_i64() else {
                    return Ok(Value::Null);
                };
                match view.find::<User>(&USER, id)? {
                    Some(user) => json!({
                        "name": user.name(),
                        "email": user.primary_email(),
                        "user_id": id,
                    }),
                    None => Value::Null,
                }
            }
            ValueType::Currency => json!({"value": value["value"], "currency": value["unit"]}),
            _ => value.clone(),
        })
    }
}
