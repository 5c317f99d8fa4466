//! Features of `serde_json` that a user gets along with a crate of ours.
//!
//! Cargo builds a crate once, with all features that anything asks for. A feature that changes what `serde_json` does
//! would change it in the program of the user, and by a dev-dependency in the tests of that program only, which then test
//! something else.

use std::collections::BTreeSet;

use super::cargo_tree;

/// What may be asked for, and why it changes nothing for others.
const HARMLESS: [(&str, &str); 4] = [
    ("default", "on unless it is turned off"),
    ("std", "a part of the default"),
    ("raw_value", "adds a type"),
    (
        "float_roundtrip",
        "jsonschema asks for it and has no feature that leaves it out; doubles are read to the \
         nearest, where they may otherwise be off by the last bit",
    ),
];

/// The features of `serde_json` that a package asks for where nothing but it does, with all features of its own.
fn features(package: &str) -> BTreeSet<String> {
    let tree = cargo_tree(
        "normal,features",
        &[
            "--package",
            package,
            "--all-features",
            "--invert",
            "serde_json",
        ],
    );
    assert!(
        tree.contains("serde_json v1."),
        "{package} is built without serde_json:\n{tree}"
    );
    let lines = tree.lines();
    let names = lines.filter_map(|line| {
        line.strip_prefix("serde_json feature \"")?
            .split('"')
            .next()
    });
    names.map(str::to_owned).collect()
}

#[test]
fn no_crate_changes_serde_json_for_its_user() {
    let known: BTreeSet<_> = HARMLESS.map(|(name, _)| name.to_owned()).into();
    let mut asked = BTreeSet::new();
    for package in ["harvest-generated", "harvest-runtime", "harvest-sandbox"] {
        let features = features(package);
        let others: Vec<_> = features.difference(&known).collect();
        assert!(
            others.is_empty(),
            "{package} turns features of serde_json on for its user: {others:?}. See who asks for \
             one with `cargo tree -e normal,features -p {package} --all-features -i serde_json`"
        );
        asked.extend(features);
    }
    assert_eq!(
        asked, known,
        "a feature is no longer asked for: take it out of the list"
    );
}

/// The generator keeps the order of properties by that feature; no program of a user depends on it.
#[test]
fn a_feature_that_is_on_is_found() {
    assert!(features("harvest-codegen").contains("preserve_order"));
}
