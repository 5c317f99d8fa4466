//! The report of a scan: for people by operation, and as JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use harvest_generated::runtime::Operation;
use serde_json::{Value, json};

use crate::failure::printable;
use crate::migration::{Change, Migration, Replacement, request};
use crate::scan::{Found, Scanned, What};

/// The most fields that a table has of one operation.
const MOST_FIELDS: usize = 12;

/// A scan, and what takes the place of what was found.
pub(super) struct Report<'a> {
    pub migration: &'a Migration,
    pub scanned: &'a Scanned,
}

impl<'a> Report<'a> {
    /// What takes the place of the operations of a finding.
    pub(super) fn replacements(&self, found: &Found) -> Vec<&'a Replacement> {
        match &found.what {
            What::Call { operations, .. } => operations
                .iter()
                .filter_map(|it| self.migration.of(it))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The scopes that the calls take in the newer version.
    pub(super) fn scopes(&self) -> BTreeSet<&'static str> {
        let all = self.scanned.found.iter();
        let all = all.flat_map(|it| self.replacements(it));
        let all = all.flat_map(|it| &it.to).map(|it| it.permission);
        all.filter(|it| !it.is_empty()).collect()
    }

    /// A finding that is no call, in words.
    pub(super) fn words(&self, found: &Found) -> Option<String> {
        let (from, to) = (self.migration.from.name, self.migration.to.name);
        match &found.what {
            What::Call { .. } => None,
            What::Client(client) => Some(format!(
                "`{}` is a client of {from}; see whether a newer one speaks {to}",
                client.name
            )),
            What::Base => Some(format!(
                "URLs of {from} begin here; what is appended is unknown, so look at its uses"
            )),
            What::Unknown => Some(format!("{from} is not known to have this path")),
        }
    }

    pub(super) fn table(&self, out: &mut impl Write) -> io::Result<()> {
        let mut calls: BTreeMap<Vec<&str>, Vec<&Found>> = BTreeMap::new();
        let mut others: BTreeMap<String, Vec<&Found>> = BTreeMap::new();
        for found in &self.scanned.found {
            match (&found.what, self.words(found)) {
                (What::Call { operations, .. }, _) => {
                    let ids = operations.iter().map(|it| it.id).collect();
                    calls.entry(ids).or_default().push(found);
                }
                (_, Some(words)) => others.entry(words).or_default().push(found),
                _ => {}
            }
        }
        for group in calls.values() {
            let Some(first) = group.first() else {
                continue;
            };
            let replacements = self.replacements(first);
            if replacements.len() > 1 {
                writeln!(out, "One of these, by an unknown method:")?;
            }
            for replacement in replacements {
                self.replacement(replacement, group, out)?;
            }
            places(group, out)?;
        }
        for (words, group) in &others {
            writeln!(out, "{}", printable(words))?;
            places(group, out)?;
        }
        let scopes = self.scopes();
        if !scopes.is_empty() {
            let to = self.migration.to;
            let name = to.conventions.permission_name;
            writeln!(out, "The {name}s of {} that these calls take:", to.name)?;
            for scope in scopes {
                writeln!(out, "  {scope}")?;
            }
        }
        Ok(())
    }

    fn replacement(
        &self,
        replacement: &Replacement,
        group: &[&Found],
        out: &mut impl Write,
    ) -> io::Result<()> {
        let to = self.migration.to.name;
        writeln!(out, "{}", request(replacement.operation))?;
        if replacement.to.is_empty() {
            writeln!(out, "  {to}: nothing takes its place")?;
        }
        for operation in &replacement.to {
            writeln!(out, "  {to}: {} ({})", request(operation), operation.id)?;
        }
        if let Some(note) = &replacement.note {
            writeln!(out, "  {note}")?;
        }
        let is_mentioned =
            |change: &&Change| group.iter().any(|found| found.mentions(change.name()));
        let (mentioned, others): (Vec<_>, Vec<_>) =
            replacement.changes.iter().partition(is_mentioned);
        for change in mentioned.iter().take(MOST_FIELDS) {
            let (place, path, what) = (change.place.name(), &change.path, &change.what);
            writeln!(out, "  {place} `{path}`: {what}")?;
        }
        let left = others.len() + mentioned.len().saturating_sub(MOST_FIELDS);
        if left > 0 {
            writeln!(out, "  {left} more changes (--output json has them)")?;
        }
        Ok(())
    }

    pub(super) fn json(&self) -> Value {
        let mut operations = BTreeMap::new();
        let findings = self.scanned.found.iter().map(|found| {
            let replacements = self.replacements(found);
            for it in &replacements {
                operations
                    .entry(it.operation.id)
                    .or_insert_with(|| described(it));
            }
            let ids: Vec<_> = replacements.iter().map(|it| it.operation.id).collect();
            let changes = replacements.iter().flat_map(|it| &it.changes);
            let mentioned: BTreeSet<_> = changes
                .filter(|it| found.mentions(it.name()))
                .map(|it| it.path.as_str())
                .collect();
            let (kind, client) = match &found.what {
                What::Call { client, .. } => ("call", client.map(|it| it.name)),
                What::Client(client) => ("client", Some(client.name)),
                What::Base => ("base", None),
                What::Unknown => ("unknown", None),
            };
            json!({
                "kind": kind,
                "file": found.file,
                "line": found.line,
                "column": found.column,
                "text": found.text,
                "certain": found.what.is_certain(),
                "client": client,
                "operations": ids,
                "mentioned": mentioned,
            })
        });
        let findings: Vec<_> = findings.collect();
        let skipped = self.scanned.skipped.iter();
        let skipped: Vec<_> = skipped
            .map(|it| json!({"path": it.path, "reason": it.reason}))
            .collect();
        json!({
            "from": self.migration.from.name,
            "to": self.migration.to.name,
            "files": self.scanned.files,
            "findings": Value::Array(findings),
            "operations": operations,
            "scopes": self.scopes(),
            "skipped": skipped,
        })
    }
}

fn places(group: &[&Found], out: &mut impl Write) -> io::Result<()> {
    for found in group {
        let doubt = if found.what.is_certain() {
            ""
        } else {
            " (not sure)"
        };
        let place = format!("{}:{}:{}", found.file, found.line, found.column);
        let line = format!("    {place}  {}{doubt}", found.text);
        writeln!(out, "{}", printable(&line).replace('\n', " "))?;
    }
    writeln!(out)
}

/// An operation, with what takes its place.
fn described(replacement: &Replacement) -> Value {
    let named = |operation: &Operation| {
        json!({
            "operation": operation.id,
            "method": operation.method.as_str(),
            "path": operation.path,
            "permission": operation.permission,
            "documentation": operation.documentation,
        })
    };
    let changes = replacement
        .changes
        .iter()
        .map(|it| json!({"in": it.place.name(), "field": it.path, "becomes": it.what}));
    let to: Vec<_> = replacement.to.iter().map(|it| named(it)).collect();
    let mut value = named(replacement.operation);
    value["note"] = json!(replacement.note);
    value["basis"] = json!(replacement.basis);
    value["replacements"] = Value::Array(to);
    value["changes"] = changes.collect();
    value
}
