//! Offices, as v1 shows and changes them.

mod write;

use crate::domain::offices::{OFFICE, Office};
use crate::faces::v1::tree;
use crate::faces::v1::tree::Shown;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::json::{Map, json};
use crate::store::{Depth, Embeds, Linked, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&OFFICE_PRESENTATION],
    operations: &[
        ("list_offices", Handler::Read(tree::list::<Office>)),
        ("get_office", Handler::Read(get)),
        ("create_office", Handler::Write(write::create)),
        ("update_office", Handler::Write(write::update)),
    ],
};

static OFFICE_PRESENTATION: Presentation = Presentation {
    kind: &OFFICE,
    show: tree::flat::<Office>,
    // An office shows ids of the one above and of those below, and not what these show of their neighbours: a change of one does
    // not invalidate all of a tree.
    embeds: &[
        Embeds {
            table: "office",
            ids: "SELECT parent_id FROM office WHERE id = ?1 AND parent_id IS NOT NULL",
            linked: Linked::ByShown,
            depth: Depth::Fields,
        },
        Embeds {
            table: "office",
            ids: "SELECT id FROM office WHERE parent_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
    ],
    redact: None,
};

impl Shown for Office {
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
}

fn get(cx: &Reading<'_>) -> Outcome {
    let id = cx.id_in_path(&OFFICE, "id")?;
    match tree::asked_for::<Office>(cx, id)? {
        Some(reply) => Ok(reply),
        None => cx.one(&OFFICE, id),
    }
}
