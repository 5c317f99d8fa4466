//! Values of custom fields, as v1 sends them.

use crate::domain::custom_fields::{Field, Fields, ValueType, Values};
use crate::domain::users::{USER, User};
use crate::http::refusal::Outcome;
use crate::json::{Map, Value, json};
use crate::store::View;

/// The two maps that every record with custom fields has. Each has all active fields, those without a value too.
pub(in crate::faces::v1) struct Shown {
    pub(in crate::faces::v1) by_name: Map,
    pub(in crate::faces::v1) by_key: Map,
}

/// The values of a record of this type.
pub(in crate::faces::v1) fn shown(
    view: &View<'_>,
    field_type: &str,
    values: &Values,
) -> Outcome<Shown> {
    let mut shown = Shown {
        by_name: Map::new(),
        by_key: Map::new(),
    };
    for field in Fields::of_type(view, field_type)?.active() {
        let kept = values.get(&field.id);
        let value = match kept {
            Some(value) => field.show(view, value)?,
            None => Value::Null,
        };
        let entry = if let Some(Value::Null) = kept {
            // Erased: null in place of the whole entry.
            Value::Null
        } else {
            json!({"name": field.name, "type": field.value_type, "value": value})
        };
        shown.by_key.insert(field.name_key.clone(), entry);
        shown.by_name.insert(field.key.clone(), value);
    }
    Ok(shown)
}

impl Field {
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
                match view.shared::<User>(&USER, id)? {
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
