//! The documentation says what is.
//!
//! `UPDATE_DOCS=1 cargo test -p harvest-sandbox --test docs` writes it again.

mod support;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use harvest_sandbox::Sandbox;
use reqwest::Client;

/// Compares what is between two marks of a document with what it should be.
fn check(file: &str, mark: &str, expected: &str) {
    // cargo runs a test in the folder of its package.
    let path = PathBuf::from("../docs").join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = (
        format!("<!-- {mark} -->\n"),
        format!("<!-- end of {mark} -->"),
    );
    let (before, rest) = text.split_once(&begin).unwrap();
    let (is, after) = rest.split_once(&end).unwrap();
    if is == expected {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{begin}{expected}{end}{after}")).unwrap();
        return;
    }
    panic!(
        "docs/{file} is out of date; run `UPDATE_DOCS=1 cargo test -p harvest-sandbox --test docs`"
    );
}

#[test]
fn the_tables_of_operations_are_those_of_the_sandbox() {
    for (mark, version) in [("parity", "v1"), ("parity of v3", "v3")] {
        let table = harvest_sandbox::parity(version).unwrap();
        check("parity.md", mark, &table);
    }
}

#[test]
fn the_table_of_events_is_that_of_the_sandbox() {
    let table = harvest_sandbox::parity("webhooks").unwrap();
    check("parity.md", "events", &table);
}

#[test]
fn every_option_is_there() {
    let help = Command::new(env!("CARGO_BIN_EXE_harvest-sandbox"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    check(
        "sandbox.md",
        "options",
        &format!("```text\n{}\n```\n", help.trim_end()),
    );
}

#[tokio::test]
async fn everything_under_sandbox_is_there() {
    let sandbox = Sandbox::builder().control().start().await.unwrap();
    let request = Client::new().get(format!("{}/_sandbox/", sandbox.url()));
    let routes = support::send(request).await.json();
    let mut table = "| Request | What it does |\n|---|---|\n".to_owned();
    for route in routes.as_array().unwrap() {
        let [method, path, does] = ["method", "path", "does"].map(|it| route[it].as_str().unwrap());
        writeln!(table, "| {method} {path} | {does} |").unwrap();
    }
    check("sandbox.md", "routes", &table);
}

#[test]
fn the_table_is_printed_on_demand() {
    let printed = Command::new(env!("CARGO_BIN_EXE_harvest-sandbox"))
        .arg("--parity")
        .output()
        .unwrap();
    assert!(printed.status.success());
    assert_eq!(
        String::from_utf8(printed.stdout).unwrap(),
        harvest_sandbox::parity("v1").unwrap()
    );
}
