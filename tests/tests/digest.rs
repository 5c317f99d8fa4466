//! Snapshots of what this workspace publishes, short enough to be read in a review: the description and the public API
//! of the generated client, a folder a version and a file a resource.
//!
//! `INSTA_UPDATE=always cargo test -p harvest-tests --test digest` rewrites them. What changed in `tests/tests/snapshots`
//! is what changes for people who use the description or the client.

#[path = "digest/code.rs"]
mod code;
#[path = "digest/description.rs"]
mod description;

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

/// The longest digest that a reviewer reads, in lines. Most are half as long.
const LONGEST: usize = 450;

/// The description of the token service, which has no client of its own.
const TOKEN_SERVICE: &str = "auth";

#[test]
fn the_descriptions() {
    let versions = harvest_spec::DOCUMENTS.iter().map(|of| of.version);
    for name in versions.chain([TOKEN_SERVICE]) {
        // cargo runs a test in the folder of its package.
        let path = Path::new("../harvest-spec/dist").join(format!("{name}.json"));
        let document = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        guard(name, "description", &description::digests(&document));
    }
}

#[test]
fn the_code() {
    for version in harvest_spec::DOCUMENTS.iter().map(|of| of.version) {
        let sources = Path::new("../harvest-generated/src").join(version);
        guard(version, "code", &code::digests(&sources));
    }
}

/// Compares each digest with its snapshot, and the snapshots that there are with those that there should be.
fn guard(version: &str, folder: &str, digests: &[(String, String)]) {
    // cargo runs a test in the folder of its package. A relative path would be joined to one that was compiled in, which is
    // that of another clone where two share a target folder.
    let package = std::env::current_dir().unwrap();
    let snapshots = package.join("tests/snapshots").join(version).join(folder);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&snapshots);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();

    let mut changed = Vec::new();
    for (name, digest) in digests {
        let lines = digest.lines().count();
        assert!(
            lines <= LONGEST,
            "the digest of {name} has {lines} lines; say less in it"
        );
        // All of them are compared, so that one run shows all that changed.
        if catch_unwind(|| insta::assert_snapshot!(name.as_str(), digest)).is_err() {
            changed.push(name);
        }
    }
    assert!(
        changed.is_empty(),
        "{version}: the {folder} of {changed:?} changed. If that is meant: INSTA_UPDATE=always \
         cargo test -p harvest-tests --test digest"
    );

    let names: BTreeSet<_> = digests
        .iter()
        .map(|(name, _)| format!("{name}.snap"))
        .collect();
    let files = fs::read_dir(&snapshots).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let stale: Vec<_> = files
        .filter(|file| file.rsplit('.').next() == Some("snap") && !names.contains(file))
        .collect();
    assert!(
        stale.is_empty(),
        "no resource is called like these snapshots; remove {stale:?}"
    );
}

/// Short things, as many a line as fit.
fn filled(things: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for thing in things {
        match lines.last_mut() {
            Some(line) if line.len() + thing.len() < 110 => {
                line.push_str(" | ");
                line.push_str(&thing);
            }
            _ => lines.push(thing),
        }
    }
    lines
}
