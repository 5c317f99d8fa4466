//! Setters of one field in a change.

use chrono::NaiveDate;
use serde_json::Value;

use super::{Amount, CustomFieldInput, FieldDefinition};

/// A field in a change, before its new value is given.
///
/// Each method is for fields of certain types and sends the form that the service documents for them. It does not know
/// the field; [`CustomFieldInput::checked`] does.
#[derive(Clone, PartialEq)]
#[must_use = "it changes nothing until the field gets a value or is deleted"]
pub struct Setter(pub(super) CustomFieldInput);

impl CustomFieldInput {
    /// Names the field by its id.
    pub fn by_id(id: impl Into<i64>) -> Setter {
        Setter(Self {
            id: Some(id.into()),
            ..Self::default()
        })
    }

    /// Names the field by its immutable key.
    pub fn by_key(name_key: impl Into<String>) -> Setter {
        Setter(Self {
            name_key: Some(name_key.into()),
            ..Self::default()
        })
    }

    /// Names the field that is defined so: by its key, or else by its id.
    pub fn for_field(definition: &impl FieldDefinition) -> Setter {
        let definition = definition.definition();
        Setter(Self {
            id: definition.id.filter(|_| definition.name_key.is_none()),
            name_key: definition.name_key.clone(),
            ..Self::default()
        })
    }
}

impl Setter {
    /// Sets a text, short or long.
    pub fn text(self, text: impl Into<String>) -> CustomFieldInput {
        self.json(text.into())
    }

    /// Sets the address of a page.
    pub fn url(self, url: impl Into<String>) -> CustomFieldInput {
        self.json(url.into())
    }

    /// Sets a number; as a text, it is sent to the last digit.
    pub fn number<'a>(self, number: impl Into<Amount<'a>>) -> CustomFieldInput {
        self.json(number.into())
    }

    /// Sets yes (true) or no.
    pub fn yes_no(self, yes: bool) -> CustomFieldInput {
        self.json(yes)
    }

    /// Sets a day.
    pub fn date(self, day: NaiveDate) -> CustomFieldInput {
        self.json(day.to_string())
    }

    /// Chooses the option with this id in a single-select field.
    pub fn option(self, id: impl Into<i64>) -> CustomFieldInput {
        self.json(id.into())
    }

    /// Chooses the option with exactly this name in a single-select field. As such it is documented for candidates,
    /// openings and offers; [`checked`](CustomFieldInput::checked) turns it into the id, which is for all records.
    pub fn option_named(self, name: impl Into<String>) -> CustomFieldInput {
        self.json(name.into())
    }

    /// Chooses the options with these ids in a multi-select field.
    /// [`Definition::option_ids`](super::Definition::option_ids) finds them by name.
    pub fn options<I: Into<i64>>(self, ids: impl IntoIterator<Item = I>) -> CustomFieldInput {
        let ids: Vec<i64> = ids.into_iter().map(Into::into).collect();
        self.json(ids)
    }

    /// Sets the user with this id.
    pub fn user(self, id: impl Into<i64>) -> CustomFieldInput {
        self.json(id.into())
    }

    /// Sets an amount of money in the currency with this ISO 4217 code, such as `EUR`.
    pub fn currency<'a>(
        self,
        amount: impl Into<Amount<'a>>,
        currency: impl Into<String>,
    ) -> CustomFieldInput {
        CustomFieldInput {
            unit: Some(currency.into()),
            ..self.json(amount.into())
        }
    }

    /// Sets two amounts of money, the lower first, in the currency with this ISO 4217 code. Documented for jobs and
    /// openings.
    pub fn currency_range<'a, 'b>(
        self,
        min: impl Into<Amount<'a>>,
        max: impl Into<Amount<'b>>,
        currency: impl Into<String>,
    ) -> CustomFieldInput {
        CustomFieldInput {
            unit: Some(currency.into()),
            ..self.number_range(min, max)
        }
    }

    /// Sets two numbers, the lower first. Documented for jobs and openings.
    pub fn number_range<'a, 'b>(
        self,
        min: impl Into<Amount<'a>>,
        max: impl Into<Amount<'b>>,
    ) -> CustomFieldInput {
        CustomFieldInput {
            min_value: Some(min.into().into()),
            max_value: Some(max.into().into()),
            ..self.0
        }
    }

    /// Removes the value. (Null and blank do not.)
    pub fn delete(self) -> CustomFieldInput {
        CustomFieldInput {
            delete_value: Some("true".to_owned()),
            ..self.0
        }
    }

    /// Sends this as the value, whatever it is.
    pub fn json(self, value: impl Into<Value>) -> CustomFieldInput {
        CustomFieldInput {
            value: Some(value.into()),
            ..self.0
        }
    }
}

crate::redacted_debug!(Setter {});

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key() -> Setter {
        CustomFieldInput::by_key("k")
    }

    #[test]
    fn each_type_is_sent_as_documented() {
        let day = NaiveDate::from_ymd_opt(2026, 1, 2).expect("a day");
        for (input, json) in [
            (key().text("a"), json!({"name_key": "k", "value": "a"})),
            (
                CustomFieldInput::by_id(7).url("https://example.com"),
                json!({"id": 7, "value": "https://example.com"}),
            ),
            (key().number(5), json!({"name_key": "k", "value": 5})),
            (key().number(0.5), json!({"name_key": "k", "value": 0.5})),
            (
                key().number("5.10"),
                json!({"name_key": "k", "value": "5.10"}),
            ),
            (
                key().yes_no(false),
                json!({"name_key": "k", "value": false}),
            ),
            (
                key().date(day),
                json!({"name_key": "k", "value": "2026-01-02"}),
            ),
            (key().option(12), json!({"name_key": "k", "value": 12})),
            (
                key().option_named("M"),
                json!({"name_key": "k", "value": "M"}),
            ),
            (
                key().options([1, 2]),
                json!({"name_key": "k", "value": [1, 2]}),
            ),
            (
                key().user(4_000_000_000_i64),
                json!({"name_key": "k", "value": 4_000_000_000_i64}),
            ),
            (
                key().currency(5, "EUR"),
                json!({"name_key": "k", "value": 5, "unit": "EUR"}),
            ),
            (
                key().currency_range(1, "2.5", "EUR"),
                json!({"name_key": "k", "unit": "EUR", "min_value": 1, "max_value": "2.5"}),
            ),
            (
                key().number_range(1, 2),
                json!({"name_key": "k", "min_value": 1, "max_value": 2}),
            ),
            (
                key().delete(),
                json!({"name_key": "k", "delete_value": "true"}),
            ),
            (
                key().json(json!({"a": 1})),
                json!({"name_key": "k", "value": {"a": 1}}),
            ),
        ] {
            assert_eq!(serde_json::to_value(&input).expect("JSON"), json);
            let again: CustomFieldInput = serde_json::from_value(json).expect("reads");
            assert_eq!(again, input);
            assert_eq!(format!("{input:?}"), "CustomFieldInput { .. }");
        }
        assert_eq!(format!("{:?}", key()), "Setter { .. }");
    }
}
