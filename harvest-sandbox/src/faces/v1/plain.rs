//! Records that are sent as they are kept, such as the entries of small fixed lists, as v1 shows and changes them.

use crate::http::refusal::Outcome;
use crate::json::Map;
use crate::store::{Document, Kind, Presentation, Row, View};

/// Records of a kind, as they are kept.
pub(super) const fn presentation(kind: &'static Kind) -> Presentation {
    Presentation {
        kind,
        show: document,
        embeds: &[],
        redact: None,
    }
}

/// The state, with the id in front.
pub(super) fn document(_: &View<'_>, row: &Row) -> Outcome<Document> {
    let mut fields = Map::new();
    fields.insert("id".to_owned(), row.id.into());
    let state: Map = row.state()?;
    fields.extend(state);
    Document::of(&fields)
}
