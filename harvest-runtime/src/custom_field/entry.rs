//! One value to set or to clear, as an entry of a list.

use chrono::NaiveDate;
use serde_json::{Number, Value, json};

use super::{Amount, FieldDefinition};

/// One value of a custom field to set or to clear, as requests with lists of entries take it.
///
/// [`by_key`](Self::by_key), [`by_id`](Self::by_id) and [`for_field`](Self::for_field) name the field; the
/// [`EntrySetter`] that they return says what becomes of it.
///
/// ```
/// use harvest_runtime::custom_field::CustomFieldEntry;
/// use serde_json::json;
///
/// let changes = [
///     CustomFieldEntry::by_key("salary_range").currency_range(70_000, "90000.50", "USD"),
///     CustomFieldEntry::by_key("seasons").options_named(["Spring", "Autumn"]),
///     CustomFieldEntry::by_id(1234).clear(),
/// ];
/// assert_eq!(
///     serde_json::to_value(&changes)?,
///     json!([
///         {
///             "name_key": "salary_range",
///             "value": {"min_amount": 70_000, "max_amount": 90_000.5, "currency_code": "USD"},
///         },
///         {"name_key": "seasons", "value": ["Spring", "Autumn"]},
///         {"custom_field_id": 1234, "value": null},
///     ])
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct CustomFieldEntry {
    /// The field's id.
    pub custom_field_id: Option<i64>,
    /// The field's immutable key, in place of the id.
    pub name_key: Option<String>,
    /// The new value; null clears it.
    pub value: Value,
}

crate::model!(CustomFieldEntry[] {
    0 "custom_field_id" => custom_field_id: optional,
    1 "name_key" => name_key: optional,
    2 "value" => value: plain,
});

impl CustomFieldEntry {
    /// Names the field by its id.
    pub fn by_id(id: impl Into<i64>) -> EntrySetter {
        EntrySetter(Self {
            custom_field_id: Some(id.into()),
            ..Self::default()
        })
    }

    /// Names the field by its immutable key.
    pub fn by_key(name_key: impl Into<String>) -> EntrySetter {
        EntrySetter(Self {
            name_key: Some(name_key.into()),
            ..Self::default()
        })
    }

    /// Names the field that is defined so: by its key, or else by its id.
    pub fn for_field(definition: &impl FieldDefinition) -> EntrySetter {
        let definition = definition.definition();
        EntrySetter(Self {
            custom_field_id: definition.id.filter(|_| definition.name_key.is_none()),
            name_key: definition.name_key.clone(),
            ..Self::default()
        })
    }
}

/// A field that is named, before it is said what becomes of it.
///
/// Each method is for fields of certain types and sends the form that is documented for them.
#[derive(Clone, PartialEq)]
#[must_use = "it changes nothing until it is said what becomes of the field"]
pub struct EntrySetter(CustomFieldEntry);

impl EntrySetter {
    /// Sets a text, short or long, rich or plain.
    pub fn text(self, text: impl Into<String>) -> CustomFieldEntry {
        self.json(text.into())
    }

    /// Sets the address of a page.
    pub fn url(self, url: impl Into<String>) -> CustomFieldEntry {
        self.json(url.into())
    }

    /// Sets a number. One that 64 bits do not hold to the last digit is rounded.
    pub fn number<'a>(self, number: impl Into<Amount<'a>>) -> CustomFieldEntry {
        self.json(plain(&number.into()))
    }

    /// Sets yes (true) or no.
    pub fn yes_no(self, yes: bool) -> CustomFieldEntry {
        self.json(yes)
    }

    /// Sets a day.
    pub fn date(self, day: NaiveDate) -> CustomFieldEntry {
        self.json(day.to_string())
    }

    /// Chooses the option with this id in a single-select field.
    pub fn option(self, id: impl Into<i64>) -> CustomFieldEntry {
        self.json(id.into())
    }

    /// Chooses the option with this name in a single-select field.
    pub fn option_named(self, name: impl Into<String>) -> CustomFieldEntry {
        self.json(name.into())
    }

    /// Chooses the options with these ids in a multi-select field.
    pub fn options<I: Into<i64>>(self, ids: impl IntoIterator<Item = I>) -> CustomFieldEntry {
        let ids: Vec<i64> = ids.into_iter().map(Into::into).collect();
        self.json(ids)
    }

    /// Chooses the options with these names in a multi-select field.
    pub fn options_named<N: Into<String>>(
        self,
        names: impl IntoIterator<Item = N>,
    ) -> CustomFieldEntry {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        self.json(names)
    }

    /// Sets the user with this id.
    pub fn user(self, id: impl Into<i64>) -> CustomFieldEntry {
        self.json(id.into())
    }

    /// Sets an amount of money in the currency with this ISO 4217 code, such as `EUR`.
    pub fn currency<'a>(
        self,
        amount: impl Into<Amount<'a>>,
        currency: impl Into<String>,
    ) -> CustomFieldEntry {
        self.json(json!({"amount": plain(&amount.into()), "currency_code": currency.into()}))
    }

    /// Sets two amounts of money, the lower first, in the currency with this ISO 4217 code.
    pub fn currency_range<'a, 'b>(
        self,
        min: impl Into<Amount<'a>>,
        max: impl Into<Amount<'b>>,
        currency: impl Into<String>,
    ) -> CustomFieldEntry {
        self.json(json!({
            "min_amount": plain(&min.into()),
            "max_amount": plain(&max.into()),
            "currency_code": currency.into(),
        }))
    }

    /// Sets two numbers, the lower first.
    pub fn number_range<'a, 'b>(
        self,
        min: impl Into<Amount<'a>>,
        max: impl Into<Amount<'b>>,
    ) -> CustomFieldEntry {
        self.json(json!({"min_value": plain(&min.into()), "max_value": plain(&max.into())}))
    }

    /// Clears the value: sends null.
    pub fn clear(self) -> CustomFieldEntry {
        self.json(Value::Null)
    }

    /// Sends this as the value, whatever it is.
    pub fn json(self, value: impl Into<Value>) -> CustomFieldEntry {
        CustomFieldEntry {
            value: value.into(),
            ..self.0
        }
    }
}

/// A JSON number, since entries are documented with numbers only. What is none stays a text, for the service to refuse.
fn plain(amount: &Amount<'_>) -> Value {
    amount
        .as_i64()
        .map(Number::from)
        .or_else(|| Number::from_f64(amount.as_f64()?))
        .map_or_else(|| Value::String(amount.to_string()), Value::Number)
}
