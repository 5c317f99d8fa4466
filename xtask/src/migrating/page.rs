//! The page about a migration, in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Described, Fate, SOURCE};

impl Described<'_> {
    /// The page.
    pub fn page(&self) -> String {
        let (from, to) = (self.from.name, self.to.name);
        let mut text = format!(
            "# Moving from {from} to {to}\n\nWritten by `cargo xtask regen` from `{SOURCE}`; do \
             not edit.\n\nWhat is not named here has the same name and the same type in what takes \
             its place. The last column of the operations says how the pair is known: `documented` \
             by a guide to the migration, `client` by a public client that uses the one for the \
             other, `pattern` by name only.\n\n## Parameters of many operations\n\n"
        );
        table(&mut text, "parameter", to, &self.migration.parameters);
        self.operations(&mut text);
        let _ = writeln!(text, "\n## Models");
        for (name, pair) in &self.migration.models {
            section(&mut text, name, &pair.to, to, "property", &pair.properties);
        }
        let _ = writeln!(text, "\n## Enumerations");
        for (name, pair) in &self.migration.enumerations {
            section(&mut text, name, &pair.to, to, "value", &pair.values);
        }
        text
    }

    fn operations(&self, text: &mut String) {
        let (from, to) = (self.from.name, self.to.name);
        let mut by_tag: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (id, pair) in &self.migration.operations {
            let (tag, request) = &self.from.operations[id.as_str()];
            by_tag.entry(*tag).or_default().push((id, request, pair));
        }
        let _ = writeln!(text, "\n## Operations");
        for (tag, operations) in by_tag {
            let _ = writeln!(
                text,
                "\n### {tag}\n\n| {from} | {to} | what differs | known by |\n| --- | --- | --- | \
                 --- |"
            );
            for (id, request, pair) in operations {
                let calls: Vec<_> = pair.to.iter().map(|to| self.call(to)).collect();
                let calls = if calls.is_empty() {
                    "nothing".to_owned()
                } else {
                    calls.join("<br>")
                };
                let note = pair.note.as_deref().map(str::trim).map(cell);
                let parameters = pair.parameters.iter();
                let parameters =
                    parameters.map(|(name, fate)| format!("`{name}`: {}", words(fate)));
                let differs: Vec<_> = note.into_iter().chain(parameters).collect();
                let _ = writeln!(
                    text,
                    "| `{id}` (`{request}`) | {calls} | {} | {} |",
                    differs.join("<br>"),
                    pair.basis
                );
            }
        }
    }
}

fn section(
    text: &mut String,
    name: &str,
    targets: &[String],
    version: &str,
    what: &str,
    fates: &BTreeMap<String, Fate>,
) {
    let targets: Vec<_> = targets.iter().map(|to| format!("`{to}`")).collect();
    let targets = if targets.is_empty() {
        "nothing takes its place".to_owned()
    } else {
        targets.join(", ")
    };
    let _ = writeln!(text, "\n### `{name}`\n\nIn {version}: {targets}.");
    if !fates.is_empty() {
        text.push('\n');
        table(text, what, version, fates);
    }
}

fn table(text: &mut String, what: &str, version: &str, fates: &BTreeMap<String, Fate>) {
    let _ = writeln!(text, "| {what} | in {version} |\n| --- | --- |");
    for (name, fate) in fates {
        let _ = writeln!(text, "| `{name}` | {} |", words(fate));
    }
}

/// What becomes of something, as the text of a cell.
fn words(fate: &Fate) -> String {
    let code = |name: &String| format!("`{name}`");
    let renamed = fate.renamed.as_ref().map(code);
    let moved = fate.moved.as_ref();
    let moved = moved.map(|to| to.iter().map(code).collect::<Vec<_>>().join(", "));
    let dropped = fate
        .dropped
        .as_deref()
        .map(|text| format!("dropped. {}", cell(text)));
    let kind = fate
        .kind
        .as_deref()
        .map(|text| format!("the type {}", cell(text)));
    let note = fate.note.as_deref().map(cell);
    let parts = [renamed, moved, dropped, kind, note];
    parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
}

/// A text that fits into a cell.
fn cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('|', "\\|")
}
