//! Targets that `fuzz` knows. Running them takes minutes and cargo-fuzz; their assertions are run by
//! `tests/tests/fuzz.rs`.

use xtask::fuzz::{Error, run, targets};
use xtask::workspace::Workspace;

#[test]
fn each_target_is_a_binary_of_the_crate() {
    let workspace = Workspace::here().unwrap();
    let targets = targets(&workspace).unwrap();
    assert!(!targets.is_empty());
    let manifest = std::fs::read_to_string(workspace.root().join("fuzz/Cargo.toml")).unwrap();
    for target in &targets {
        let binary = format!("name = \"{target}\"\npath = \"targets/{target}.rs\"");
        assert!(manifest.contains(&binary), "{target}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), targets.len());
}

#[test]
fn an_unknown_target_is_refused_before_anything_is_built() {
    let error = run(&Workspace::here().unwrap(), Some("nothing"), 1).unwrap_err();
    assert!(matches!(error, Error::Unknown { .. }), "{error}");
    assert!(error.to_string().contains("lists"), "{error}");
}
