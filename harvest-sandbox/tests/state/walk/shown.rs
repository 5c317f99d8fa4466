//! Answers of all reads.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::operations::Operation;
use crate::support::{Answer, drop_links};

/// The answers to all reads, by operation.
#[derive(Default)]
pub struct Shown(BTreeMap<String, (u16, Value)>);

impl Shown {
    pub fn add(&mut self, read: &Operation, answer: &Answer) {
        let mut value = answer.json();
        drop_links(&mut value);
        self.0.insert(read.id.clone(), (answer.status, value));
    }

    pub fn status(&self, read: &Operation) -> u16 {
        self.0[&read.id].0
    }

    /// Whether it shows one record, and not a list.
    pub fn is_one(&self, read: &Operation) -> bool {
        self.0[&read.id].1.is_object()
    }

    /// The operations that answer otherwise.
    pub fn different_from(&self, other: &Self) -> Vec<&str> {
        let reads = self.0.iter().filter(|(id, it)| other.0[*id] != **it);
        reads.map(|(id, _)| id.as_str()).collect()
    }
}

/// Fails unless a file of this folder says the same.
pub fn compare(name: &str, lines: &str) {
    // cargo runs a test in the folder of its package.
    let file = &Path::new("tests/state/walk").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(file, lines).unwrap();
    }
    let known = std::fs::read_to_string(file).unwrap_or_default();
    for (known, now) in known.lines().zip(lines.lines()) {
        assert_eq!(known, now, "{} says otherwise", file.display());
    }
    assert_eq!(known.lines().count(), lines.lines().count());
}
