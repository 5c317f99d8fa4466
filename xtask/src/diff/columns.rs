//! Changes of the client beside those of the API: what they are about in the terms of the description.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::Document;
use super::rust::{self, What};
use super::{Change, Subject};

/// The changes of the client, by what the descriptions `old` and `new` call it. Pure.
pub fn columns<'a>(
    changes: impl Iterator<Item = &'a rust::Change>,
    old: &Value,
    new: &Value,
) -> Vec<Change> {
    let known = names(&Document::read(old), &Document::read(new));
    let mut subjects: BTreeMap<Subject, Lines> = BTreeMap::new();
    for change in changes {
        let found = change
            .about
            .iter()
            .find_map(|name| known.get(&squashed(name)));
        let lines = subjects
            .entry(found.cloned().unwrap_or(Subject::Client))
            .or_default();
        let (list, line) = match &change.what {
            What::Added(name) => (&mut lines.added, format!("`{name}`")),
            What::Removed(name) => (&mut lines.removed, format!("`{name}`")),
            What::Changed(text) => {
                let line = (change.breaking, text.clone());
                // The same for calls that block.
                if !lines.changed.contains(&line) {
                    lines.changed.push(line);
                }
                continue;
            }
        };
        if !list.contains(&line) {
            list.push(line);
        }
    }
    let mut out = Vec::new();
    for (subject, lines) in subjects {
        let mut note = |breaking: bool, what: String| {
            out.push(Change {
                subject: subject.clone(),
                what,
                breaking,
            });
        };
        if !lines.removed.is_empty() {
            note(true, format!("removed: {}", lines.removed.join(", ")));
        }
        for (breaking, text) in lines.changed {
            note(breaking, text);
        }
        if !lines.added.is_empty() {
            note(false, format!("added: {}", lines.added.join(", ")));
        }
    }
    out
}

/// What is said about one subject.
#[derive(Default)]
struct Lines {
    removed: Vec<String>,
    changed: Vec<(bool, String)>,
    added: Vec<String>,
}

/// Operations and schemas by their names in Rust: those of methods, builders, constants and models.
fn names(old: &Document, new: &Document) -> BTreeMap<String, Subject> {
    let mut known = BTreeMap::new();
    for document in [old, new] {
        for name in document.schemas.keys() {
            known.insert(squashed(name), Subject::Schema(name.clone()));
        }
        for (id, operation) in &document.operations {
            for name in operation.former_names().chain([id.as_str()]) {
                let subject = Subject::Operation(id.clone());
                // What an operation answers if that differs by status is called so.
                known.insert(format!("{}answer", squashed(name)), subject.clone());
                known.insert(squashed(name), subject);
            }
        }
    }
    known
}

/// A name without what differs between `list_users`, `ListUsers` and `LIST_USERS`.
fn squashed(name: &str) -> String {
    name.chars()
        .filter(|c| *c != '_')
        .flat_map(char::to_lowercase)
        .collect()
}
