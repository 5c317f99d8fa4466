//! First lines of modules: each is a noun phrase that says what the module is.

use std::fs;
use std::path::{Path, PathBuf};

use crate::knowledge::root;

/// The folders whose modules are looked at.
pub const FOLDERS: [&str; 12] = [
    "benches",
    "codegen",
    "examples",
    "fuzz",
    "harvest-cli",
    "harvest-export",
    "harvest-openapi",
    "harvest-runtime",
    "harvest-sandbox",
    "harvest-spec",
    "tests",
    "xtask",
];

/// Words that begin a clause in place of a noun phrase.
const CLAUSES: [&str; 9] = [
    "How", "It", "That", "What", "When", "Where", "Which", "Who", "Why",
];

/// The word that begins the documentation of a module, if it begins a clause.
fn clause(text: &str) -> Option<&str> {
    let first = text.lines().next()?.strip_prefix("//! ")?;
    let word = first.split([' ', ',']).next()?.trim_matches('`');
    CLAUSES.contains(&word).then_some(word)
}

pub fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() && !path.ends_with("target") {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn a_module_is_named_by_a_noun_phrase() {
    let mut found = Vec::new();
    for folder in FOLDERS {
        files(&root().join(folder), &mut found);
    }
    assert!(found.len() > 900, "{} files", found.len());
    let problems: Vec<_> = found
        .iter()
        .filter_map(|path| {
            let text = fs::read_to_string(path).expect("text");
            let word = clause(&text)?.to_owned();
            Some(format!("{}: {word}", path.display()))
        })
        .collect();
    assert!(
        problems.is_empty(),
        "begin with a noun phrase, not with a clause:\n{}",
        problems.join("\n")
    );
}

#[test]
fn a_clause_is_found() {
    assert_eq!(clause("//! What is sent.\n"), Some("What"));
    assert_eq!(clause("//! `It`, the pronoun.\n"), Some("It"));
    assert_eq!(clause("//! Requests.\n//! What is sent.\n"), None);
    assert_eq!(clause("//! Whatever.\n"), None);
    assert_eq!(clause("use a;\n//! What.\n"), None);
}
