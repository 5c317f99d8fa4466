//! Users, custom fields and days, as payloads have them.

use std::rc::Rc;

use super::Context;
use crate::clock::day_of;
use crate::domain::custom_fields::{Field, Fields, ValueType, Values};
use crate::domain::users::{USER, User};
use crate::json::{Map, Value, json};
use crate::refusal::Outcome;
use crate::store::{Kind, View};

/// `{id, email, name, employee_id}`.
pub(super) fn user(view: &View<'_>, id: Option<i64>) -> Outcome<Value> {
    let user: Option<Rc<User>> = match id {
        Some(id) => view.shared(&USER, id)?,
        None => None,
    };
    Ok(user.map_or(Value::Null, |user| {
        json!({
            "id": id,
            "email": user.primary_email(),
            "name": user.name(),
            "employee_id": user.employee_id,
        })
    }))
}

/// `{id, <name>}` of a record whose state has a `name`.
pub(super) fn named(view: &View<'_>, kind: &Kind, id: Option<i64>, name: &str) -> Outcome<Value> {
    let state: Option<Rc<Value>> = match id {
        Some(id) => view.shared(kind, id)?,
        None => None,
    };
    Ok(state.map_or(Value::Null, |state| json!({"id": id, name: state["name"]})))
}

/// The same of several, with the organization's own ids.
pub(super) fn units(view: &View<'_>, kind: &Kind, ids: &[i64]) -> Outcome<Vec<Value>> {
    let mut units = Vec::new();
    for id in ids {
        if let Some(state) = view.shared::<Value>(kind, *id)? {
            let mut unit = json!({"id": id, "name": state["name"]});
            if let Some(location) = state.get("location") {
                unit["location"] = location.clone();
            }
            unit["external_id"] = state["external_id"].clone();
            units.push(unit);
        }
    }
    Ok(units)
}

/// A day as `MM/DD/YYYY`.
pub(super) fn us_day(stamp: Option<&str>) -> Option<String> {
    let day = day_of(stamp?);
    let mut parts = day.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some(format!("{month}/{day}/{year}"))
}

/// All active fields of a type of record with their values, by their immutable keys.
pub(super) fn custom_fields(cx: &Context<'_>, field_type: &str, values: &Values) -> Outcome<Map> {
    let mut shown = Map::new();
    for field in Fields::of_type(cx.view, field_type)?.active() {
        let value = values.get(&field.id).unwrap_or(&Value::Null);
        let value = show(cx.view, field, value)?;
        let of = match field.value_type {
            // In the words of payloads.
            ValueType::YesNo => json!("boolean"),
            other => json!(other),
        };
        let entry = json!({"name": field.name, "type": of, "value": value});
        shown.insert(field.name_key.clone(), entry);
    }
    Ok(shown)
}

fn show(view: &View<'_>, field: &Field, value: &Value) -> Outcome<Value> {
    let option = |value: &Value| {
        let option = value.as_i64().and_then(|id| field.option(id));
        option.map(|option| option.name.clone())
    };
    Ok(match field.value_type {
        ValueType::MultiSelect => {
            let chosen = value.as_array().into_iter().flatten();
            chosen.filter_map(option).collect()
        }
        _ if value.is_null() => Value::Null,
        ValueType::SingleSelect => option(value).into(),
        ValueType::User => {
            let mut named = user(view, value.as_i64())?;
            if let Some(fields) = named.as_object_mut() {
                let id = fields.shift_remove("id").unwrap_or_default();
                fields.shift_insert(0, "user_id".to_owned(), id);
            }
            named
        }
        ValueType::Currency => json!({"amount": value["value"], "unit": value["unit"]}),
        _ => value.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::us_day;

    #[test]
    fn days_are_written_as_in_the_united_states() {
        assert_eq!(
            us_day(Some("2016-08-01T00:00:00.000Z")).unwrap(),
            "08/01/2016"
        );
        assert_eq!(us_day(Some("2027-02-28")).unwrap(), "02/28/2027");
        assert_eq!(us_day(None), None);
    }
}
