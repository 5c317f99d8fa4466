//! One value to set or to remove.

use serde_json::Value;

/// One value of a custom field to set or to remove, as requests take it.
///
/// [`by_key`](Self::by_key), [`by_id`](Self::by_id) and [`for_field`](Self::for_field) name the field; the [`Setter`](super::Setter)
/// that they return says what becomes of it. [`checked`](Self::checked) compares that with the field's definition.
///
/// ```
/// use harvest_runtime::custom_field::CustomFieldInput;
/// use serde_json::json;
///
/// let changes = [
///     CustomFieldInput::by_key("salary_range").currency_range(70_000, "90000.50", "USD"),
///     CustomFieldInput::by_id(1234).delete(),
/// ];
/// assert_eq!(
///     serde_json::to_value(&changes)?,
///     json!([
///         {"name_key": "salary_range", "unit": "USD", "min_value": 70_000, "max_value": "90000.50"},
///         {"id": 1234, "delete_value": "true"},
///     ])
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct CustomFieldInput {
    /// The field's id.
    pub id: Option<i64>,
    /// The field's immutable key, in place of the id.
    pub name_key: Option<String>,
    /// The new value. Null or blank does not remove one.
    pub value: Option<Value>,
    /// The currency of an amount or a range, as an ISO 4217 code.
    pub unit: Option<String>,
    /// The lower end of a range.
    pub min_value: Option<Value>,
    /// The upper end of a range.
    pub max_value: Option<Value>,
    /// The text `true` removes the value.
    pub delete_value: Option<String>,
}

crate::model!(CustomFieldInput[] {
    0 "id" => id: optional,
    1 "name_key" => name_key: optional,
    2 "value" => value: optional,
    3 "unit" => unit: optional,
    4 "min_value" => min_value: optional,
    5 "max_value" => max_value: optional,
    6 "delete_value" => delete_value: optional,
});
