//! A value together with the name and type of its field.

use super::object_or::{ObjectOr, object_or_field};
use super::{CustomFieldValue, TypedValue, ValueType, read};
use crate::Json;
use crate::model::{Received, Unexpected};
use crate::wire_text::WireText;

/// The value of a custom field together with the field's name and type.
///
/// ```
/// use harvest_runtime::custom_field::{KeyedCustomField, TypedValue};
///
/// let field: KeyedCustomField =
///     serde_json::from_str(r#"{"name":"Pay","type":"currency","value":"$123,000"}"#)?;
/// assert_eq!(field.name(), Some("Pay"));
/// let TypedValue::Currency(pay) = field.typed() else { panic!("no pay") };
/// assert_eq!((pay.amount.to_string(), pay.currency), ("$123,000".to_owned(), None));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct KeyedCustomField(ObjectOr<Described>);

#[derive(Clone, Default, PartialEq)]
struct Described {
    name: Option<WireText>,
    value_type: Option<ValueType>,
    value: Option<CustomFieldValue>,
    received: Received,
}

crate::model!(Described[; received] {
    0 "name" => name: nullable,
    1 "type" => value_type: nullable,
    2 "value" => value: nullable,
});

impl KeyedCustomField {
    /// The name that users see.
    pub fn name(&self) -> Option<&str> {
        self.0.object()?.name.as_ref()?.as_string()
    }

    /// The type of the field.
    pub fn value_type(&self) -> Option<&ValueType> {
        self.0.object()?.value_type.as_ref()
    }

    /// The value as it came. `None` if there is none; an entry that is not as documented is the value itself.
    pub fn value(&self) -> Option<&serde_json::Value> {
        self.json().map(Json::value)
    }

    /// The value as it came, with all digits of its numbers.
    pub fn json(&self) -> Option<&Json> {
        match &self.0 {
            ObjectOr::Object(described) => described.value.as_ref().map(CustomFieldValue::json),
            ObjectOr::Other(value) => Some(value),
        }
    }

    /// What else the service says of the field, by the names of properties: one about pay has a `frequency`, for instance.
    /// `None` for an entry that is not as documented.
    pub fn unexpected(&self) -> Option<Unexpected<'_>> {
        Some(Unexpected::of(self.0.object()?))
    }

    /// What the value is: by the type of the field; by its shape, where that is missing or not known.
    pub fn typed(&self) -> TypedValue<'_> {
        match (self.value_type(), self.json()) {
            (_, None) => TypedValue::Empty,
            (Some(value_type), Some(value)) => read::by_type(value_type, value),
            (None, Some(value)) => read::by_shape(value),
        }
    }
}

impl Default for KeyedCustomField {
    fn default() -> Self {
        Self(ObjectOr::Object(Described::default()))
    }
}

impl serde::Serialize for KeyedCustomField {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for KeyedCustomField {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ObjectOr::deserialize(deserializer).map(Self)
    }
}

object_or_field!([] KeyedCustomField);

crate::redacted_debug!(KeyedCustomField {});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_read_and_written_as_it_came() {
        for (json, name, has_type, typed) in [
            (
                r#"{"name":"Bio","type":"long_text","value":"a"}"#,
                Some("Bio"),
                true,
                TypedValue::Text("a"),
            ),
            (
                r#"{"name":"Bio","type":"long_text","value":null}"#,
                Some("Bio"),
                true,
                TypedValue::Empty,
            ),
            (
                r#"{"name":"Bio","type":"long_text"}"#,
                Some("Bio"),
                true,
                TypedValue::Empty,
            ),
            (
                r#"{"name":null,"type":null,"value":true}"#,
                None,
                false,
                TypedValue::YesNo(true),
            ),
            (
                r#"{"name":5,"type":"later_type","value":"a"}"#,
                None,
                true,
                TypedValue::Text("a"),
            ),
            (
                r#"{"name":"Bio","type":7,"value":"a"}"#,
                Some("Bio"),
                true,
                TypedValue::Text("a"),
            ),
            (r#"{"value":"a"}"#, None, false, TypedValue::Text("a")),
            ("{}", None, false, TypedValue::Empty),
            (r#""a""#, None, false, TypedValue::Text("a")),
            ("false", None, false, TypedValue::YesNo(false)),
            (r#"["a"]"#, None, false, TypedValue::MultiSelect(vec!["a"])),
            ("null", None, false, TypedValue::Empty),
        ] {
            let field: KeyedCustomField = serde_json::from_str(json).expect(json);
            assert_eq!(field.name(), name, "{json}");
            assert_eq!(field.value_type().is_some(), has_type, "{json}");
            assert_eq!(field.typed(), typed, "{json}");
            assert_eq!(serde_json::to_string(&field).expect("JSON"), json);
            assert_eq!(format!("{field:?}"), "KeyedCustomField { .. }");
        }
    }
}
