//! Sources, as v3 shows them.

use super::list;
use super::presentation::{dated, shown};
use crate::domain::sources::SOURCE;
use crate::faces::{Handler, Resource};
use crate::json::{Value, json};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&SOURCE, |view, row| {
        let source: Value = row.state()?;
        let shown = json!({"name": source["name"], "type": source["type"]});
        dated(view, &SOURCE, row, shown)
    })],
    operations: &[(
        "list_sources",
        Handler::Read(|cx| list::list(cx, &SOURCE, &[])),
    )],
};
