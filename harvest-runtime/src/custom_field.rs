//! Custom fields: what an organization keeps about its records beyond what everybody has.
//!
//! | where | what |
//! | --- | --- |
//! | [`CustomFieldValues`], [`CustomFieldValue`] | values by a key made from the field's name, without their types |
//! | [`KeyedCustomFields`], [`KeyedCustomField`] | values by the field's immutable key, with name and type |
//! | [`TypedValue`] | what a value is, and [`Amount`], [`Money`], [`Range`] and [`User`] that it can hold |
//! | [`CustomFieldInput`], [`Setter`] | one value to set or to remove |
//! | [`CustomFieldEntry`], [`EntrySetter`] | the same as an entry of a list, whose value null clears |
//! | [`Definition`], [`Definitions`], [`FieldDefinition`] | what a field takes, which changes can be checked against |
//! | [`Definition::parse`] | texts of an import as changes |
//!
//! # Reading
//!
//! Whatever the service sends is kept, is written again as the same JSON, and never makes a record fail to decode. What
//! it means is asked for with `typed`. A value whose JSON does not fit the type of its field is
//! [`Unknown`](TypedValue::Unknown), with the JSON at hand:
//!
//! ```
//! use harvest_runtime::custom_field::{KeyedCustomFields, TypedValue};
//!
//! let fields: KeyedCustomFields = serde_json::from_str(
//!     r#"{
//!         "pay": {"name": "Pay", "type": "currency", "value": {"value": 42000.5, "currency": "EUR"}},
//!         "seasons": {"name": "Best seasons", "type": "multi_select", "value": ["Spring", "Autumn"]},
//!         "start": null
//!     }"#,
//! )?;
//! match fields.typed("pay") {
//!     TypedValue::Currency(pay) => assert_eq!(pay.amount.to_string(), "42000.5"),
//!     other => println!("no pay, but {other:?}"),
//! }
//! assert_eq!(fields.typed("seasons"), TypedValue::MultiSelect(vec!["Spring", "Autumn"]));
//! assert_eq!(fields.typed("start"), TypedValue::Empty);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Writing
//!
//! A field is named by id or key, and then set or cleared. With its definition, the change is checked before
//! anything is sent:
//!
//! ```
//! use harvest_runtime::custom_field::{CustomFieldInput, Definition};
//! use serde_json::json;
//!
//! let raise = CustomFieldInput::by_key("pay").currency(45_000, "EUR");
//! assert_eq!(
//!     serde_json::to_value(&raise)?,
//!     json!({"name_key": "pay", "value": 45_000, "unit": "EUR"})
//! );
//!
//! let definition = Definition::from_json(&json!({"name_key": "pay", "value_type": "currency", "required": true}));
//! assert!(raise.checked(&definition).is_ok());
//! let refused = CustomFieldInput::by_key("pay").delete().checked(&definition).unwrap_err();
//! assert_eq!(
//!     refused.to_string(),
//!     "custom field pay: a value is required and cannot be removed; set another one"
//! );
//! # Ok::<(), serde_json::Error>(())
//! ```

mod amount;
mod check;
mod definition;
mod definitions;
mod entry;
mod input;
mod invalid;
mod keyed;
mod map;
mod object_or;
mod parse;
mod read;
mod setter;
mod typed;
mod value;
mod value_type;

pub use amount::Amount;
pub use definition::{Definition, FieldDefinition, FieldOption};
pub use definitions::{Change, Definitions};
pub use entry::{CustomFieldEntry, EntrySetter};
pub use input::CustomFieldInput;
pub use invalid::InvalidCustomField;
pub use keyed::KeyedCustomField;
pub use map::{CustomFieldValues, FieldMap, KeyedCustomFields};
pub use setter::Setter;
pub use typed::{Money, Range, TypedValue, User};
pub use value::CustomFieldValue;
pub use value_type::ValueType;
