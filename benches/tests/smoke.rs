//! The benches still run, and everything arrives. Times are not judged.

use std::process::Command;

#[test]
fn everything_arrives() {
    let program = env!("CARGO_BIN_EXE_harvest-benches");
    let output = Command::new(program)
        .args(["all", "--small"])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{errors}");
    assert!(!text.contains("FAILS"), "{text}");
    // The claims about what came, of nine cases.
    assert_eq!(text.matches("holds").count(), 20, "{text}");
}
