//! Paths of sources that documents name: each is there.

use std::fs;
use std::path::PathBuf;

use crate::headings::FOLDERS;
use crate::knowledge::root;

/// The texts between backquotes that are paths into a folder of the workspace. Placeholders and patterns are no paths.
fn named(text: &str) -> Vec<&str> {
    let is_path = |it: &&str| {
        let folder = it.split('/').next().unwrap_or_default();
        it.contains('/')
            && FOLDERS.contains(&folder)
            && it
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c))
    };
    text.split('`').skip(1).step_by(2).filter(is_path).collect()
}

/// The documents for people: at the root, in `docs`, and of each crate.
fn documents() -> Vec<PathBuf> {
    let folders = FOLDERS.iter().copied().chain([".", "docs"]);
    let entries = folders.flat_map(|folder| fs::read_dir(root().join(folder)).expect("a folder"));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_document = |path: &PathBuf| {
        let is_history = path.ends_with("CHANGELOG.md");
        !is_history && path.extension().is_some_and(|it| it == "md")
    };
    paths.filter(is_document).collect()
}

#[test]
fn files_that_documents_name_are_there() {
    let mut problems = Vec::new();
    let mut count = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).expect("text");
        for path in named(&text) {
            count += 1;
            let beside = document.parent().map(|folder| folder.join(path));
            if !root().join(path).exists() && !beside.is_some_and(|it| it.exists()) {
                problems.push(format!("{}: {path}", document.display()));
            }
        }
    }
    assert!(count > 60, "only {count} paths were found");
    assert!(
        problems.is_empty(),
        "no longer there:\n{}",
        problems.join("\n")
    );
}

#[test]
fn a_path_is_told_from_other_texts() {
    let text =
        "See `codegen/src/a.rs`, `xtask/`, `codegen`, `v1/users`, `xtask/<name>.rs`, xtask/b.";
    assert_eq!(named(text), ["codegen/src/a.rs", "xtask/"]);
}
