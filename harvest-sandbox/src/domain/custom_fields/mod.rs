//! Custom fields: what an organization wants to know beside what everyone does.
//!
//! Records keep [`Values`], which are changed by [`Entry`]. How both are sent is for a face.

mod apply;
mod define;
mod effects;
mod entries;
mod fields;
mod limits;
mod option_rows;
mod options;
mod render;
mod required;
mod save;
mod seed;
mod token;
mod users_as_values;

pub(crate) use crate::domain::records::custom_field::{
    CustomField, CustomFieldOption, ValueType, Values,
};
pub(crate) use apply::{Entry, apply};
pub(crate) use define::{Changes, New, Settings, change, create, delete};
pub(crate) use effects::changed;
pub(crate) use entries::Entries;
#[cfg(feature = "dev-center")]
pub(crate) use fields::TYPES;
pub(crate) use fields::{Field, Fields};
pub(crate) use limits::{limit, unlimit};
pub(crate) use option_rows::{OptionRow, do_option_rows};
pub(crate) use options::{
    NewOption, OptionChange, add_option, add_options, change_options, remove_options,
};
pub(crate) use render::erased;
pub(crate) use required::{Units, require};
pub(crate) use save::ListedOption;
pub(crate) use users_as_values::users_as_values;

use crate::domain::Resource;
use crate::domain::access::Visibility;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[
        &CUSTOM_FIELD,
        &CUSTOM_FIELD_OPTION,
        &CUSTOM_FIELD_DEPARTMENT,
        &CUSTOM_FIELD_OFFICE,
    ],
    seed: seed::seed,
};

pub(crate) static CUSTOM_FIELD: Kind = Kind {
    table: "custom_field",
    first_id: 4_019_877_003,
    visibility: Visibility::EVERYONE,
};

/// The options of all fields: those that the fields have, each as a record.
pub(crate) static CUSTOM_FIELD_OPTION: Kind = Kind {
    table: "custom_field_option",
    first_id: 51_840_011,
    visibility: Visibility::EVERYONE,
};

/// The departments that fields are limited to, each pair as a record.
pub(crate) static CUSTOM_FIELD_DEPARTMENT: Kind = Kind {
    table: "custom_field_department",
    first_id: 7_710_001,
    visibility: Visibility::EVERYONE,
};

/// The same of offices.
pub(crate) static CUSTOM_FIELD_OFFICE: Kind = Kind {
    table: "custom_field_office",
    first_id: 7_720_001,
    visibility: Visibility::EVERYONE,
};
