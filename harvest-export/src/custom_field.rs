//! Values of custom fields, a row each: what kind of value it is, as columns of a table.

use std::borrow::Cow;

use harvest_runtime::chrono::NaiveDate;
use harvest_runtime::custom_field::{Amount, KeyedCustomField, TypedValue, ValueType};
use serde_json::value::RawValue;

use crate::catalog::{Field, Form};
use crate::object::Object;
use crate::text;

/// A value of a custom field. What is no text, number or day, such as a list of options, is JSON in `text`, and so is a
/// number that a double would not hold.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct CustomValue<'a> {
    /// The property that has it: `custom_fields`, `openings.keyed_custom_fields`.
    pub place: &'a str,
    pub key: &'a str,
    pub name: Option<Cow<'a, str>>,
    pub value_type: Option<Cow<'a, str>>,
    pub text: Option<Cow<'a, str>>,
    pub number: Option<f64>,
    pub unit: Option<Cow<'a, str>>,
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
#[cfg(feature = "parquet")]
pub(crate) fn has_any(fields: &[Field]) -> bool {
    !places(fields).is_empty()
}

/// A property that has values of custom fields, or that has such properties in it.
pub(crate) struct Place {
    name: &'static str,
    /// None: it has the values.
    within: Vec<Place>,
}

/// The places of values in records with these properties.
pub(crate) fn places(fields: &[Field]) -> Vec<Place> {
    let places = fields.iter().filter_map(|field| {
        let has_values = field.form == Form::CustomFields;
        let within = if has_values {
            Vec::new()
        } else {
            places(&field.fields)
        };
        (has_values || !within.is_empty()).then_some(Place {
            name: field.name,
            within,
        })
    });
    places.collect()
}

/// Hands out the values in a record.
pub(crate) fn each(places: &[Place], record: &Object<'_>, found: &mut dyn FnMut(CustomValue<'_>)) {
    within(places, record, "", found);
}

fn within(
    places: &[Place],
    object: &Object<'_>,
    path: &str,
    found: &mut dyn FnMut(CustomValue<'_>),
) {
    for place in places {
        let Some(json) = object.get(place.name) else {
            continue;
        };
        let path = match path {
            "" => place.name.to_owned(),
            path => format!("{path}.{}", place.name),
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
            if place.within.is_empty() {
                let entries = object.0.iter();
                entries.for_each(|(key, entry)| found(value(&path, key, entry.get())));
            } else {
                within(&place.within, &object, &path, found);
            }
        }
    }
}

fn value<'a>(place: &'a str, key: &'a str, json: &'a str) -> CustomValue<'a> {
    let mut value = CustomValue {
        place,
        key,
        ..CustomValue::default()
    };
    if value.take_text(json).is_some() {
        return value;
    }
    let Ok(entry) = serde_json::from_str::<KeyedCustomField>(json) else {
        value.text = Some(Cow::Borrowed(json));
        return value;
    };
    let owned = |text: &str| Some(Cow::Owned(text.to_owned()));
    value.name = entry.name().and_then(owned);
    value.value_type = entry.value_type().and_then(|it| owned(it.as_str()));
    let written = || entry.json().and_then(|it| owned(it.text()));
    match entry.typed() {
        TypedValue::Empty => {}
        TypedValue::Text(text) | TypedValue::SingleSelect(text) | TypedValue::Url(text) => {
            value.text = owned(text);
        }
        TypedValue::YesNo(is_so) => value.text = Some(is_so.to_string().into()),
        TypedValue::Number(number) => value.amount(&number),
        TypedValue::Date(date) => value.date = Some(date),
        TypedValue::Currency(money) => {
            value.unit = money.currency.and_then(owned);
            value.amount(&money.amount);
        }
        TypedValue::CurrencyRange(range) | TypedValue::NumberRange(range) => {
            value.unit = range.currency.and_then(owned);
            value.min = range.min.as_ref().and_then(exact);
            value.max = range.max.as_ref().and_then(exact);
            let is_kept = value.min.is_some() == range.min.is_some()
                && value.max.is_some() == range.max.is_some();
            if !is_kept {
                value.text = written();
            }
        }
        TypedValue::User(user) => {
            value.user_id = user.id;
            value.text = user.name.and_then(owned);
        }
        _ => value.text = written(),
    }
    value
}

