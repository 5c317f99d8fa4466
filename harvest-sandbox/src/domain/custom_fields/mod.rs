//! Custom fields: what an organization wants to know beside what everyone does.
//!
//! Records keep [`Values`], which are changed by [`Entry`]. How both are sent is for a face.

mod apply;
mod changed;
mod fields;
mod options;
mod required;
mod seed;
mod shown;
mod state;
mod token;

pub(crate) use apply::{Entry, apply};
pub(crate) use changed::changed;
pub(crate) use fields::{Field, Fields};
pub(crate) use options::next_option_id;
pub(crate) use required::{Units, require};
pub(crate) use shown::{erased, key_of};
pub(crate) use state::{CustomField, CustomFieldOption, ValueType, Values};
pub(crate) use token::{asked_for, new_key, of_key};

use crate::domain::Resource;
use crate::domain::access::Visibility;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&CUSTOM_FIELD],
    seed: seed::seed,
};

pub(crate) static CUSTOM_FIELD: Kind = Kind {
    table: "custom_field",
    first_id: 4_019_877_003,
    visibility: Visibility::EVERYONE,
};
