//! Stage 2: the house rules. All findings at once, each with the operation, the place and how to mend it.
//!
//! The rules keep the description honest and even, and keep away from the next stages whatever they could not take.
//! They work on plain JSON, so that no document is too broken for a message.

mod bodies;
mod files;
mod marks;
mod names;
mod operations;
mod parameters;
mod ready;
mod references;
mod roles;
mod schemas;
mod view;

use std::fmt::{self, Write as _};

use crate::load::{Bundle, Place};
use view::View;

/// Something to mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where.
    pub place: Place,
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
    document(&view, &mut out);
    references::check(&view, &mut out);
    operations::check(&view, &mut out);
    schemas::check(&view, &mut out);
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

fn document(view: &View<'_>, out: &mut Findings<'_>) {
    let version = view
        .document
        .get("openapi")
        .and_then(|v| v.as_str())
        .unwrap_or_default();
    if !version.starts_with("3.0.") {
        out.add(
            "/openapi",
            "version",
            format!("the document says OpenAPI `{version}`"),
            "write it in OpenAPI 3.0.3; the generator takes no other",
        );
    }
    if let Err(error) = serde_path(view.document) {
        out.add(
            "",
            "openapi",
            format!("not an OpenAPI 3.0 document: {error}"),
            "compare with the OpenAPI 3.0.3 specification",
        );
    }
    if view.schemes().is_empty() {
        out.add(
            "/components/securitySchemes",
            "security-scheme",
            "no security scheme is described".to_owned(),
            "add one of type http, with the scheme basic or bearer",
        );
    }
    for (name, scheme) in view.schemes() {
        let text = |key| scheme.get(key).and_then(|v| v.as_str()).unwrap_or_default();
        if text("type") != "http" || !["basic", "bearer"].contains(&text("scheme")) {
            out.add(
                &format!("/components/securitySchemes/{name}"),
                "security-scheme",
                format!("the security scheme {name} is of a kind that the client cannot speak"),
                "describe it as type http with the scheme basic or bearer",
            );
        }
    }
    let server = view
        .document
        .pointer("/servers/0/url")
        .and_then(|v| v.as_str())
        .unwrap_or_default();
    if !server.starts_with("https://") || server.contains('{') {
        out.add(
            "/servers",
            "server",
            format!("the first server is `{server}`"),
            "name the live service's https URL, without variables",
        );
    }
}

fn serde_path(document: &serde_json::Value) -> Result<(), serde_json::Error> {
    // By way of text: errors of the text reader say more, and references in unions resolve the same way as on disk.
    serde_json::from_str::<openapiv3::OpenAPI>(&document.to_string()).map(|_| ())
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
