//! The endpoint permissions and scopes that there are, by resource.

use std::collections::HashMap;

use harvest_openapi::Document;
use serde::Deserialize;

use crate::json::Value;

/// What a key can be permitted, or an integration given.
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
    #[serde(default)]
    security: Vec<HashMap<String, Vec<String>>>,
}

/// What an operation asks of a credential.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// The endpoint permission of a key.
    Permission,
    /// The scope of a token.
    Scope,
}

impl Operation {
    fn name(&self, asked: Asked) -> Option<String> {
        match asked {
            Asked::Permission => self.permission.clone(),
            Asked::Scope => {
                let requirements = self.security.iter();
                let mut scopes = requirements.flat_map(|it| it.values().flatten());
                scopes.next().cloned()
            }
        }
    }
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
    /// Reads the descriptions. What is not as expected in them is left out: whether they can be served at all was found out
    /// before.
    pub(super) fn read(descriptions: &[&str], asked: Asked) -> Self {
        let mut catalogue = Self::default();
        for description in descriptions {
            catalogue.extend(Self::of(description, asked));
        }
        catalogue
    }

    fn extend(&mut self, other: Self) {
        self.resources.extend(other.resources);
        self.operations += other.operations;
    }

    fn of(description: &str, asked: Asked) -> Self {
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
        for described in Document::new(&root).operations() {
            if let Ok(operation) = Operation::deserialize(described.value) {
                let method = described.method.to_uppercase();
                let path = described.path.to_owned();
                catalogue.add(operation, Endpoint { method, path }, asked);
            }
        }
        catalogue.resources.retain(|it| !it.permissions.is_empty());
        catalogue
    }

    fn add(&mut self, operation: Operation, endpoint: Endpoint, asked: Asked) {
        let name = operation.name(asked);
        let (Some(name), Some(tag)) = (name, operation.tags.into_iter().next()) else {
            return;
        };
        self.operations += 1;
        // A scope may be for operations of several resources: it is listed with the first.
        let mut known = self.resources.iter_mut().flat_map(|it| &mut it.permissions);
        if let Some(permission) = known.find(|it| it.name == name) {
            permission.endpoints.push(endpoint);
            return;
        }
        let known = self.resources.iter().position(|it| it.tag == tag);
        let place = known.unwrap_or_else(|| {
            self.resources.push(Resource {
                title: tag.clone(),
                tag,
                permissions: Vec::new(),
            });
            self.resources.len() - 1
        });
        self.resources[place].permissions.push(Permission {
            name,
            documented: operation.documented,
            endpoints: vec![endpoint],
        });
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
        let catalogue = Catalogue::read(&[described.json], Asked::Permission);
        let document = crate::openapi::document::Document::parse(described.json).unwrap();
        assert_eq!(catalogue.operations, document.operations.len());
        let endpoints = catalogue.permissions().flat_map(|it| &it.endpoints);
        let endpoints: HashSet<_> = endpoints.map(|it| (&it.method, &it.path)).collect();
        assert_eq!(endpoints.len(), catalogue.operations);
        let mut names = HashSet::new();
        for permission in catalogue.permissions() {
            assert!(
                names.insert(permission.name.as_str()),
                "{}",
                permission.name
            );
        }
        assert!(names.contains("GET: List Users"));
        let users = catalogue.resources.iter().find(|it| it.tag == "users");
        assert_eq!(users.unwrap().title, "Users");
    }

    #[test]
    fn every_scope_is_in_it_once() {
        let described: Vec<_> = harvest_spec::DOCUMENTS.iter().map(|it| it.json).collect();
        let catalogue = Catalogue::read(&described, Asked::Scope);
        let v3 = harvest_spec::document("v3").unwrap().json;
        let document = crate::openapi::document::Document::parse(v3).unwrap();
        assert_eq!(catalogue.operations, document.operations.len());
        let listed: Vec<&str> = catalogue.permissions().map(|it| it.name.as_str()).collect();
        let known = document.scopes();
        assert_eq!(listed.len(), known.len());
        assert!(listed.iter().all(|it| known.contains(*it)));
    }
}
