//! Values of custom fields, a row each: what kind of value it is, as columns of a table.

use harvest_runtime::chrono::NaiveDate;
use harvest_runtime::custom_field::{Amount, KeyedCustomField, TypedValue};
use serde_json::value::RawValue;

use crate::catalog::{Field, Form};
use crate::object::Object;

/// A value of a custom field. What is no text, number or day, such as a list of options, is JSON in `text`, and so is a
/// number that a double would not hold.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct CustomValue {
    /// The property that has it: `custom_fields`, `openings.keyed_custom_fields`.
    pub place: String,
    pub key: String,
    pub name: Option<String>,
    pub value_type: Option<String>,
    pub text: Option<String>,
    pub number: Option<f64>,
    pub unit: Option<String>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub date: Option<NaiveDate>,
    pub user_id: Option<i64>,
}

/// The table of the values of a stream.
pub(crate) fn table(stream: &str) -> String {
    format!("{stream}__custom_fields")
}

/// Whether records with these properties have any.
pub(crate) fn has_any(fields: &[Field]) -> bool {
    let mut fields = fields.iter();
    fields.any(|field| field.form == Form::CustomFields || has_any(&field.fields))
}

/// Hands out the values in a record.
pub(crate) fn each(fields: &[Field], line: &str, found: &mut dyn FnMut(CustomValue)) {
    let record: Object<'_> = serde_json::from_str(line).unwrap_or_default();
    within(fields, &record, "", found);
}

fn within(fields: &[Field], object: &Object<'_>, path: &str, found: &mut dyn FnMut(CustomValue)) {
    for field in fields {
        let is_place = field.form == Form::CustomFields;
        if !is_place && !has_any(&field.fields) {
            continue;
        }
        let Some(json) = object.get(field.name) else {
            continue;
        };
        let path = match path {
            "" => field.name.to_owned(),
            path => format!("{path}.{}", field.name),
        };
        let mut items = Vec::new();
        if json.starts_with('[') {
            let all: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
            items.extend(all.into_iter().map(RawValue::get));
        } else {
            items.push(json);
        }
        for item in items {
            let object: Object<'_> = serde_json::from_str(item).unwrap_or_default();
            if is_place {
                let entries = object.0.iter();
                entries.for_each(|(key, entry)| found(value(&path, key, entry.get())));
            } else {
                within(&field.fields, &object, &path, found);
            }
        }
    }
}

fn value(place: &str, key: &str, json: &str) -> CustomValue {
    let mut value = CustomValue {
        place: place.to_owned(),
        key: key.to_owned(),
        ..CustomValue::default()
    };
    let Ok(entry) = serde_json::from_str::<KeyedCustomField>(json) else {
        value.text = Some(json.to_owned());
        return value;
    };
    value.name = entry.name().map(str::to_owned);
    value.value_type = entry.value_type().map(|it| it.as_str().to_owned());
    let written = entry.json().map(|it| it.text().to_owned());
    match entry.typed() {
        TypedValue::Empty => {}
        TypedValue::Text(text) | TypedValue::SingleSelect(text) | TypedValue::Url(text) => {
            value.text = Some(text.to_owned());
        }
        TypedValue::YesNo(is_so) => value.text = Some(is_so.to_string()),
        TypedValue::Number(number) => value.amount(&number),
        TypedValue::Date(date) => value.date = Some(date),
        TypedValue::Currency(money) => {
            value.unit = money.currency.map(str::to_owned);
            value.amount(&money.amount);
        }
        TypedValue::CurrencyRange(range) | TypedValue::NumberRange(range) => {
            value.unit = range.currency.map(str::to_owned);
            value.min = range.min.as_ref().and_then(exact);
            value.max = range.max.as_ref().and_then(exact);
            let is_kept = value.min.is_some() == range.min.is_some()
                && value.max.is_some() == range.max.is_some();
            value.text = written.filter(|_| !is_kept);
        }
        TypedValue::User(user) => {
            value.user_id = user.id;
            value.text = user.name.map(str::to_owned);
        }
        _ => value.text = written,
    }
    value
}

impl CustomValue {
    /// A number, or its text: `$123,000` is none, and of `12345678901234567.89` digits would be lost.
    fn amount(&mut self, amount: &Amount<'_>) {
        self.number = exact(amount);
        if self.number.is_none() {
            self.text = Some(amount.to_string());
        }
    }
}

/// A number of which a double loses no digit.
fn exact(amount: &Amount<'_>) -> Option<f64> {
    crate::number::exact(&amount.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Kind;

    fn field(name: &'static str, form: Form, fields: Vec<Field>) -> Field {
        Field {
            name,
            kind: Kind::Json,
            class: None,
            fields,
            form,
        }
    }

    #[test]
    fn each_kind_of_value_has_its_column() {
        let openings = field(
            "openings",
            Form::Object,
            vec![field("custom_fields", Form::CustomFields, Vec::new())],
        );
        let fields = [
            field("custom_fields", Form::CustomFields, Vec::new()),
            openings,
        ];
        let line = r#"{"id":1,"custom_fields":{
            "a":{"name":"Notice","type":"short_text","value":"Two\nmonths"},
            "b":{"name":"Pay","type":"currency","value":{"amount":52000.50,"currency_code":"EUR"}},
            "c":{"name":"Pay","type":"currency","value":"$123,000"},
            "d":{"name":"Band","type":"currency_range",
                "value":{"min_value":1,"max_value":2,"unit":"SEK"}},
            "e":{"name":"Begin","type":"date","value":"2026-11-29"},
            "f":{"name":"Buddy","type":"user","value":{"user_id":7,"name":"Mira Sandoval"}},
            "g":{"name":"Perks","type":"multi_select","value":["a","b"]},
            "h":{"name":"Visa","type":"yes_no","value":false},
            "i":{"name":"Serial","type":"number","value":12345678901234567.89},
            "j":{"name":"Later","type":"orbit","value":{"x":1.50}},
            "k":{"name":"None","type":"date","value":null}},
            "openings":[
                {"custom_fields":{"l":{"type":"number","value":3}}},
                {"custom_fields":null},
                7
            ]}"#;
        let mut all = Vec::new();
        each(&fields, line, &mut |value| all.push(value));
        let texts: Vec<_> = all.iter().map(|it| it.text.as_deref()).collect();
        let expected = [
            Some("Two\nmonths"),
            None,
            Some("$123,000"),
            None,
            None,
            Some("Mira Sandoval"),
            Some(r#"["a","b"]"#),
            Some("false"),
            Some("12345678901234567.89"),
            Some(r#"{"x":1.50}"#),
            None,
            None,
        ];
        assert_eq!(texts, expected);
        let pay = &all[1];
        assert_eq!(
            (pay.number, pay.unit.as_deref()),
            (Some(52_000.5), Some("EUR"))
        );
        let band = &all[3];
        assert_eq!((band.min, band.max), (Some(1.0), Some(2.0)));
        assert_eq!(band.unit.as_deref(), Some("SEK"));
        assert_eq!(all[4].date, NaiveDate::from_ymd_opt(2026, 11, 29));
        assert_eq!(all[5].user_id, Some(7));
        assert_eq!(all[9].value_type.as_deref(), Some("orbit"));
        assert_eq!(all[10].name.as_deref(), Some("None"));
        let last = &all[11];
        let place = (last.place.as_str(), last.key.as_str(), last.number);
        assert_eq!(place, ("openings.custom_fields", "l", Some(3.0)));
    }
}
