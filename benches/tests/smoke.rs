//! The benches still run, and everything arrives. Times are not judged.

use std::process::Command;

/// Runs it small, and counts what is judged: the claims about what came.
fn holds(command: &str) -> usize {
    let program = env!("CARGO_BIN_EXE_harvest-benches");
    let output = Command::new(program)
        .args([command, "--small"])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{errors}");
    assert!(!text.contains("FAILS"), "{text}");
    text.matches("holds").count()
}

#[test]
fn everything_arrives() {
    assert_eq!(holds("all"), 20, "of ten cases");
}

#[test]
fn exports_are_whole() {
    assert_eq!(
        holds("export"),
        11,
        "two bare loops, three forms of their lists, and of a long one"
    );
}
