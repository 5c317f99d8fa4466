//! Tags of candidates.

mod candidate;
mod write;

use serde::{Deserialize, Serialize};

use super::plain;
use crate::access::Visibility;
use crate::handler::{Handler, Reading, Resource};
use crate::json::json;
use crate::list::List;
use crate::organization::Seed;
use crate::refusal::Outcome;
use crate::store::{Edit, Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&TAG],
    presentations: &[&TAG_PRESENTATION],
    operations: &[
        ("list_candidate_tags", Handler::Read(list)),
        ("create_candidate_tag", Handler::Write(write::create)),
        ("delete_candidate_tag", Handler::Write(write::delete)),
        ("list_tags_of_candidate", Handler::Read(candidate::list)),
        ("add_tag_to_candidate", Handler::Write(candidate::add)),
        (
            "remove_tag_from_candidate",
            Handler::Write(candidate::remove),
        ),
    ],
    seed,
};

pub(super) static TAG: Kind = Kind {
    table: "tag",
    first_id: 4_031_001,
    visibility: Visibility::EVERYONE,
};

static TAG_PRESENTATION: Presentation = plain::presentation(&TAG);

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Tag {
    pub(super) name: String,
}

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&TAG))
}

/// The tag of that name, in whatever letters, and whether it had to be made.
pub(super) fn named(edit: &mut Edit<'_>, name: &str) -> Outcome<(i64, bool)> {
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
