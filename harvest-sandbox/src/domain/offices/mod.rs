//! Offices.

mod seed;
mod write;

pub(crate) use write::{Changes, New, change, create};

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::Visibility;
use crate::domain::tree::Unit;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&OFFICE],
    seed: seed::seed,
};

pub(crate) static OFFICE: Kind = Kind {
    table: "office",
    first_id: 4_020_460_005,
    visibility: Visibility::EVERYONE,
};

/// What is known about an office.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Office {
    pub(crate) name: String,
    /// The place in plain words.
    pub(crate) location: Option<String>,
    pub(crate) primary_contact_user_id: Option<i64>,
    pub(crate) parent_id: Option<i64>,
    pub(crate) external_id: Option<String>,
}

impl Unit for Office {
    fn kind() -> &'static Kind {
        &OFFICE
    }

    const WHAT: &'static str = "An office";

    fn parent_id(&self) -> Option<i64> {
        self.parent_id
    }

    fn external_id(&self) -> Option<&str> {
        self.external_id.as_deref()
    }
}
