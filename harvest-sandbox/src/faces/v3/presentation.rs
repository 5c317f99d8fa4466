//! Presentations of v3. Most are rendered for each reader.

use crate::http::refusal::Outcome;
use crate::json::{Map, Value};
use crate::store::{Document, Kind, Presentation, Row, View};

/// Shows the records of a kind by this function, and takes nothing out of them.
pub(super) const fn shown(
    kind: &'static Kind,
    show: fn(&View<'_>, &Row) -> Outcome<Document>,
) -> Presentation {
    Presentation {
        kind,
        show,
        embeds: &[],
        redact: None,
    }
}

/// A document with the id and the times of a record before these properties.
pub(super) fn dated(
    view: &View<'_>,
    kind: &Kind,
    row: &Row,
    properties: Value,
) -> Outcome<Document> {
    let times = row.times(view, kind)?;
    let mut document = Map::new();
    document.insert("id".to_owned(), row.id.into());
    document.insert("created_at".to_owned(), times.created_at.into());
    document.insert("updated_at".to_owned(), times.updated_at.into());
    if let Value::Object(properties) = properties {
        document.extend(properties);
    }
    Document::of(&document)
}