impl<'a> CustomValue<'a> {
    /// Takes a text of a field whose values are texts out of its entry, without a copy: most values are, and prose is long.
    fn take_text(&mut self, json: &'a str) -> Option<()> {
        let entry: Object<'_> = serde_json::from_str(json).ok()?;
        let value_type = entry.get("type")?;
        let is_text = matches!(
            serde_json::from_str(value_type).ok()?,
            ValueType::ShortText | ValueType::LongText | ValueType::Url | ValueType::SingleSelect
        );
        let text = text::of(entry.get("value")?).filter(|_| is_text)?;
        self.value_type = text::of(value_type);
        self.name = entry.get("name").and_then(text::of);
        self.text = Some(text);
        Some(())
    }

    /// A number, or its text: `$123,000` is none, and of `12345678901234567.89` digits would be lost.
    fn amount(&mut self, amount: &Amount<'_>) {
        self.number = exact(amount);
        if self.number.is_none() {
            self.text = Some(amount.to_string().into());
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
        let record = serde_json::from_str(line).expect("an object");
        let places = places(&fields);
        let mut texts = Vec::new();
        each(&places, &record, &mut |value| {
            texts.push(value.text.map(Cow::into_owned));
        });
        let texts: Vec<_> = texts.iter().map(Option::as_deref).collect();
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
        let mut found = 0;
        each(&places, &record, &mut |value| {
            let (name, unit) = (value.name.as_deref(), value.unit.as_deref());
            match value.key {
                "a" => assert_eq!(
                    (name, value.value_type.as_deref()),
                    (Some("Notice"), Some("short_text"))
                ),
                "b" => assert_eq!((value.number, unit), (Some(52_000.5), Some("EUR"))),
                "d" => assert_eq!(
                    (value.min, value.max, unit),
                    (Some(1.0), Some(2.0), Some("SEK"))
                ),
                "e" => assert_eq!(value.date, NaiveDate::from_ymd_opt(2026, 11, 29)),
                "f" => assert_eq!(value.user_id, Some(7)),
                "j" => assert_eq!(value.value_type.as_deref(), Some("orbit")),
                "k" => assert_eq!(name, Some("None")),
                "l" => assert_eq!(
                    (value.place, value.number),
                    ("openings.custom_fields", Some(3.0))
                ),
                _ => return,
            }
            found += 1;
        });
        assert_eq!(found, 8);
    }

    #[test]
    fn a_text_is_taken_where_it_stands_as_it_is_read_otherwise() {
        for json in [
            r#"{"name":"Bio","type":"long_text","value":"a"}"#,
            r#"{"value":"a\u00e9\"","name":"B\n","type":"short_text"}"#,
            r#"{"type":"url","value":""}"#,
            r#"{"name":null,"type":"single_select","value":"a"}"#,
            r#"{"name":7,"type":"single_select","value":"a"}"#,
            r#"{"name":"N","type":"\u006cong_text","value":"a"}"#,
            r#"{"name":"A","name":"B","type":"url","type":"long_text","value":1,"value":"c"}"#,
        ] {
            let mut taken = CustomValue::default();
            taken.take_text(json).expect(json);
            let entry: KeyedCustomField = serde_json::from_str(json).expect(json);
            assert_eq!(taken.name.as_deref(), entry.name(), "{json}");
            let value_type = entry.value_type().map(ValueType::as_str);
            assert_eq!(taken.value_type.as_deref(), value_type, "{json}");
            let text = entry.value().and_then(|it| it.as_str());
            assert_eq!(taken.text.as_deref(), text, "{json}");
        }
        for json in [
            r#"{"type":"number","value":"1"}"#,
            r#"{"type":"long_text","value":1}"#,
            r#"{"type":"long_text","value":null}"#,
            r#"{"type":"later","value":"a"}"#,
            r#"{"type":"long_text"}"#,
            r#"{"value":"a"}"#,
            r#""a""#,
        ] {
            assert!(CustomValue::default().take_text(json).is_none(), "{json}");
        }
    }
}
