//! Stage 2: the house rules. All findings at once, each with the operation, the location and the fix.
//!
//! The rules keep the description consistent, and refuse what later stages could not take.
//! They work on plain JSON, so that no document is too broken for a message.

mod bodies;
mod closed;
mod cycles;
mod deliveries;
mod document;
mod exclusive;
mod files;
mod fit;
mod keys;
mod link;
mod marks;
mod names;
mod operations;
mod parameters;
mod paths;
mod ranges;
mod ready;
mod references;
mod roles;
mod schemas;
mod security;
mod tags;
mod text;
mod view;

use std::fmt::{self, Write as _};

use crate::load::{Bundle, SourceLocation};
use view::View;

/// A violation of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where.
    pub place: SourceLocation,
    /// The operation that it concerns, if it is about one.
    pub operation: Option<String>,
    /// The name of the rule.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub fix: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        if let Some(operation) = &self.operation {
            write!(f, "{operation}: ")?;
        }
        write!(f, "{} [{}]\n    {}", self.message, self.rule, self.fix)
    }
}

/// The findings as a text for people.
pub fn report(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let _ = writeln!(text, "{finding}");
    }
    let plural = if findings.len() == 1 { "" } else { "s" };
    let _ = write!(text, "{} finding{plural}", findings.len());
    text
}

/// Checks a description against the house rules. No finding means that the next stages can take it.
pub fn lint(bundle: &Bundle) -> Vec<Finding> {
    let view = View::new(&bundle.document);
    let mut out = Findings {
        bundle,
        operation: None,
        found: Vec::new(),
    };
    document::check(&view, &mut out);
    text::check(&view, &mut out);
    keys::check(&view, &mut out);
    references::check(&view, &mut out);
    paths::check(&view, &mut out);
    operations::check(&view, &mut out);
    schemas::check(&view, &mut out);
    cycles::check(&view, &mut out);
    fit::check(&view, &mut out);
    out.operation = None;
    for place in &bundle.unused {
        out.found.push(Finding {
            place: place.clone(),
            operation: None,
            rule: "unused",
            message: if place.pointer.is_empty() {
                "nothing refers to this file".to_owned()
            } else {
                "nothing refers to this component".to_owned()
            },
            fix: "use it or remove it".to_owned(),
        });
    }
    out.found.sort();
    out.found.dedup();
    out.found
}

/// The findings so far, and where the rules are looking.
struct Findings<'a> {
    bundle: &'a Bundle,
    operation: Option<String>,
    found: Vec<Finding>,
}

impl Findings<'_> {
    fn add(&mut self, pointer: &str, rule: &'static str, message: String, fix: impl Into<String>) {
        self.found.push(Finding {
            place: self.bundle.locate(pointer),
            operation: self.operation.clone(),
            rule,
            message,
            fix: fix.into(),
        });
    }
}

#[cfg(test)]
mod tests;
