//! Schools, degrees and disciplines that educations refer to, as v1 shows and changes them.

use crate::domain::education::{DEGREE, DISCIPLINE, SCHOOL};
use crate::faces::list::List;
use crate::faces::v1::plain;
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::{Map, Value};
use crate::store::{Document, Kind, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &with_external_id(&SCHOOL),
        &plain::presentation(&DEGREE),
        &with_external_id(&DISCIPLINE),
    ],
    operations: &[
        (
            "list_schools",
            Handler::Read(|cx| cx.list(List::of(&SCHOOL))),
        ),
        (
            "list_degrees",
            Handler::Read(|cx| cx.list(List::of(&DEGREE))),
        ),
        (
            "list_disciplines",
            Handler::Read(|cx| cx.list(List::of(&DISCIPLINE))),
        ),
    ],
};

/// Entries that were seen to have an id of the organization's own, which no operation sets.
const fn with_external_id(kind: &'static Kind) -> Presentation {
    Presentation {
        show: document,
        ..plain::presentation(kind)
    }
}

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let mut fields: Map = plain::document(view, row)?.read()?;
    fields.insert("external_id".to_owned(), Value::Null);
    Document::of(&fields)
}
