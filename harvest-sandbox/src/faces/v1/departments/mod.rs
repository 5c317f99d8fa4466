//! Departments, as v1 shows and changes them.

mod write;

use crate::domain::departments::{DEPARTMENT, Department};
use crate::faces::v1::tree;
use crate::faces::v1::tree::Shown;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Map, Value};
use crate::store::{Depth, Embeds, Linked, Presentation, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&DEPARTMENT_PRESENTATION],
    operations: &[
        ("list_departments", Handler::Read(tree::list::<Department>)),
        ("get_department", Handler::Read(get)),
        ("create_department", Handler::Write(write::create)),
        ("update_department", Handler::Write(write::update)),
    ],
};

static DEPARTMENT_PRESENTATION: Presentation = Presentation {
    kind: &DEPARTMENT,
    show: tree::flat::<Department>,
    // A department shows ids of the one above and of those below, and not what these show of their neighbours: a change of one does
    // not invalidate all of a tree.
    embeds: &[
        Embeds {
            table: "department",
            ids: "SELECT parent_id FROM department WHERE id = ?1 AND parent_id IS NOT NULL",
            linked: Linked::ByShown,
            depth: Depth::Fields,
        },
        Embeds {
            table: "department",
            ids: "SELECT id FROM department WHERE parent_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
    ],
    redact: None,
};

impl Shown for Department {
    fn fields(&self) -> Map {
        Map::from_iter([("name".to_owned(), self.name.clone().into())])
    }
}

fn get(cx: &Reading<'_>) -> Outcome {
    let id = cx.id_in_path(&DEPARTMENT, "id")?;
    match tree::asked_for::<Department>(cx, id)? {
        Some(reply) => Ok(reply),
        None => Ok(Reply::value(&with_plural_key(cx, id)?)),
    }
}

/// As where a department is retrieved or added: with a plural key for the one above, and an empty text for none.
fn with_plural_key(view: &View<'_>, id: i64) -> Outcome<Value> {
    const KEY: &str = "parent_department_external_ids";
    let flat = view.document(&DEPARTMENT, id)?;
    let mut shown = tree::renamed(&flat, "parent_department_external_id", KEY)?;
    if shown[KEY].is_null() {
        shown[KEY] = "".into();
    }
    Ok(shown)
}
