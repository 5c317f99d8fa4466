//! `harvest-spec/migration.yaml` against both descriptions: whatever it names exists, and nothing of v1 is forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use xtask::migrating::{self, Fate};

/// A description, as one document.
struct Described {
    document: Value,
}

impl Described {
    fn load(version: &str) -> Self {
        let folder = spec().join(version);
        let root = folder.join("openapi.yaml");
        let bundle = harvest_codegen::load::load(&root, Path::new("")).expect("it can be loaded");
        Self {
            document: bundle.document,
        }
    }

    fn schemas(&self) -> &Map<String, Value> {
        self.document["components"]["schemas"]
            .as_object()
            .expect("schemas")
    }

    fn schema(&self, name: &str) -> Option<&Value> {
        self.schemas().get(name)
    }

    fn properties(&self, model: &str) -> BTreeSet<String> {
        let properties = self.schema(model).and_then(|s| s["properties"].as_object());
        properties
            .into_iter()
            .flat_map(|p| p.keys().cloned())
            .collect()
    }

    fn values(&self, enumeration: &str) -> BTreeSet<String> {
        let values = self.schema(enumeration).and_then(|s| s["enum"].as_array());
        values
            .into_iter()
            .flatten()
            .filter_map(|v| v.as_str().map(str::to_owned))
            .collect()
    }

    /// The parameters of each operation, by operationId.
    fn operations(&self) -> BTreeMap<String, BTreeSet<String>> {
        let paths = self.document["paths"].as_object().expect("paths");
        paths
            .values()
            .flat_map(|item| item.as_object().expect("a path item").values())
            .map(|operation| {
                let id = operation["operationId"].as_str().expect("an id").to_owned();
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                (id, parameters.map(|p| self.parameter(p)).collect())
            })
            .collect()
    }

    fn parameter(&self, value: &Value) -> String {
        let value = match value["$ref"].as_str() {
            Some(reference) => self
                .document
                .pointer(reference.trim_start_matches('#'))
                .expect("a component"),
            None => value,
        };
        value["name"].as_str().expect("a name").to_owned()
    }
}

fn spec() -> PathBuf {
    // cargo runs a test in the folder of its package.
    PathBuf::from("../harvest-spec")
}

/// Checks one fate. `old` and `new` are the names on either side, among which a renamed thing has to be.
fn check(
    what: &str,
    name: &str,
    fate: &Fate,
    (old, new): (&BTreeSet<String>, &BTreeSet<String>),
    target: impl Fn(&str) -> bool,
    problems: &mut Vec<String>,
) {
    let mut problem = |text: String| problems.push(format!("{what}, {name}: {text}"));
    if !old.contains(name) {
        problem("not in the old description".to_owned());
    }
    let forms = [
        fate.renamed.is_some(),
        fate.moved.is_some(),
        fate.dropped.is_some(),
        fate.kind.is_some(),
    ];
    if forms.iter().filter(|form| **form).count() != 1 {
        problem("one of renamed, moved, dropped and type, please".to_owned());
    }
    if let Some(renamed) = &fate.renamed
        && !new.contains(renamed)
    {
        problem(format!("renamed to {renamed}, which is not there"));
    }
    if fate.kind.is_some() && !new.contains(name) {
        problem("another type of what is not there".to_owned());
    }
    for moved in fate.moved.iter().flatten() {
        if !target(moved) {
            problem(format!("moved to {moved}, which does not exist"));
        }
    }
    for text in [&fate.note, &fate.dropped, &fate.kind]
        .into_iter()
        .flatten()
    {
        if text.trim().is_empty() {
            problem("an empty text".to_owned());
        }
    }
}

/// What is not named has to be there by the same name.
fn check_rest(
    what: &str,
    old: &BTreeSet<String>,
    named: &BTreeMap<String, Fate>,
    new: &BTreeSet<String>,
    problems: &mut Vec<String>,
) {
    for name in old {
        if !named.contains_key(name) && !new.contains(name) {
            problems.push(format!(
                "{what}, {name}: nothing says what becomes of it; give it a line"
            ));
        }
    }
}

#[test]
fn the_migration_fits_both_descriptions() {
    let migration = migrating::read(Path::new("..")).expect("it has the form");
    let migration = migration.expect("the file is there");
    let (old, new) = (
        Described::load(&migration.from),
        Described::load(&migration.to),
    );
    let new_operations = new.operations();
    let target = |target: &str| match target.split_once('.') {
        Some((model, property)) => new.properties(model).contains(property),
        None => new_operations.contains_key(target),
    };
    let mut problems = Vec::new();

    let old_operations = old.operations();
    for id in old_operations.keys() {
        if !migration.operations.contains_key(id) {
            problems.push(format!("{id}: nothing takes its place"));
        }
    }
    for (id, pair) in &migration.operations {
        let Some(parameters) = old_operations.get(id) else {
            problems.push(format!("{id}: no such operation"));
            continue;
        };
        let mut there = BTreeSet::new();
        for to in &pair.to {
            match new_operations.get(to) {
                Some(parameters) => there.extend(parameters.iter().cloned()),
                None => problems.push(format!("{id}: {to} does not exist")),
            }
        }
        if pair.to.is_empty() && pair.note.is_none() {
            problems.push(format!("{id}: neither an operation nor a word"));
        }
        if !["documented", "client", "pattern"].contains(&pair.basis.as_str()) {
            problems.push(format!("{id}: the basis {}", pair.basis));
        }
        for (name, fate) in &pair.parameters {
            check(id, name, fate, (parameters, &there), target, &mut problems);
        }
        for name in parameters {
            match (pair.parameters.get(name), migration.parameters.get(name)) {
                (None, Some(fate)) => {
                    check(id, name, fate, (parameters, &there), target, &mut problems);
                }
                (None, None) if !there.contains(name) => {
                    problems.push(format!(
                        "{id}, {name}: nothing says what becomes of it; give it a line"
                    ));
                }
                _ => {}
            }
        }
    }

    for (name, schema) in old.schemas() {
        let (model, enumeration) = (
            schema.get("properties").is_some(),
            schema.get("enum").is_some(),
        );
        if model != migration.models.contains_key(name)
            || enumeration != migration.enumerations.contains_key(name)
        {
            problems.push(format!("{name}: missing, or under the wrong heading"));
        }
    }
    for (name, pair) in &migration.models {
        let (before, mut after) = (old.properties(name), BTreeSet::new());
        for to in &pair.to {
            if new.schema(to).is_none() {
                problems.push(format!("{name}: {to} does not exist"));
            }
            after.extend(new.properties(to));
        }
        for (property, fate) in &pair.properties {
            check(
                name,
                property,
                fate,
                (&before, &after),
                target,
                &mut problems,
            );
        }
        check_rest(name, &before, &pair.properties, &after, &mut problems);
    }
    for (name, pair) in &migration.enumerations {
        let (before, mut after) = (old.values(name), BTreeSet::new());
        for to in &pair.to {
            let values = new.values(to);
            if values.is_empty() {
                problems.push(format!("{name}: {to} is no enumeration"));
            }
            after.extend(values);
        }
        for (value, fate) in &pair.values {
            check(name, value, fate, (&before, &after), target, &mut problems);
        }
        if !pair.to.is_empty() {
            check_rest(name, &before, &pair.values, &after, &mut problems);
        }
    }
    assert!(
        problems.is_empty(),
        "in harvest-spec/migration.yaml, whose head says how each is written:\n{}",
        problems.join("\n")
    );
}
