//! What is known about a custom field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::departments::DEPARTMENT;
use super::super::offices::OFFICE;
use crate::json::{Value, json};
use crate::refusal::Outcome;
use crate::store::{Document, View};

/// The values of a record, by the id of the field: options and users by their ids, moments and texts as they are,
/// currencies and ranges as objects, and null for what was erased.
pub(in crate::v1) type Values = BTreeMap<i64, Value>;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct CustomField {
    pub(in crate::v1) name: String,
    pub(in crate::v1) active: bool,
    /// Whose field it is: `candidate`, `job` …
    pub(in crate::v1) field_type: String,
    pub(in crate::v1) priority: i64,
    pub(in crate::v1) value_type: ValueType,
    pub(in crate::v1) private: bool,
    pub(in crate::v1) required: bool,
    pub(in crate::v1) require_approval: bool,
    pub(in crate::v1) trigger_new_version: bool,
    /// Never changes.
    pub(in crate::v1) name_key: String,
    pub(in crate::v1) description: Option<String>,
    pub(in crate::v1) expose_in_job_board_api: bool,
    pub(in crate::v1) api_only: bool,
    pub(in crate::v1) office_ids: Vec<i64>,
    pub(in crate::v1) department_ids: Vec<i64>,
    pub(in crate::v1) template_token_string: Option<String>,
    pub(in crate::v1) options: Vec<CustomFieldOption>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct CustomFieldOption {
    pub(in crate::v1) id: i64,
    pub(in crate::v1) name: String,
    pub(in crate::v1) priority: i64,
    pub(in crate::v1) external_id: Option<String>,
    /// Until it is deleted. Records keep the options that they have.
    pub(in crate::v1) active: bool,
}

/// What a value of a field can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::v1) enum ValueType {
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
    pub(super) fn document(&self, view: &View<'_>, id: i64) -> Outcome<Document> {
        Document::of(&json!({
            "id": id,
            "name": self.name,
            "active": self.active,
            "field_type": self.field_type,
            "priority": self.priority,
            "value_type": self.value_type,
            "private": self.private,
            "required": self.required,
            "require_approval": self.require_approval,
            "trigger_new_version": self.trigger_new_version,
            "name_key": self.name_key,
            "description": self.description,
            "expose_in_job_board_api": self.expose_in_job_board_api,
            "api_only": self.api_only,
            "offices": view.documents_of(&OFFICE, &self.office_ids)?,
            "departments": view.documents_of(&DEPARTMENT, &self.department_ids)?,
            "template_token_string": self.template_token_string,
            "custom_field_options": self.active_options().map(CustomFieldOption::show).collect::<Vec<_>>(),
        }))
    }

    /// The options that can be chosen.
    pub(super) fn active_options(&self) -> impl Iterator<Item = &CustomFieldOption> {
        self.options.iter().filter(|option| option.active)
    }
}

impl CustomFieldOption {
    pub(super) fn show(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "priority": self.priority,
            "external_id": self.external_id,
        })
    }
}

impl ValueType {
    /// Whether a value is one option, or some, of those that the field has.
    pub(super) fn has_options(self) -> bool {
        matches!(self, Self::SingleSelect | Self::MultiSelect)
    }

    /// Whether a value has two ends.
    pub(super) fn is_range(self) -> bool {
        matches!(self, Self::CurrencyRange | Self::NumberRange)
    }
}
