//! Operations and parameters of a document.

use serde_json::Value;

use crate::{Json, reference};

/// The methods of a path item: other keys of it (`parameters`, `summary` …) are no operations.
pub const METHODS: [&str; 8] = [
    "get", "post", "put", "patch", "delete", "head", "options", "trace",
];

/// The key of the deliveries of a service, in a document of OpenAPI 3.0: an extension that documentation viewers know.
/// In 3.1 it is `webhooks`, a part of the format.
pub const EVENTS: &str = "x-webhooks";

/// A document, by its root.
#[derive(Debug)]
pub struct Document<'a, J = Value> {
    root: &'a J,
}

/// An operation, and the place where it stands.
#[derive(Debug)]
pub struct Operation<'a, J = Value> {
    /// The template of its path.
    pub path: &'a str,
    /// Its method, in lower case.
    pub method: &'a str,
    /// Its description.
    pub value: &'a J,
    /// The path item around it.
    pub item: &'a J,
}

impl<J> Clone for Document<'_, J> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<J> Copy for Document<'_, J> {}

impl<J> Clone for Operation<'_, J> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<J> Copy for Operation<'_, J> {}

impl<'a, J: Json> Document<'a, J> {
    /// The document with this root.
    pub fn new(root: &'a J) -> Self {
        Self { root }
    }

    /// The root.
    pub fn root(self) -> &'a J {
        self.root
    }

    /// Every operation, in the order of the document. A path item that is a reference is followed.
    pub fn operations(self) -> impl Iterator<Item = Operation<'a, J>> {
        self.operations_under("paths")
    }

    /// Every delivery that a published document describes, as an operation whose path is the name of the event.
    pub fn deliveries(self) -> impl Iterator<Item = Operation<'a, J>> {
        self.operations_under(EVENTS)
    }

    fn operations_under(self, key: &str) -> impl Iterator<Item = Operation<'a, J>> + use<'a, J> {
        let paths = self.root.member(key).into_iter();
        paths.flat_map(J::members).flat_map(move |(path, item)| {
            let item = self.resolve(item);
            let members = item.members();
            let operations = members.filter(|(key, _)| METHODS.contains(key));
            operations.map(move |(method, value)| Operation {
                path,
                method,
                value,
                item,
            })
        })
    }

    /// The value behind the references from this one, or the last one that leads nowhere.
    pub fn resolve(self, value: &'a J) -> &'a J {
        reference::follow(self.root, value).value
    }

    /// The parameters of an operation, or of a path item, behind their references.
    pub fn parameters(self, holder: &'a J) -> impl Iterator<Item = &'a J> {
        let parameters = holder.member("parameters").map_or(&[][..], J::elements);
        parameters.iter().map(move |value| self.resolve(value))
    }

    /// The components of a kind (`schemas`, `securitySchemes` …) by their names.
    pub fn components(self, kind: &str) -> impl Iterator<Item = (&'a str, &'a J)> {
        let components = self
            .root
            .member("components")
            .and_then(|it| it.member(kind));
        components.into_iter().flat_map(J::members)
    }

    /// A component of a kind.
    pub fn component(self, kind: &str, name: &str) -> Option<&'a J> {
        self.root.member("components")?.member(kind)?.member(name)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn operations_are_the_methods_of_paths() {
        let root = json!({
            "paths": {
                "/a": {"parameters": [{"name": "id"}], "summary": "x",
                    "post": {"operationId": "p"}},
                "/b": {"$ref": "#/shared"},
                "/c": 7,
            },
            "shared": {"get": {"operationId": "g"}},
        });
        let found: Vec<_> = Document::new(&root)
            .operations()
            .map(|it| {
                (
                    it.method,
                    it.path,
                    it.value["operationId"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(found, [("post", "/a", "p"), ("get", "/b", "g")]);
    }

    #[test]
    fn parameters_are_those_behind_references() {
        let root = json!({
            "components": {"parameters": {"Id": {"name": "id"}}},
            "holder": {"parameters": [{"$ref": "#/components/parameters/Id"}, {"name": "page"}]},
        });
        let document = Document::new(&root);
        let names: Vec<_> = document
            .parameters(&root["holder"])
            .map(|it| &it["name"])
            .collect();
        assert_eq!(names, ["id", "page"]);
        assert_eq!(document.parameters(&root["none"]).count(), 0);
        assert_eq!(
            document.component("parameters", "Id").unwrap()["name"],
            "id"
        );
        assert_eq!(document.components("schemas").count(), 0);
    }
}
