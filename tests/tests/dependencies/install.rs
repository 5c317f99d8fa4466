//! Lines by which others depend on our crates, in texts for people: nothing is on a registry, so each names a place.

use std::fs;
use std::path::{Path, PathBuf};

use crate::knowledge::root;

/// Folders whose texts people read. That of the client has the guide, too.
const FOLDERS: [&str; 9] = [
    "docs",
    "examples",
    "harvest-cli",
    "harvest-export",
    "harvest-generated",
    "harvest-openapi",
    "harvest-runtime",
    "harvest-sandbox",
    "harvest-spec",
];

fn texts(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        let is_text = path.extension().is_some_and(|it| it == "md" || it == "rs");
        if path.is_dir() && !path.ends_with("target") {
            texts(&path, found);
        } else if is_text {
            found.push(path);
        }
    }
}

/// The lines of a text that declare one of our crates as a dependency.
fn declarations(text: &str) -> impl Iterator<Item = &str> {
    let lines = text
        .lines()
        .map(|line| line.trim_start_matches("//!").trim());
    lines.filter(|line| {
        let (name, value) = line.split_once(" = ").unwrap_or_default();
        name.starts_with("harvest-") && value.starts_with(['{', '"'])
    })
}

fn names_a_place(line: &str) -> bool {
    line.contains("path = ") || line.contains("git = ")
}

#[test]
fn each_line_that_installs_a_crate_names_where_it_is() {
    let mut paths = vec![root().join("README.md")];
    for folder in FOLDERS {
        texts(&root().join(folder), &mut paths);
    }
    let mut seen = 0;
    for path in paths {
        let text = fs::read_to_string(&path).expect("UTF-8");
        for line in declarations(&text) {
            seen += 1;
            assert!(names_a_place(line), "{}: {line}", path.display());
        }
    }
    assert!(seen > 5, "{seen} lines were found");
}

#[test]
fn a_line_that_asks_a_registry_is_found() {
    for line in [
        "harvest-sandbox = \"0.1\"",
        "//! harvest-sandbox = { version = \"0.1\", default-features = false }",
    ] {
        let found: Vec<_> = declarations(line).collect();
        assert_eq!(found.len(), 1, "{line}");
        assert!(!names_a_place(found[0]), "{line}");
    }
}
