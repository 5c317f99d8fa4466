//! Resources that need a model, and the file that each model is in.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToKebabCase;

use crate::Version;

/// The home of models that are at home in no resource.
pub(super) const SHARED: &str = "shared";

/// What the files need to know about models.
pub(super) struct Features {
    /// The resources whose operations lead to a model.
    pub users: BTreeMap<String, BTreeSet<String>>,
    /// The resource (or [`SHARED`]) in whose folder a model is described.
    pub home_modules: BTreeMap<String, String>,
}

/// The cargo feature of a resource.
pub(super) fn feature(tag: &str) -> String {
    tag.to_kebab_case()
}

pub(super) fn features(version: &Version) -> Features {
    let refined = &version.refined;
    let uses: BTreeMap<&str, &BTreeSet<String>> = refined
        .models
        .iter()
        .map(|m| (m.name.as_str(), &m.uses))
        .collect();
    let mut tags_of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for operation in &refined.operations {
        let mut open: Vec<&String> = operation.uses.iter().collect();
        while let Some(name) = open.pop() {
            if tags_of
                .entry(name.clone())
                .or_default()
                .insert(operation.facts.tag.clone())
            {
                open.extend(uses.get(name.as_str()).into_iter().flat_map(|u| u.iter()));
            }
        }
    }
    let tags: BTreeSet<&str> = refined.tags.iter().map(|t| t.name.as_str()).collect();
    let mut home_modules: BTreeMap<String, String> = refined
        .models
        .iter()
        .map(|m| (m.name.clone(), home(version, &tags, &m.name)))
        .collect();
    // A type that progenitor named after a property lives with the type that has the property.
    for model in &refined.models {
        if home_modules.get(&model.name).is_some_and(|h| h == SHARED)
            && !described(version, &model.name)
        {
            let owner = refined.models.iter().find(|m| m.uses.contains(&model.name));
            if let Some(home) = owner.and_then(|m| home_modules.get(&m.name)).cloned() {
                home_modules.insert(model.name.clone(), home);
            }
        }
    }
    Features {
        users: tags_of,
        home_modules,
    }
}

fn described(version: &Version, name: &str) -> bool {
    version
        .bundle
        .document
        .pointer(&format!("/components/schemas/{name}"))
        .is_some()
}

fn home(version: &Version, tags: &BTreeSet<&str>, model: &str) -> String {
    let place = version
        .bundle
        .place(&format!("/components/schemas/{model}"));
    let folder = place.file.rsplit('/').nth(1).unwrap_or_default();
    if tags.contains(folder) {
        folder.to_owned()
    } else {
        SHARED.to_owned()
    }
}
