//! Reasons for which openings are closed, as v3 shows them.

use super::list;
use super::presentation::{dated, shown};
use crate::domain::close_reasons::CLOSE_REASON;
use crate::faces::{Handler, Resource};
use crate::json::{Value, json};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&CLOSE_REASON, |view, row| {
        let reason: Value = row.state()?;
        dated(view, &CLOSE_REASON, row, json!({"name": reason["name"]}))
    })],
    operations: &[(
        "list_close_reasons",
        Handler::Read(|cx| list::list(cx, &CLOSE_REASON, &[])),
    )],
};
