//! The report of a scan in SARIF 2.1.0, which code hosts and editors show beside the code.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::report::Report;
use crate::migration::{Replacement, request};
use crate::scan::{Found, What};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
/// The most fields that a message has.
const MOST_FIELDS: usize = 8;

/// The log of one run.
pub(super) fn log(report: &Report<'_>) -> Value {
    let mut rules: BTreeMap<String, Value> = BTreeMap::new();
    for found in &report.scanned.found {
        let id = rule_id(report, found);
        rules
            .entry(id)
            .or_insert_with_key(|id| rule(report, id, found));
    }
    let places: BTreeMap<_, _> = rules.keys().enumerate().map(|(at, id)| (id, at)).collect();
    let results: Vec<_> = report
        .scanned
        .found
        .iter()
        .map(|found| {
            let id = rule_id(report, found);
            let place = places.get(&id);
            result(report, found, &id, place)
        })
        .collect();
    let skipped = report.scanned.skipped.iter().map(|it| {
        let text = format!("not read, or not to its end: {}: {}", it.path, it.reason);
        json!({"level": "warning", "message": {"text": text}})
    });
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "harvest migrate scan",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().collect::<Vec<_>>(),
            }},
            "invocations": [{
                "executionSuccessful": report.scanned.skipped.is_empty(),
                "toolExecutionNotifications": skipped.collect::<Vec<_>>(),
            }],
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder that was looked \
                through."}}},
            "results": results,
        }],
    })
}

fn rule_id(report: &Report<'_>, found: &Found) -> String {
    let name = match &found.what {
        What::Call { operations, .. } => {
            let ids: Vec<_> = operations.iter().map(|it| it.id).collect();
            ids.join("-or-")
        }
        What::Client(_) => "client".to_owned(),
        What::Base => "base-url".to_owned(),
        What::Unknown => "unknown-path".to_owned(),
    };
    format!("{}/{name}", report.migration.from.name)
}

fn rule(report: &Report<'_>, id: &str, found: &Found) -> Value {
    let from = report.migration.from.name;
    let replacements = report.replacements(found);
    let (short, help) = if replacements.is_empty() {
        (
            format!("Use of {from}"),
            report.words(found).unwrap_or_default(),
        )
    } else {
        let requests: Vec<_> = replacements
            .iter()
            .map(|it| request(it.operation))
            .collect();
        let help = replacements.iter().map(|it| whole(report, it));
        (
            format!("{} is of {from}", requests.join(" or ")),
            help.collect::<Vec<_>>().join("\n\n"),
        )
    };
    json!({
        "id": id,
        "shortDescription": {"text": short},
        "help": {"text": help, "markdown": help},
    })
}

/// What takes the place of an operation, with all that changes.
fn whole(report: &Report<'_>, replacement: &Replacement) -> String {
    let mut lines = vec![in_place(report, replacement)];
    if !replacement.changes.is_empty() {
        lines.push(String::new());
    }
    for change in &replacement.changes {
        let (place, path, what) = (change.place.name(), &change.path, &change.what);
        lines.push(format!("- {place} `{path}`: {what}"));
    }
    lines.join("\n")
}

fn in_place(report: &Report<'_>, replacement: &Replacement) -> String {
    let to = report.migration.to.name;
    let calls: Vec<_> = replacement
        .to
        .iter()
        .map(|it| format!("`{}` ({})", request(it), it.id))
        .collect();
    let calls = match calls.as_slice() {
        [] => "nothing takes its place".to_owned(),
        calls => calls.join(", "),
    };
    let mut text = format!("`{}`: in {to} {calls}.", request(replacement.operation));
    if let Some(note) = &replacement.note {
        text = format!("{text} {note}");
    }
    text
}

fn result(report: &Report<'_>, found: &Found, id: &str, place: Option<&usize>) -> Value {
    let replacements = report.replacements(found);
    let parts: Vec<_> = replacements.iter().map(|it| in_place(report, it)).collect();
    let mut text = report.words(found).unwrap_or_else(|| parts.join(" Or "));
    let changes = replacements.iter().flat_map(|it| &it.changes);
    let mut fields: Vec<_> = changes
        .filter(|it| found.mentions(it.name()))
        .map(|it| format!("`{}`: {}", it.path, it.what))
        .collect();
    let left = fields.len().saturating_sub(MOST_FIELDS);
    fields.truncate(MOST_FIELDS);
    if !fields.is_empty() {
        text = format!(
            "{text} This file mentions what changes: {}",
            fields.join("; ")
        );
    }
    if left > 0 {
        text = format!("{text}; and {left} more");
    }
    let has_none = replacements.iter().any(|it| it.to.is_empty());
    let level = match &found.what {
        What::Call { certain: true, .. } if has_none => "error",
        What::Call { certain: false, .. } | What::Base => "note",
        _ => "warning",
    };
    let length = found.text.chars().count();
    json!({
        "ruleId": id,
        "ruleIndex": place,
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri(&found.file), "uriBaseId": "SRCROOT"},
            "region": {
                "startLine": found.line,
                "startColumn": found.column,
                "endColumn": found.column + length,
            },
        }}],
    })
}

/// A path as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut text = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("a b/ü:#?.rb"), "a%20b/%C3%BC%3A%23%3F.rb");
    }
}
