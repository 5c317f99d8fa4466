//! Custom fields, and the values that records have for them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::json::Value;

/// The values of a record, by the id of the field: options and users by their ids, moments and texts as they are,
/// currencies and ranges as objects, and null for what was erased.
pub(crate) type Values = BTreeMap<i64, Value>;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CustomField {
    pub(crate) name: String,
    pub(crate) active: bool,
    /// Whose field it is: `candidate`, `job` …
    pub(crate) field_type: String,
    pub(crate) priority: i64,
    pub(crate) value_type: ValueType,
    pub(crate) private: bool,
    pub(crate) required: bool,
    pub(crate) require_approval: bool,
    pub(crate) trigger_new_version: bool,
    /// Never changes.
    pub(crate) name_key: String,
    pub(crate) description: Option<String>,
    pub(crate) expose_in_job_board_api: bool,
    pub(crate) api_only: bool,
    pub(crate) office_ids: Vec<i64>,
    pub(crate) department_ids: Vec<i64>,
    pub(crate) template_token_string: Option<String>,
    pub(crate) options: Vec<CustomFieldOption>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CustomFieldOption {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) priority: i64,
    pub(crate) external_id: Option<String>,
    /// Until it is deleted. Records keep the options that they have.
    pub(crate) active: bool,
}

/// What a value of a field can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ValueType {
    ShortText,
    LongText,
    YesNo,
    SingleSelect,
    MultiSelect,
    Currency,
    CurrencyRange,
    Number,
    NumberRange,
    Date,
    Url,
    User,
}

impl CustomField {
    /// The options that can be chosen.
    pub(crate) fn active_options(&self) -> impl Iterator<Item = &CustomFieldOption> {
        self.options.iter().filter(|option| option.active)
    }
}

impl ValueType {
    /// Whether a value is one option, or some, of those that the field has.
    pub(crate) fn has_options(self) -> bool {
        matches!(self, Self::SingleSelect | Self::MultiSelect)
    }

    /// Whether a value has two ends.
    pub(crate) fn is_range(self) -> bool {
        matches!(self, Self::CurrencyRange | Self::NumberRange)
    }
}
