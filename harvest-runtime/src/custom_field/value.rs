//! The value of a custom field as it came.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::{FieldDefinition, TypedValue, ValueType, read};
use crate::Json;
use crate::model::{Field, Read};

/// The value of a custom field as it came: JSON of any shape, null among it.
///
/// It is written again as it came, to the last digit and with the keys of an object in the same order. What it means depends on the type of the field, which `custom_fields` does not name:
/// [`typed_by`](Self::typed_by) asks the field's definition, and [`typed`](Self::typed) goes by the shape.
///
/// ```
/// use harvest_runtime::custom_field::{CustomFieldValue, TypedValue, ValueType};
///
/// let value: CustomFieldValue = serde_json::from_str(r#""2026-01-02""#)?;
/// assert!(matches!(value.typed(), TypedValue::Date(_)));
/// assert_eq!(value.typed_as(&ValueType::ShortText), TypedValue::Text("2026-01-02"));
/// assert_eq!(value.raw(), "2026-01-02");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct CustomFieldValue(Json);

impl CustomFieldValue {
    /// The value as the service wrote it, its numbers as `serde_json` holds them: in 64 bits.
    pub fn raw(&self) -> &Value {
        self.0.value()
    }

    /// The value as the service wrote it, as [`raw`](Self::raw) has it.
    pub fn into_raw(self) -> Value {
        self.0.into_value()
    }

    /// The value as the service wrote it, with all digits of its numbers.
    pub fn json(&self) -> &Json {
        &self.0
    }

    /// What the value looks like. A guess: a text can be of six types, and is taken for a day or a URL where it looks
    /// like one. The text itself is `as_str()` in each case.
    pub fn typed(&self) -> TypedValue<'_> {
        read::by_shape(&self.0)
    }

    /// What the value is in a field of this type.
    pub fn typed_as(&self, value_type: &ValueType) -> TypedValue<'_> {
        read::by_type(value_type, &self.0)
    }

    /// What the value is in the field that is defined so.
    pub fn typed_by(&self, definition: &impl FieldDefinition) -> TypedValue<'_> {
        self.typed_as(&definition.definition().value_type)
    }
}

impl Deref for CustomFieldValue {
    type Target = Value;

    fn deref(&self) -> &Value {
        self.raw()
    }
}

impl From<Value> for CustomFieldValue {
    fn from(value: Value) -> Self {
        Self(value.into())
    }
}

impl From<CustomFieldValue> for Value {
    fn from(value: CustomFieldValue) -> Self {
        value.into_raw()
    }
}

impl Field for CustomFieldValue {
    fn read<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Read, D::Error> {
        *self = Self::deserialize(deserializer)?;
        Ok(if self.0.is_null() {
            Read::Null
        } else {
            Read::Described
        })
    }
}

crate::redacted_debug!(CustomFieldValue {});
