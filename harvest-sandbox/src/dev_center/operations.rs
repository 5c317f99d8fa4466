//! The reading operations of the served descriptions, found by the path of a call.

use harvest_openapi::Document;

use crate::json::Value;

/// Every GET of the descriptions.
#[derive(Default)]
pub(super) struct Operations(Vec<Operation>);

/// An operation, as far as a link to its place in the API reference needs it.
pub(super) struct Operation {
    segments: Vec<String>,
    pub(super) tag: String,
    pub(super) id: String,
}

impl Operations {
    /// Reads the descriptions. What is not as expected in them is left out: whether they can be served at all was found out
    /// before.
    pub(super) fn read(descriptions: &[&str]) -> Self {
        let mut all = Vec::new();
        for description in descriptions {
            let root: Value = serde_json::from_str(description).unwrap_or_default();
            let operations = Document::new(&root).operations();
            for get in operations.filter(|it| it.method == "get") {
                let tags = get.value["tags"].as_array();
                let tag = tags.and_then(|tags| tags.first()?.as_str());
                if let (Some(tag), Some(id)) = (tag, get.value["operationId"].as_str()) {
                    all.push(Operation {
                        segments: get.path.split('/').map(str::to_owned).collect(),
                        tag: tag.to_owned(),
                        id: id.to_owned(),
                    });
                }
            }
        }
        Self(all)
    }

    /// The operation that answers at a path, which may have a query. A path without parameters goes before one with them.
    pub(super) fn at(&self, path: &str) -> Option<&Operation> {
        let path = path.split('?').next().unwrap_or_default();
        let segments: Vec<&str> = path.split('/').collect();
        let matching = self.0.iter().filter(|it| it.answers(&segments));
        matching.min_by_key(|it| it.segments.iter().filter(|one| is_parameter(one)).count())
    }
}

impl Operation {
    fn answers(&self, segments: &[&str]) -> bool {
        let pairs = self.segments.iter().zip(segments);
        self.segments.len() == segments.len()
            && pairs
                .into_iter()
                .all(|(own, asked)| is_parameter(own) || own == asked)
    }
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_paths_go_first() {
        let description = r#"{"paths": {
            "/boats/{id}": {"get": {"operationId": "one", "tags": ["boats"]}},
            "/boats/fast": {"get": {"operationId": "fast", "tags": ["boats"]}, "post": {}},
            "/boats/{id}/sails": {"post": {"operationId": "rig", "tags": ["boats"]}}}}"#;
        let operations = Operations::read(&[description]);
        let at = |path| operations.at(path).map(|it| it.id.as_str());
        assert_eq!(at("/boats/7?a=b"), Some("one"));
        assert_eq!(at("/boats/fast"), Some("fast"));
        assert_eq!((at("/boats"), at("/boats/7/sails")), (None, None));
    }
}
