//! A comparison as a text for people: a column for the API, and one for Rust.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Change, Comparison, Subject};

/// How wide a column is.
const WIDTH: usize = 10;

/// The changes of the API and of the client, side by side: grouped by what they are about, a line each with the verdict in
/// its column; and how many there are.
pub fn report(comparison: &Comparison, rust: &[Change]) -> String {
    let api = &comparison.changes;
    let mut text = String::new();
    if !api.is_empty() || !rust.is_empty() {
        let _ = writeln!(text, "  {:WIDTH$}Rust", "API");
    }
    let subjects: BTreeSet<&Subject> = api.iter().chain(rust).map(|c| &c.subject).collect();
    for subject in subjects {
        let _ = writeln!(text, "{subject}");
        for change in api.iter().filter(|c| c.subject == *subject) {
            line(&mut text, [verdict(change), ""], &change.what);
        }
        for change in rust.iter().filter(|c| c.subject == *subject) {
            line(&mut text, ["", verdict(change)], &change.what);
        }
    }
    match comparison.reworded {
        0 => {}
        1 => {
            text.push_str(
                "1 operation or schema differs in nothing but words, examples or order\n",
            );
        }
        n => {
            let _ = writeln!(
                text,
                "{n} operations or schemas differ in nothing but words, examples or order"
            );
        }
    }
    if api.is_empty() && rust.is_empty() {
        if comparison.reworded == 0 {
            text.push_str("nothing changed\n");
        } else {
            text.push_str("0 changes, 0 breaking\n");
        }
        return text;
    }
    let _ = writeln!(text, "API: {}; Rust: {}", counted(api), counted(rust));
    text
}

fn verdict(change: &Change) -> &'static str {
    if change.breaking { "BREAKING" } else { "ok" }
}

fn line(text: &mut String, [api, rust]: [&str; 2], what: &str) {
    let _ = writeln!(text, "  {api:WIDTH$}{rust:WIDTH$}{what}");
}

fn counted(changes: &[Change]) -> String {
    let plural = if changes.len() == 1 { "" } else { "s" };
    let breaking = changes.iter().filter(|c| c.breaking).count();
    format!("{} change{plural}, {breaking} breaking", changes.len())
}
