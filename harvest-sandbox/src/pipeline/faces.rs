//! Descriptions that are served side by side, chosen by the first segment of the path.

use std::collections::HashMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::openapi::document::{Document, Operation};

/// The descriptions of the faces, in the order of the faces. There is one at least.
pub(crate) struct Faces {
    documents: Vec<Arc<Document>>,
    /// The place of the description whose paths begin with a segment.
    by_segment: HashMap<String, usize>,
}

impl Faces {
    /// Where two describe paths that begin alike, the one that comes first has them.
    pub(crate) fn new(
        first: Arc<Document>,
        others: impl IntoIterator<Item = Arc<Document>>,
    ) -> Self {
        let documents: Vec<Arc<Document>> = std::iter::once(first).chain(others).collect();
        let mut by_segment = HashMap::new();
        for (place, document) in documents.iter().enumerate() {
            for operation in &document.operations {
                let segment = first_segment(&operation.path).to_owned();
                by_segment.entry(segment).or_insert(place);
            }
        }
        Self {
            documents,
            by_segment,
        }
    }

    /// The place of the face that a path belongs to, and its description. A path of none is for the first one to refuse.
    pub(crate) fn of(&self, path: &str) -> (usize, &Document) {
        let segment = percent_decode_str(first_segment(path)).decode_utf8_lossy();
        let place = self.by_segment.get(&*segment).copied().unwrap_or_default();
        (place, &self.documents[place])
    }

    pub(crate) fn operation(&self, (face, operation): (usize, usize)) -> &Operation {
        &self.documents[face].operations[operation]
    }
}

fn first_segment(path: &str) -> &str {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    fn document(path: &str) -> Arc<Document> {
        let paths = json!({path: {"get": {"responses": {"204": {"description": ""}}}}});
        Arc::new(Document::parse(&json!({"openapi": "3.0.3", "paths": paths}).to_string()).unwrap())
    }

    #[test]
    fn the_first_segment_decides() {
        let faces = Faces::new(
            document("/v1/users"),
            [document("/v3/users"), document("/v1/b")],
        );
        for (path, face) in [
            ("/v1/users", 0),
            ("/v3/users", 1),
            ("/%763/users/", 1),
            ("/v3", 1),
            ("/v1/b", 0),
            ("/v30/users", 0),
            ("/", 0),
            ("", 0),
        ] {
            assert_eq!(faces.of(path).0, face, "{path}");
        }
    }
}
