//! Compilation of what the linter accepts, documentation without warnings included: a sample of descriptions with odd names and
//! texts, as modules of one crate.
//!
//! `HARVEST_NAMES_SEED` and `HARVEST_NAMES_COUNT` choose another sample; `cargo xtask fuzz --target names` looks for
//! descriptions that do not even become files. The crate is left in `target/tmp/names`, for reading.

#[allow(dead_code, reason = "what the fuzzer needs besides is not needed here")]
#[path = "../../fuzz/src/names.rs"]
mod names;

#[path = "compiles/cases.rs"]
mod cases;
#[path = "compiles/dictionary.rs"]
mod dictionary;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use harvest_codegen::emit::Tree;
use harvest_codegen::load::Bundle;
use harvest_codegen::{Version, lint};

/// How many descriptions are compiled, and how many are made to find them.
const COUNT: u64 = 24;
const TRIES: u64 = 60;

fn number(variable: &str, default: u64) -> u64 {
    match std::env::var(variable) {
        Ok(text) => text.parse().expect("a number"),
        Err(_) => default,
    }
}

/// Accepted descriptions, from one seed on.
fn sample(seed: u64, count: u64) -> Vec<Version> {
    let mut versions = Vec::new();
    let tries = count * TRIES;
    for tried in 0..tries {
        let name = format!("d{tried}");
        versions.extend(names::accepted(
            &name,
            &names::noise(seed * 1_000_003 + tried, 400),
        ));
        if versions.len() as u64 == count {
            println!("{count} of {} descriptions are accepted", tried + 1);
            return versions;
        }
    }
    panic!(
        "{} of {tries} descriptions are accepted: the linter refuses nearly everything",
        versions.len()
    );
}

fn bundle(document: serde_json::Value) -> Bundle {
    Bundle::from_document(document)
}

/// Descriptions that broke once, and are accepted.
fn accepted_cases() -> impl Iterator<Item = Version> {
    let cases = cases::cases().into_iter();
    cases.filter(|case| case.refused.is_none()).map(|case| {
        harvest_codegen::compile_bundle(case.name, bundle(case.document))
            .unwrap_or_else(|error| panic!("{}: {error}", case.name))
    })
}

#[test]
fn what_broke_once_is_accepted_or_refused_with_place_and_fix() {
    let mut refused = 0;
    for case in cases::cases() {
        let findings = lint::lint(&bundle(case.document));
        let Some((rule, pointer)) = case.refused else {
            assert!(
                findings.is_empty(),
                "{}: {}",
                case.name,
                lint::report(&findings)
            );
            continue;
        };
        refused += 1;
        let is_found = findings
            .iter()
            .any(|f| f.rule == rule && f.place.pointer == pointer && !f.fix.is_empty());
        assert!(is_found, "{}: {}", case.name, lint::report(&findings));
    }
    assert!(refused > 10);
}

/// The root of a workspace for the crate, with the dependencies of this one.
fn root() -> String {
    let runtime = fs::canonicalize("../harvest-runtime").expect("the runtime is there");
    format!(
        r#"[workspace]
resolver = "3"
members = ["names"]

[workspace.package]
version = "0.1.0"
edition = "2024"
rust-version = "1.88"
license = "MIT OR Apache-2.0"
keywords = []
categories = []

[workspace.dependencies]
harvest-runtime = {{ path = {:?}, default-features = false }}
indexmap = {{ version = "2", features = ["serde"] }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"

[profile.dev]
debug = false
"#,
        runtime.display().to_string()
    )
}

/// Writes the files that differ, so that cargo does not build again what is the same.
fn write(folder: &Path, tree: &Tree) {
    let put = |path: PathBuf, text: &str| {
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return;
        }
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, text).expect("a file is written");
    };
    let package = folder.join("names");
    let _ = fs::remove_dir_all(package.join("src"));
    for (path, text) in &tree.files {
        put(package.join(path), text);
    }
    put(folder.join("Cargo.toml"), &root());
    // The versions that the workspace has; cargo takes out what is not needed.
    fs::copy("../Cargo.lock", folder.join("Cargo.lock")).expect("the lock file is copied");
}

/// Runs cargo on the crate, which must not warn.
fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(std::env::var_os("CARGO").expect("cargo runs this test"))
        .args(arguments)
        .args([
            "--offline",
            "--quiet",
            "--no-default-features",
            "--features",
            "full,blocking",
        ])
        .args(["--package", "names"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo can be started");
    assert!(
        output.status.success(),
        "cargo {arguments:?} in {}:\n{}",
        folder.display(),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Every word, wherever the linter lets it be a name: so many of them in one description as fit into its files.
fn words() -> impl Iterator<Item = Version> {
    // As many as fit into a file of generated code.
    names::WORDS.chunks(15).enumerate().map(|(number, words)| {
        let (document, names) = dictionary::document(words);
        println!("words{number}: {names} names");
        harvest_codegen::compile_bundle(&format!("words{number}"), bundle(document))
            .unwrap_or_else(|error| panic!("{error}"))
    })
}

#[test]
fn what_the_linter_accepts_compiles() {
    let mut versions = sample(
        number("HARVEST_NAMES_SEED", 1),
        number("HARVEST_NAMES_COUNT", COUNT),
    );
    versions.extend(words());
    versions.extend(accepted_cases());
    let mut used = String::new();
    for version in &versions {
        let models = version.refined.models.iter().map(|m| m.name.as_str());
        let models: BTreeSet<_> = models.collect();
        let operations = version
            .refined
            .operations
            .iter()
            .map(|o| o.facts.id.as_str());
        let operations: BTreeSet<_> = operations.collect();
        let _ = writeln!(used, "{}: {operations:?} {models:?}", version.name);
    }
    // What a failure needs to be read.
    println!("{used}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("names");
    write(&folder, &names::tree(&versions));
    cargo(&folder, &["check"]);
    cargo(&folder, &["doc", "--no-deps"]);
}
