//! Tags of candidates.

use serde::{Deserialize, Serialize};

use crate::clock::stamp;
use crate::domain::access::{Actor, Visibility};
use crate::domain::organization::{Seed, days_ago};
use crate::domain::{Resource, names};
use crate::refusal::{Outcome, Problems};
use crate::store::{Edit, Kind, View};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&TAG],
    seed,
};

pub(crate) static TAG: Kind = Kind {
    table: "tag",
    first_id: 4_031_001,
    visibility: Visibility::EVERYONE,
};

/// What is known about a tag.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Tag {
    pub(crate) name: String,
    #[serde(default = "unknown_time")]
    pub(crate) created_at: String,
    #[serde(default = "unknown_time")]
    pub(crate) updated_at: String,
}

/// The time of tags from before times were kept.
fn unknown_time() -> String {
    "2020-01-01T00:00:00.000Z".to_owned()
}

/// Adds a tag with a name that no other has, in whatever letters.
pub(crate) fn create(edit: &mut Edit<'_>, actor: &Actor, name: &str) -> Outcome<i64> {
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    names::check("name", name, &mut problems);
    if find(edit, name)?.is_some() {
        problems.taken("name");
    }
    problems.check()?;
    add(edit, name)
}

/// The tag of that name, in whatever letters, and whether it had to be made.
pub(crate) fn find_or_create(
    edit: &mut Edit<'_>,
    actor: &Actor,
    name: &str,
) -> Outcome<(i64, bool)> {
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    names::check("name", name, &mut problems);
    problems.check()?;
    named(edit, name)
}

/// The same, without a check of the name or of who may.
pub(crate) fn named(edit: &mut Edit<'_>, name: &str) -> Outcome<(i64, bool)> {
    match find(edit, name)? {
        Some(id) => Ok((id, false)),
        None => Ok((add(edit, name)?, true)),
    }
}

/// The tag of that name, in whatever letters.
fn find(view: &View<'_>, name: &str) -> Outcome<Option<i64>> {
    let sql = "SELECT id FROM tag WHERE name = ?1 COLLATE NOCASE";
    view.value(sql, [name])
}

fn add(edit: &mut Edit<'_>, name: &str) -> Outcome<i64> {
    let now = stamp(edit.now());
    let tag = Tag {
        name: name.to_owned(),
        created_at: now.clone(),
        updated_at: now,
    };
    edit.insert(&TAG, &tag)
}

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let names = [
        "Field work",
        "Portuguese",
        "River days",
        "Returning",
        "Relocates",
    ];
    for (number, name) in names.into_iter().enumerate() {
        let created_at = days_ago(700, &mut seed.dice("tag", number));
        let tag = Tag {
            name: name.to_owned(),
            updated_at: created_at.clone(),
            created_at,
        };
        seed.insert(&TAG, &tag)?;
    }
    Ok(())
}
