//! The layers of the sandbox: the table "Layers" of `ARCHITECTURE.md`, against what the sources use of each other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::knowledge::{Source, root, sources};

/// A file or folder at the top of `harvest-sandbox/src`, and what it holds.
type Layer = (&'static str, &'static str);

/// From the lowest to the highest. A layer uses those above it in this list, which are below it.
const LAYERS: [Layer; 14] = [
    ("bounds", "limits of sizes, counts and times"),
    (
        "json",
        "JSON values that keep the order of their properties",
    ),
    (
        "refusal",
        "why something is not done, or a sandbox does not start, as data",
    ),
    ("clock", "the present, and times as they are written"),
    (
        "store",
        "records in SQLite, transactions, snapshots, stored presentations",
    ),
    (
        "domain",
        "what an organization is and may do: records, rules, permissions, visibility, seed",
    ),
    (
        "http",
        "requests and replies with their log and faults, links to files, who may send what to \
         where",
    ),
    (
        "openapi",
        "the description, the checks that follow from it, answers from its examples",
    ),
    (
        "faces",
        "what a version of the API makes of the domain: operations, documents, lists; webhooks and \
         tokens, which all versions have in common",
    ),
    ("pipeline", "the stages of a request"),
    (
        "control",
        "what tests do to a sandbox from outside of the API",
    ),
    ("dev_center", "the pages of Dev Center"),
    ("server", "connections"),
    ("sandbox", "building, starting and stopping a sandbox"),
];

/// Layers that know nothing of HTTP.
const WITHOUT_HTTP: [&str; 4] = ["refusal", "clock", "store", "domain"];

/// What the domain does not see of the layers below it: how a record is sent.
const NOT_OF_THE_DOMAIN: [&str; 4] = ["Document", "Presentation", "Presentations", "Placeholder"];

/// Layers that say what is wrong as data, and leave the words to those that know a face.
const WITHOUT_WORDS: [&str; 2] = ["store", "domain"];

fn place(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|(name, _)| *name == layer)
}

/// The file or folder at the top to which a source belongs; none for the roots of the crate.
fn layer_of(source: &Source) -> Option<String> {
    let path = source.path.to_string_lossy().replace('\\', "/");
    let (_, inside) = path.rsplit_once("src/")?;
    let layer = inside.split(['/', '.']).next()?;
    (!["lib", "main"].contains(&layer)).then(|| layer.to_owned())
}

/// The modules at the top of the crate that a source names.
fn used(source: &Source) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for (at, window) in source.tokens.windows(3).enumerate() {
        if window != ["crate", ":", ":"] {
            continue;
        }
        let rest = &source.tokens[at + 3..];
        match rest.first().map(String::as_str) {
            Some("{") => used.extend(first_names(&rest[1..])),
            Some(name) => {
                used.insert(name);
            }
            None => {}
        }
    }
    used
}

/// The first name of each path of a group, up to its end.
fn first_names(tokens: &[String]) -> Vec<&str> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut is_first = true;
    for token in tokens {
        match token.as_str() {
            "{" => depth += 1,
            "}" if depth == 0 => break,
            "}" => depth -= 1,
            "," if depth == 0 => is_first = true,
            name if is_first => {
                names.push(name);
                is_first = false;
            }
            _ => {}
        }
    }
    names
}

/// What a source uses and may not.
fn problems(source: &Source) -> Vec<String> {
    let Some(own) = layer_of(source) else {
        return Vec::new();
    };
    let Some(own_place) = place(&own) else {
        return vec![format!("`{own}` is no layer")];
    };
    let mut problems = Vec::new();
    for name in used(source) {
        match place(name) {
            None => problems.push(format!("`crate::{name}` is no layer")),
            Some(other) if other > own_place => {
                problems.push(format!("`{own}` uses `{name}`, which is above it"));
            }
            Some(_) => {}
        }
    }
    let tokens = &source.tokens;
    if WITHOUT_HTTP.contains(&own.as_str()) {
        let named = ["axum", "hyper", "StatusCode", "HeaderMap"];
        let found = tokens.iter().find(|it| named.contains(&it.as_str()));
        problems.extend(found.map(|it| format!("`{own}` knows HTTP: {it}")));
    }
    if WITHOUT_WORDS.contains(&own.as_str()) && tokens.iter().any(|it| it == "Worded") {
        problems.push(format!("`{own}` has words for what is wrong"));
    }
    if own == "domain" {
        let found = tokens
            .iter()
            .find(|it| NOT_OF_THE_DOMAIN.contains(&it.as_str()));
        problems.extend(found.map(|it| format!("`domain` knows how records are sent: {it}")));
    }
    problems
}

fn of_sandbox() -> Vec<Source> {
    sources(&root().join("harvest-sandbox/src"))
}

#[test]
fn the_layers_are_those_of_the_architecture() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("it is there");
    let (_, table) = text
        .split_once("| layer | holds |\n| --- | --- |\n")
        .expect("the table is there");
    let rows: Vec<_> = table
        .lines()
        .take_while(|line| line.starts_with('|'))
        .collect();
    let known = LAYERS.map(|(name, holds)| format!("| `{name}` | {holds} |"));
    assert_eq!(
        rows, known,
        "ARCHITECTURE.md and tests/tests/dependencies/layers.rs say different things"
    );
}

#[test]
fn each_file_and_folder_of_the_sandbox_is_a_layer() {
    let there: BTreeSet<_> = of_sandbox().iter().filter_map(layer_of).collect();
    let known: BTreeSet<_> = LAYERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(there, known);
}

#[test]
fn no_layer_uses_one_that_is_above_it() {
    let mut found = Vec::new();
    for source in &of_sandbox() {
        let path = source.path.display();
        found.extend(problems(source).iter().map(|it| format!("{path}: {it}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_breaks_the_order_is_found() {
    let problems = |path: &str, code: &str| problems(&Source::of(Path::new(path), code));
    for (path, code) in [
        ("src/domain/jobs/mod.rs", "use crate::faces::v1::summary;"),
        (
            "src/domain/tags.rs",
            "use crate::{json, http::reply::Reply};",
        ),
        ("src/domain/tags.rs", "fn a() { crate::openapi::b() }"),
        ("src/domain/tags.rs", "use axum::http::StatusCode;"),
        ("src/domain/tags.rs", "use crate::store::{Document, View};"),
        ("src/domain/tags.rs", "fn a() -> Why { Why::Worded(b()) }"),
        ("src/store/view.rs", "use crate::domain::access::Actor;"),
        ("src/http/reply.rs", "use crate::{bounds::A, pipeline};"),
        ("src/faces/mod.rs", "use crate::nowhere::A;"),
        ("src/nowhere.rs", ""),
    ] {
        assert!(!problems(path, code).is_empty(), "{path}: {code}");
    }
    for (path, code) in [
        (
            "src/domain/jobs/mod.rs",
            "use crate::{json::{Value, json}, store};",
        ),
        ("src/domain/tags.rs", "/// [`crate::faces`]\nfn a() {}"),
        (
            "src/domain/tags.rs",
            "#[cfg(test)] mod tests { use crate::http::b; }",
        ),
        ("src/server/mod.rs", "use crate::domain::tags;"),
        ("src/lib.rs", "use crate::sandbox::Sandbox;"),
    ] {
        assert_eq!(problems(path, code), Vec::<String>::new(), "{path}: {code}");
    }
}
