//! Names of the extensions of descriptions: each is in `harvest_openapi::extension` and in the table of
//! `harvest-spec/README.md`, and in no other source.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use harvest_openapi::extension;

use crate::knowledge::{Source, root, sources};

/// The crates that read descriptions.
const READERS: [&str; 3] = ["codegen", "xtask", "harvest-sandbox"];

/// Sources with a name of their own: an attribute of serde takes a literal.
const EXCEPTIONS: [&str; 1] = ["harvest-sandbox/src/dev_center/catalogue.rs"];

fn literal(source: &Source) -> Option<&str> {
    let mut tokens = source.tokens.iter().map(|token| token.trim_matches('"'));
    tokens.find(|token| extension::ALL.contains(token) || *token == extension::OPEN_ENUM)
}

#[test]
fn a_name_is_written_in_one_module() {
    let mut problems = Vec::new();
    for reader in READERS {
        for source in sources(&root().join(reader).join("src")) {
            let path = source.path.display().to_string().replace('\\', "/");
            let path = path.trim_start_matches("../");
            let found = literal(&source);
            match found {
                Some(_) if EXCEPTIONS.contains(&path) => {}
                Some(name) => problems.push(format!("{path}: {name}")),
                None => assert!(!EXCEPTIONS.contains(&path), "{path} is no exception"),
            }
        }
    }
    assert!(
        problems.is_empty(),
        "take the names from harvest_openapi::extension:\n{}",
        problems.join("\n")
    );
}

#[test]
fn a_literal_is_found() {
    let code = r#"fn a(b: Value) -> bool { b["x-harvest-id"] == true }"#;
    let source = Source::of(Path::new("a.rs"), code);
    assert_eq!(literal(&source), Some(extension::ID));
    let code = r#"fn a() { b("x-harvest-id belongs on a schema") }"#;
    assert_eq!(literal(&Source::of(Path::new("a.rs"), code)), None);
}

#[test]
fn every_extension_is_documented() {
    let text = fs::read_to_string(root().join("harvest-spec/README.md")).expect("it is there");
    let (_, table) = text
        .split_once("| extension | on | value | meaning |\n")
        .expect("the table is there");
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let names: BTreeSet<_> = rows
        .filter_map(|row| row.strip_prefix("| `")?.split('`').next())
        .collect();
    let mut known: BTreeSet<_> = extension::ALL.iter().copied().collect();
    known.insert(extension::OPEN_ENUM);
    // It has a section of its own.
    known.remove(extension::CONVENTIONS);
    assert!(text.contains(extension::CONVENTIONS));
    assert_eq!(names, known);
}
