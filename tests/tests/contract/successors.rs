//! Successors of the operations of v1: each method names in its documentation what to call in v3.

use std::fs;
use std::path::Path;

use harvest_generated::{v1, v3};

/// The lines of documentation over the method of an operation.
fn documentation(sources: &[String], id: &str) -> String {
    let (before, after) = (format!("    pub fn {id}("), format!("    pub fn {id}<"));
    let found = sources.iter().find_map(|source| {
        let place = source.find(&before).or_else(|| source.find(&after))?;
        Some(&source[..place])
    });
    let before = found.unwrap_or_else(|| panic!("there is no method {id}"));
    let lines = before.lines().rev();
    let lines = lines.take_while(|line| line.starts_with("    ///") || line.starts_with("    #["));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_method_of_v1_says_what_to_call_in_v3() {
    let folder = fs::read_dir(Path::new("../harvest-generated/src/v1")).unwrap();
    let files = folder.map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|it| it == "rs"));
    let sources: Vec<_> = files
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let (mut calls, mut without) = (0, Vec::new());
    for operation in v1::operations::OPERATIONS {
        let text = documentation(&sources, operation.id);
        let lines: Vec<_> = text.lines().collect();
        let line = lines.iter().rev().find(|line| line.contains("/// In v3: "));
        let Some(line) = line else {
            panic!("{} does not say what to call in v3", operation.id);
        };
        let words: Vec<_> = line.split('`').skip(1).step_by(2).collect();
        // A name, and the request that it makes.
        for pair in words.chunks(2) {
            let called = v3::operations::OPERATIONS.iter();
            let mut called = called.filter(|of| of.id == pair[0]);
            let called = called.next().unwrap_or_else(|| panic!("{line}"));
            assert_eq!(pair[1], format!("{} {}", called.method, called.path));
            calls += 1;
        }
        if words.is_empty() {
            without.push(operation.id);
        }
    }
    let known = v1::operations::OPERATIONS.len();
    println!(
        "{known} methods of v1 name {calls} calls of v3; nothing takes the place of {without:?}"
    );
    assert!(calls >= known - without.len());
}
