//! Offices.

mod seed;
mod write;

use serde::{Deserialize, Serialize};

use super::tree::{self, Unit};
use crate::access::Visibility;
use crate::handler::{Handler, Reading, Resource};
use crate::json::{Map, json};
use crate::refusal::Outcome;
use crate::store::{Depth, Embeds, Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&OFFICE],
    presentations: &[&OFFICE_PRESENTATION],
    operations: &[
        ("list_offices", Handler::Read(tree::list::<Office>)),
        ("get_office", Handler::Read(get)),
        ("create_office", Handler::Write(write::create)),
        ("update_office", Handler::Write(write::update)),
    ],
    seed: seed::seed,
};

pub(super) static OFFICE: Kind = Kind {
    table: "office",
    first_id: 4_020_460_005,
    visibility: Visibility::EVERYONE,
};

static OFFICE_PRESENTATION: Presentation = Presentation {
    kind: &OFFICE,
    show: tree::flat::<Office>,
    embeds: &[Embeds {
        // An office shows ids of the one above and of those below, and not what these show of their neighbours: a
        // change of one does not invalidate all of a tree.
        table: "office",
        ids: "SELECT parent_id FROM office WHERE id = ?1 AND parent_id IS NOT NULL
              UNION SELECT id FROM office WHERE parent_id = ?1",
        depth: Depth::Fields,
    }],
    redact: None,
};

/// What is known about an office.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Office {
    pub(super) name: String,
    /// The place in plain words.
    pub(super) location: Option<String>,
    pub(super) primary_contact_user_id: Option<i64>,
    pub(super) parent_id: Option<i64>,
    pub(super) external_id: Option<String>,
}

impl Unit for Office {
    fn kind() -> &'static Kind {
        &OFFICE
    }

    const WHAT: &'static str = "An office";

    fn fields(&self) -> Map {
        Map::from_iter([
            ("name".to_owned(), self.name.clone().into()),
            ("location".to_owned(), json!({"name": self.location})),
            (
                "primary_contact_user_id".to_owned(),
                self.primary_contact_user_id.into(),
            ),
        ])
    }

    fn parent_id(&self) -> Option<i64> {
        self.parent_id
    }

    fn external_id(&self) -> Option<&str> {
        self.external_id.as_deref()
    }
}

fn get(cx: &Reading<'_>) -> Outcome {
    let id = cx.row_in_path(&OFFICE, "id")?.id;
    match tree::asked_for::<Office>(cx, id)? {
        Some(reply) => Ok(reply),
        None => cx.one(&OFFICE, id),
    }
}
