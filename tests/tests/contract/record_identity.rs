//! The identity of records in a list: every model of an answer that has an id is known by it.

use std::fs;
use std::path::{Path, PathBuf};

/// All files of Rust below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The models of answers in a source that have an id other than a text, by name, and whether they are known by it.
fn models(source: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    for model in source.split("model!(").skip(1) {
        let (head, rest) = model.split_once(']').unwrap();
        let (name, shown) = head.split_once('[').unwrap();
        let properties = rest.split_once("});").unwrap().0;
        let fields = source
            .split_once(&format!("pub struct {name} {{"))
            .unwrap()
            .1;
        let fields = fields.split_once("\n}").unwrap().0;
        let is_text = ["pub id: String,", "pub id: Option<String>,"]
            .iter()
            .any(|field| fields.contains(field));
        if shown.contains("received") && properties.contains("\"id\" => ") && !is_text {
            found.push((name, shown.trim_start().starts_with("id")));
        }
    }
    found
}

#[test]
fn every_model_with_an_id_is_known_by_it() {
    let root = Path::new("../harvest-generated/src");
    let mut count = 0;
    for source in sources(root) {
        for (name, is_known) in models(&fs::read_to_string(&source).unwrap()) {
            assert!(is_known, "{name} in {}", source.display());
            count += 1;
        }
    }
    // Of both versions there are many.
    assert!(count > 100, "{count}");
}
