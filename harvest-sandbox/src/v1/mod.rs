//! Harvest v1 and v2: what each operation does. `README.md` beside this file says how to add a resource.

mod departments;
mod offices;
mod summary;
mod tree;
mod users;

use crate::handler::Resource;

/// Every resource, in the order in which a new organization is filled: a resource comes after those it refers to.
pub(crate) static RESOURCES: &[&Resource] =
    &[&departments::RESOURCE, &offices::RESOURCE, &users::RESOURCE];
