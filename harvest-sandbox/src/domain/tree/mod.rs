//! Departments and offices: units of the organization, each below one other or none, shown flat or as a tree.

mod height;
mod parent;
mod rules;
mod several;

pub(crate) use height::{add, save};
pub(crate) use parent::ParentRef;
pub(crate) use rules::{check_external_id, check_name};
pub(crate) use several::several;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::Kind;

/// What is known about a unit.
pub(crate) trait Unit: Serialize + DeserializeOwned {
    fn kind() -> &'static Kind;
    /// `A department`.
    const WHAT: &'static str;

    fn parent_id(&self) -> Option<i64>;
    /// The organization's own id.
    fn external_id(&self) -> Option<&str>;
}
