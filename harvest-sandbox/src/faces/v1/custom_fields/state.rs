//! Documents of custom fields, as v1 sends them.

use crate::domain::custom_fields::{CustomField, CustomFieldOption};
use crate::domain::departments::DEPARTMENT;
use crate::domain::offices::OFFICE;
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, View};

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
            "custom_field_options":
                self.active_options().map(CustomFieldOption::show).collect::<Vec<_>>(),
        }))
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
