//! Documents that are made of the commands' own help.

use super::Program;

#[test]
fn completions_and_manual_pages() {
    let program = Program::new();
    let script = program.stdout(&["completions", "bash"]);
    assert!(script.contains("anonymize"), "operations are completed");
    let folder = program.0.path().join("man");
    program.stdout(&["man", &folder.display().to_string()]);
    let page = std::fs::read_to_string(folder.join("harvest-candidates-list.1")).expect("a page");
    assert!(
        page.contains("harvest:candidates:list"),
        "the page names the scope"
    );
}

/// `docs/cli.md` is what `harvest reference` prints. `UPDATE_DOCS=1` in the environment writes it.
#[test]
fn the_reference_is_that_of_the_commands() {
    let made = Program::new().stdout(&["reference"]);
    let path = "../docs/cli.md";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &made).expect("written");
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let differs = kept
        .lines()
        .zip(made.lines())
        .find(|(kept, made)| kept != made);
    assert!(
        kept == made,
        "docs/cli.md is old; `UPDATE_DOCS=1 cargo test -p harvest-cli` writes it: {differs:?}"
    );
}

/// `harvest sandbox` is the program of the sandbox.
#[test]
fn a_sandbox_by_itself() {
    let program = Program::new();
    let parity = program.stdout(&["sandbox", "--parity", "--api-version", "v3"]);
    assert!(parity.contains("/v3/candidates"), "{parity}");
    let output = program.run(&["sandbox", "--addr", "nowhere"]);
    assert_eq!(super::code(&output), 2);
}
