//! Documents of records as the acting user may see them.

use crate::domain::access::Actor;
use crate::refusal::Outcome;
use crate::store::{Document, Kind, View};

impl Actor {
    /// A record as the user may see it, if there is one.
    pub(crate) fn document(
        &self,
        view: &View<'_>,
        kind: &Kind,
        id: i64,
    ) -> Outcome<Option<Document>> {
        if !self.sees_record(view, kind, id)? {
            return Ok(None);
        }
        let document = view.documents(kind, "id = ?1", [id])?.pop();
        document
            .map(|document| self.redacted(view, kind, id, document))
            .transpose()
    }

    /// A document of a record that the user may see, without what the user may not see of it.
    pub(crate) fn redacted(
        &self,
        view: &View<'_>,
        kind: &Kind,
        id: i64,
        document: Document,
    ) -> Outcome<Document> {
        match view.presentation(kind)?.redact {
            Some(redact) => redact(view, self, id, document),
            None => Ok(document),
        }
    }
}
