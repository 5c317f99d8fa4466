//! Departments.

mod seed;
mod write;

pub(crate) use write::{Changes, New, change, create};

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::Visibility;
use crate::domain::tree::Unit;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&DEPARTMENT],
    seed: seed::seed,
};

pub(crate) static DEPARTMENT: Kind = Kind {
    table: "department",
    first_id: 31_001,
    visibility: Visibility::EVERYONE,
};

/// What is known about a department.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Department {
    pub(crate) name: String,
    pub(crate) parent_id: Option<i64>,
    pub(crate) external_id: Option<String>,
}

impl Unit for Department {
    fn kind() -> &'static Kind {
        &DEPARTMENT
    }

    const WHAT: &'static str = "A department";

    fn parent_id(&self) -> Option<i64> {
        self.parent_id
    }

    fn external_id(&self) -> Option<&str> {
        self.external_id.as_deref()
    }
}
