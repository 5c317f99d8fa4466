//! A comparison as a text for people.

use std::fmt::Write as _;

use super::Comparison;

/// The changes, grouped by what they are about, and how many there are.
pub fn report(comparison: &Comparison) -> String {
    let mut text = String::new();
    let mut last = None;
    for change in &comparison.changes {
        if last != Some(&change.subject) {
            let _ = writeln!(text, "{}", change.subject);
            last = Some(&change.subject);
        }
        let mark = if change.breaking { "BREAKING" } else { "" };
        let _ = writeln!(text, "  {mark:8}  {}", change.what);
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
    let breaking = comparison.breaking();
    match comparison.changes.len() {
        0 if comparison.reworded == 0 => text.push_str("nothing changed\n"),
        1 => {
            let _ = writeln!(text, "1 change, {breaking} breaking");
        }
        n => {
            let _ = writeln!(text, "{n} changes, {breaking} breaking");
        }
    }
    text
}
