//! The endpoint permissions that there are, by resource.

use serde::Deserialize;

use crate::json::Value;

/// What a key can be permitted.
#[derive(Default)]
pub(super) struct Catalogue {
    pub(super) resources: Vec<Resource>,
    /// How many operations they are for.
    pub(super) operations: usize,
}

/// The permissions of a resource: a tag of the description.
pub(super) struct Resource {
    pub(super) tag: String,
    /// For people.
    pub(super) title: String,
    pub(super) permissions: Vec<Permission>,
}

/// An endpoint permission.
pub(super) struct Permission {
    /// `GET: List jobs`
    pub(super) name: String,
    /// What the documentation calls it, if that is something else: `GET: List Jobs`.
    pub(super) documented: Option<String>,
    /// What it is for. Operations that are there in two versions share one.
    pub(super) endpoints: Vec<Endpoint>,
}

pub(super) struct Endpoint {
    pub(super) method: String,
    pub(super) path: String,
}

#[derive(Deserialize)]
struct Tag {
    name: String,
    #[serde(rename = "x-displayName")]
    title: Option<String>,
}

#[derive(Deserialize)]
struct Operation {
    #[serde(default)]
    tags: Vec<String>,
    #[serde(rename = "x-harvest-permission")]
    permission: Option<String>,
    #[serde(rename = "x-harvest-documented-permission")]
    documented: Option<String>,
}

impl Permission {
    /// Every name that it goes by.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        [Some(&self.name), self.documented.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}

impl Catalogue {
    /// Reads the description. What is not as expected in it is left out: whether it can be served at all was found out
    /// before.
    pub(super) fn read(description: &str) -> Self {
        let root: Value = serde_json::from_str(description).unwrap_or_default();
        let tags = Vec::<Tag>::deserialize(&root["tags"]).unwrap_or_default();
        let resources = tags.into_iter().map(|tag| Resource {
            title: tag.title.unwrap_or_else(|| tag.name.clone()),
            tag: tag.name,
            permissions: Vec::new(),
        });
        let mut catalogue = Self {
            resources: resources.collect(),
            operations: 0,
        };
        let paths = root["paths"].as_object().into_iter().flatten();
        for (path, item) in paths {
            for (method, operation) in item.as_object().into_iter().flatten() {
                if let Ok(operation) = Operation::deserialize(operation) {
                    let method = method.to_uppercase();
                    let path = path.clone();
                    catalogue.add(operation, Endpoint { method, path });
                }
            }
        }
        catalogue.resources.retain(|it| !it.permissions.is_empty());
        catalogue
    }

    fn add(&mut self, operation: Operation, endpoint: Endpoint) {
        let tag = operation.tags.into_iter().next();
        let (Some(name), Some(tag)) = (operation.permission, tag) else {
            return;
        };
        self.operations += 1;
        let known = self.resources.iter().position(|it| it.tag == tag);
        let place = known.unwrap_or_else(|| {
            self.resources.push(Resource {
                title: tag.clone(),
                tag,
                permissions: Vec::new(),
            });
            self.resources.len() - 1
        });
        let permissions = &mut self.resources[place].permissions;
        match permissions.iter_mut().find(|it| it.name == name) {
            Some(permission) => permission.endpoints.push(endpoint),
            None => permissions.push(Permission {
                name,
                documented: operation.documented,
                endpoints: vec![endpoint],
            }),
        }
    }

    /// Every permission, in order.
    pub(super) fn permissions(&self) -> impl Iterator<Item = &Permission> {
        self.resources.iter().flat_map(|it| &it.permissions)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_operation_is_in_it_once() {
        let described = harvest_spec::document("v1").unwrap();
        let catalogue = Catalogue::read(described.json);
        let document = crate::openapi::document::Document::parse(described.json).unwrap();
        assert_eq!(catalogue.operations, document.operations.len());
        let endpoints = catalogue.permissions().flat_map(|it| &it.endpoints);
        let endpoints: HashSet<_> = endpoints.map(|it| (&it.method, &it.path)).collect();
        assert_eq!(endpoints.len(), catalogue.operations);
        let mut names = HashSet::new();
        for permission in catalogue.permissions() {
            assert!(names.insert(&permission.name), "{}", permission.name);
        }
        assert!(names.contains(&"GET: List Users".to_owned()));
        let users = catalogue.resources.iter().find(|it| it.tag == "users");
        assert_eq!(users.unwrap().title, "Users");
    }
}
