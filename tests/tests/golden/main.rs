//! Small descriptions and the Rust that they become.
//!
//! Each folder of `golden/` holds a description and `generated.rs`, which has to be what the generator writes today.
//! `UPDATE_GOLDEN=1 cargo test -p harvest-tests --test golden` rewrites it. That the code compiles, and what it
//! does, is the business of the test `golden_code`; it is not part of this one, so that code that does not compile can
//! be rewritten.

mod flatten;
mod other_description;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use similar::TextDiff;

fn folder() -> PathBuf {
    // cargo runs a test in the folder of its package.
    PathBuf::from("golden")
}

/// The root of the description of a case.
fn root(case: &str) -> PathBuf {
    match case {
        // This one is in several files.
        "other" => folder()
            .with_file_name("fixtures")
            .join("other/openapi.yaml"),
        _ => folder().join(case).join("openapi.yaml"),
    }
}

/// Every folder of `golden/`, by name.
fn cases() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("golden/ is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .filter_map(|path| path.file_name().map(|n| n.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    names
}

#[test]
fn the_generated_code_is_as_committed() {
    let update = env::var_os("UPDATE_GOLDEN").is_some();
    let mut problems = String::new();
    for case in cases() {
        let version = match harvest_codegen::compile(&case, &root(&case), Path::new("")) {
            Ok(version) => version,
            Err(error) => {
                let _ = writeln!(problems, "{case}: {error}");
                continue;
            }
        };
        let new = flatten::flatten(&version);
        let path = folder().join(&case).join("generated.rs");
        let old = fs::read_to_string(&path)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        if old == new {
            continue;
        }
        if update {
            fs::write(&path, new).expect("the file can be written");
            continue;
        }
        let name = format!("tests/golden/{case}/generated.rs");
        let diff = TextDiff::from_lines(&old, &new);
        problems.push_str(
            &diff
                .unified_diff()
                .header(&name, "generated now")
                .to_string(),
        );
    }
    assert!(
        problems.is_empty(),
        "{problems}\nUPDATE_GOLDEN=1 cargo test -p harvest-tests --test golden writes what is \
         generated now"
    );
}
