//! Definitions as they are kept: with their options and limits as records of their own, which a version may list.

use serde::{Deserialize, Serialize};

use super::{
    CUSTOM_FIELD, CUSTOM_FIELD_DEPARTMENT, CUSTOM_FIELD_OFFICE, CUSTOM_FIELD_OPTION, CustomField,
};
use crate::domain::parts;
use crate::domain::parts::Owner;
use crate::refusal::Outcome;
use crate::store::Edit;

/// An option, as a record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ListedOption {
    pub(crate) custom_field_id: i64,
    pub(crate) name: String,
    pub(crate) priority: i64,
    pub(crate) external_id: Option<String>,
    pub(crate) active: bool,
}

impl CustomField {
    /// Keeps a field that was changed, or under an id of its own one that is new.
    pub(crate) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        if edit.exists(&CUSTOM_FIELD, id)? {
            edit.save(&CUSTOM_FIELD, id, self)?;
        } else {
            edit.insert_as(&CUSTOM_FIELD, id, self)?;
        }
        let owner = Owner {
            column: "custom_field_id",
            id,
        };
        let options = self.options.iter().map(|option| {
            let listed = ListedOption {
                custom_field_id: id,
                name: option.name.clone(),
                priority: option.priority,
                external_id: option.external_id.clone(),
                active: option.active,
            };
            (option.id, listed)
        });
        parts::keep(edit, &CUSTOM_FIELD_OPTION, owner, options)?;
        let departments = &self.department_ids;
        parts::keep_pairs(
            edit,
            &CUSTOM_FIELD_DEPARTMENT,
            owner,
            "department_id",
            departments,
        )?;
        parts::keep_pairs(
            edit,
            &CUSTOM_FIELD_OFFICE,
            owner,
            "office_id",
            &self.office_ids,
        )
    }
}
