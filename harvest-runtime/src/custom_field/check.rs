//! Validation of a value against the definition of its field.

mod entry;

use std::borrow::Cow;

use serde_json::Value;
use url::Url;

use super::{
    Amount, CustomFieldInput, Definition, FieldDefinition, InvalidCustomField, ValueType, read,
};

type Checked<T = ()> = Result<T, InvalidCustomField>;

/// The change as it is to be sent, with names of options as ids.
fn check(mut input: CustomFieldInput, definition: &Definition) -> Checked<CustomFieldInput> {
    let rules = Rules { definition };
    rules.field(&input)?;
    if input.delete_value.is_some() {
        rules.removal(&input)?;
        return Ok(input);
    }
    rules.parts(&input)?;
    if let Some(value) = input.value.take() {
        input.value = Some(rules.value(value)?);
    }
    Ok(input)
}

struct Rules<'a> {
    definition: &'a Definition,
}

impl Rules<'_> {
    fn fail<T>(
        &self,
        problem: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) -> Checked<T> {
        let field = self.definition.to_string();
        Err(InvalidCustomField::new(field, problem, remedy))
    }

    /// Whether the change is of the field that is defined.
    fn field(&self, input: &CustomFieldInput) -> Checked {
        let Definition { id, name_key, .. } = self.definition;
        if input.id.is_none() && input.name_key.is_none() {
            return self.fail("the change names no field", "name it by id or name_key");
        }
        let other_id = input.id.is_some() && id.is_some() && input.id != *id;
        let other_key =
            input.name_key.is_some() && name_key.is_some() && input.name_key != *name_key;
        if other_id || other_key {
            return self.fail(
                "the change is of another field",
                "check it against the definition of the field that it names",
            );
        }
        if !self.definition.active {
            return self.fail("the field was deleted", "leave the change out");
        }
        Ok(())
    }

    fn removal(&self, input: &CustomFieldInput) -> Checked {
        if input.delete_value.as_deref() != Some("true") {
            return self.fail(
                "delete_value is not the text `true`",
                "send that to remove the value, or leave it out",
            );
        }
        let set = [&input.value, &input.min_value, &input.max_value];
        if set.into_iter().any(Option::is_some) || input.unit.is_some() {
            return self.fail(
                "the value is both set and removed",
                "either set a value or delete it",
            );
        }
        if self.definition.required {
            return self.fail(
                "a value is required and cannot be removed",
                "set another one",
            );
        }
        Ok(())
    }

    /// Whether the parts that the type of the field needs are there, and no others.
    fn parts(&self, input: &CustomFieldInput) -> Checked {
        let value_type = &self.definition.value_type;
        match value_type {
            ValueType::Unknown(_) => return Ok(()),
            ValueType::CurrencyRange | ValueType::NumberRange => self.range(input)?,
            _ if input.min_value.is_some() || input.max_value.is_some() => {
                return self.fail(
                    format!("a field of the type {value_type} has no min_value and max_value"),
                    "send its value",
                );
            }
            _ if input.value.is_none() => {
                return self.fail("it has no value", "set one, or delete the present one");
            }
            _ => {}
        }
        match (value_type, &input.unit) {
            (ValueType::Currency | ValueType::CurrencyRange, unit) => {
                self.currency(unit.as_deref())
            }
            (_, None) => Ok(()),
            (_, Some(_)) => self.fail(
                format!("a field of the type {value_type} has no unit"),
                "leave the unit out",
            ),
        }
    }

    fn currency(&self, unit: Option<&str>) -> Checked {
        let is_code = |unit: &str| unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase());
        match unit {
            Some(unit) if is_code(unit) => Ok(()),
            Some(_) => self.fail(
                "its unit is not an ISO 4217 code",
                "send three capital letters, such as USD",
            ),
            None => self.fail(
                "it has no currency",
                "send its ISO 4217 code as unit, such as USD",
            ),
        }
    }

    fn range(&self, input: &CustomFieldInput) -> Checked {
        if input.value.is_some() {
            return self.fail("a range has no value", "send min_value and max_value");
        }
        let end = |value: &Option<Value>| {
            let number = value.as_ref().and_then(Amount::of)?;
            number.as_f64()
        };
        match (end(&input.min_value), end(&input.max_value)) {
            (Some(min), Some(max)) if min > max => self.fail(
                "its min_value is above its max_value",
                "send the lower end as min_value",
            ),
            (Some(_), Some(_)) => Ok(()),
            _ => self.fail(
                "its min_value or max_value is missing, or not a number",
                "send both, as numbers or texts such as 70000.50",
            ),
        }
    }

    fn value(&self, value: Value) -> Checked<Value> {
        if value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()) {
            return self.fail(
                "null and blank change nothing",
                "delete the value to remove it",
            );
        }
        let expect = |fits: bool, problem: &'static str, remedy: &'static str| {
            if fits {
                Ok(())
            } else {
                self.fail(problem, remedy)
            }
        };
        match &self.definition.value_type {
            ValueType::ShortText | ValueType::LongText => {
                expect(value.is_string(), "its value is not a text", "send a text")?;
            }
            ValueType::Url => {
                let fits = value.as_str().is_some_and(|text| Url::parse(text).is_ok());
                expect(
                    fits,
                    "its value is not a URL",
                    "send a text such as https://example.com",
                )?;
            }
            ValueType::Date => {
                let fits = value.as_str().and_then(read::day).is_some();
                expect(
                    fits,
                    "its value is not a day",
                    "send a text such as 2026-01-02",
                )?;
            }
            ValueType::YesNo | ValueType::Boolean => expect(
                value.is_boolean(),
                "its value is not yes or no",
                "send true or false",
            )?,
            ValueType::Number | ValueType::Currency => {
                let fits = Amount::of(&value).is_some_and(|amount| amount.is_number());
                expect(
                    fits,
                    "its value is not a number",
                    "send a number, or a text such as 70000.50",
                )?;
            }
            ValueType::User => expect(
                value.is_i64(),
                "its value is not the id of a user",
                "send the id as a number",
            )?,
            ValueType::SingleSelect => return self.option(value),
            ValueType::MultiSelect => return self.options(value),
            ValueType::CurrencyRange | ValueType::NumberRange | ValueType::Unknown(_) => {}
        }
        Ok(value)
    }

    fn options(&self, value: Value) -> Checked<Value> {
        let Value::Array(options) = value else {
            return self.fail(
                "its value is not a list of options",
                "send an array of the ids of options",
            );
        };
        if options.is_empty() {
            return self.fail(
                "an empty list changes nothing",
                "delete the value to remove it",
            );
        }
        options
            .into_iter()
            .map(|option| self.option(option))
            .collect()
    }

    /// One option, by its id where that is known.
    fn option(&self, value: Value) -> Checked<Value> {
        let Some(options) = &self.definition.options else {
            return if value.is_i64() || value.is_string() {
                Ok(value)
            } else {
                self.fail("its value is not an option", "send the id of an option")
            };
        };
        match &value {
            Value::String(name) => self.definition.option_id(name).map(Value::from),
            id => match options.iter().find(|option| id.as_i64() == Some(option.id)) {
                Some(option) if option.active => Ok(value),
                Some(option) => Err(self.definition.retired(option.id)),
                None => self.fail(
                    "its value is none of the field's options",
                    self.definition.choices(),
                ),
            },
        }
    }
}

impl CustomFieldInput {
    /// The same, if the field takes it: the type of the value, the existence of options, the currency, the order of a
    /// range, whether the value can be removed. The name of an option becomes its id, which every operation
    /// takes.
    ///
    /// A field whose type this version does not know takes anything. What the service checks beyond the definition is
    /// not checked here.
    ///
    /// # Errors
    ///
    /// What the service would refuse, or ignore, and what would be right. Never the value.
    pub fn checked(self, definition: &impl FieldDefinition) -> Result<Self, InvalidCustomField> {
        check(self, &definition.definition())
    }
}

#[cfg(test)]
mod tests;
