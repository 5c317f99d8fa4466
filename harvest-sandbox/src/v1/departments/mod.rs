//! Departments.

mod seed;
mod write;

use serde::{Deserialize, Serialize};

use super::tree::{self, Unit};
use crate::access::Visibility;
use crate::handler::{Handler, Reading, Resource};
use crate::json::{Map, Value};
use crate::refusal::Outcome;
use crate::reply::Reply;
use crate::store::{Depth, Embeds, Kind, Presentation, View};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&DEPARTMENT],
    presentations: &[&DEPARTMENT_PRESENTATION],
    operations: &[
        ("list_departments", Handler::Read(tree::list::<Department>)),
        ("get_department", Handler::Read(get)),
        ("create_department", Handler::Write(write::create)),
        ("update_department", Handler::Write(write::update)),
    ],
    seed: seed::seed,
};

pub(super) static DEPARTMENT: Kind = Kind {
    table: "department",
    first_id: 31_001,
    visibility: Visibility::EVERYONE,
};

static DEPARTMENT_PRESENTATION: Presentation = Presentation {
    kind: &DEPARTMENT,
    show: tree::flat::<Department>,
    embeds: &[Embeds {
        // A department shows ids of the one above and of those below, and not what these show of their neighbours: a
        // change of one does not invalidate all of a tree.
        table: "department",
        ids: "SELECT parent_id FROM department WHERE id = ?1 AND parent_id IS NOT NULL
              UNION SELECT id FROM department WHERE parent_id = ?1",
        depth: Depth::Fields,
    }],
    redact: None,
};

/// What is known about a department.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Department {
    pub(super) name: String,
    pub(super) parent_id: Option<i64>,
    pub(super) external_id: Option<String>,
}

impl Unit for Department {
    fn kind() -> &'static Kind {
        &DEPARTMENT
    }

    const WHAT: &'static str = "A department";

    fn fields(&self) -> Map {
        Map::from_iter([("name".to_owned(), self.name.clone().into())])
    }

    fn parent_id(&self) -> Option<i64> {
        self.parent_id
    }

    fn external_id(&self) -> Option<&str> {
        self.external_id.as_deref()
    }
}

fn get(cx: &Reading<'_>) -> Outcome {
    let id = cx.row_in_path(&DEPARTMENT, "id")?.id;
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
