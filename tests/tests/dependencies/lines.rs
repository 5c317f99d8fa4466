//! Lengths of lines in what is written by hand. rustfmt leaves a whole statement as it is where a text in it passes the
//! limit, and says nothing, so one long line hides how others are laid out.

use std::fs;
use std::path::Path;

use crate::headings::{FOLDERS, files};
use crate::knowledge::root;

/// What rustfmt wraps code at. It wraps no comments, and gives up nothing for a long one.
const WIDTH: usize = 100;

/// Lines that may be longer: the end of the file's name, and what the line holds. URLs and the like.
const EXCEPTIONS: [(&str, &str); 2] = [
    (
        "codegen/src/emit/manifest.rs",
        "## The same with ring in place of aws-lc",
    ),
    ("xtask/src/bench/first.rs", "harvest-generated = {{ path"),
];

/// The lines of a source that are too long, with their numbers.
fn too_long(text: &str) -> Vec<(usize, &str)> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter(|(_, line)| line.chars().count() > WIDTH)
        .collect()
}

/// Whether it is output of the generator.
fn is_generated(path: &Path) -> bool {
    path.starts_with(root().join("tests/golden"))
}

#[test]
fn lines_are_as_short_as_rustfmt_needs_them() {
    let mut found = Vec::new();
    for folder in FOLDERS {
        files(&root().join(folder), &mut found);
    }
    let (mut problems, mut excepted) = (Vec::new(), 0);
    for path in found.iter().filter(|path| !is_generated(path)) {
        let text = fs::read_to_string(path).expect("text");
        for (number, line) in too_long(&text) {
            let is_exception =
                |(file, part): &&(&str, &str)| path.ends_with(file) && line.contains(part);
            match EXCEPTIONS.iter().find(is_exception) {
                Some(_) => excepted += 1,
                None => problems.push(format!("{}:{number}: {line}", path.display())),
            }
        }
    }
    assert!(
        problems.is_empty(),
        "break these lines after {WIDTH} columns at the most:\n{}",
        problems.join("\n")
    );
    assert_eq!(excepted, EXCEPTIONS.len(), "an exception is no longer used");
}

#[test]
fn a_long_line_is_found() {
    let of = |columns: usize, start: &str| format!("{start}{}\nfine();\n", "é".repeat(columns));
    assert_eq!(too_long(&of(WIDTH, "")), []);
    assert_eq!(too_long(&of(WIDTH + 1, "")).len(), 1);
    assert_eq!(too_long(&of(WIDTH + 1, "    // ")), []);
}
