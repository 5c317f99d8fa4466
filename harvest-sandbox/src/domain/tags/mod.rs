//! Tags of candidates.

use serde::{Deserialize, Serialize};

use crate::domain::access::Visibility;
use crate::domain::organization::Seed;
use crate::domain::{Resource, plain};
use crate::json::json;
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&TAG],
    seed,
};

pub(crate) static TAG: Kind = Kind {
    table: "tag",
    first_id: 4_031_001,
    visibility: Visibility::EVERYONE,
};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Tag {
    pub(crate) name: String,
}

/// The tag of that name, in whatever letters, and whether it had to be made.
pub(crate) fn named(edit: &mut Edit<'_>, name: &str) -> Outcome<(i64, bool)> {
    let sql = "SELECT id FROM tag WHERE name = ?1 COLLATE NOCASE";
    if let Some(id) = edit.value(sql, [name])? {
        return Ok((id, false));
    }
    let name = name.to_owned();
    Ok((edit.insert(&TAG, &Tag { name })?, true))
}

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let names = [
        "Field work",
        "Portuguese",
        "River days",
        "Returning",
        "Relocates",
    ];
    plain::seed(seed, &TAG, names.map(|name| json!({"name": name})))
}
