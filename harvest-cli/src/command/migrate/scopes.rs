//! `harvest migrate scopes`: the permissions of an older key in, the scopes of the current version out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde_json::json;

use crate::arguments::Scopes;
use crate::command::field::read_text;
use crate::failure::{Failure, printable};
use crate::migration::{Migration, Place, Replacement};
use crate::output::{self, is_for_person, json as json_text};
use crate::scan::plain;

/// How many permissions are proposed for one that does not exist.
const MOST_PROPOSED: usize = 3;

/// What one permission becomes.
#[derive(Default)]
struct Row {
    /// Those of the operations that take the place.
    scopes: BTreeSet<&'static str>,
    /// Those of lists that have now what the answers had.
    for_fields: BTreeSet<&'static str>,
    notes: BTreeSet<String>,
}

pub(super) fn run(migration: &Migration, scopes: &Scopes) -> Result<(), Failure> {
    let mut known = Known::new();
    for replacement in migration.all() {
        let permission = replacement.operation.permission;
        known.entry(permission).or_default().push(replacement);
    }
    known.remove("");
    let mut rows = BTreeMap::new();
    for (name, replacements) in asked(scopes, &known)? {
        let mut row = Row::default();
        for replacement in replacements {
            row.add(migration, replacement);
        }
        rows.insert(name, row);
    }
    print(migration, &rows, scopes.json)
}

/// What there is, by permission.
type Known<'a> = BTreeMap<&'a str, Vec<&'a Replacement>>;

/// The permissions that were asked for.
fn asked<'a>(scopes: &Scopes, known: &Known<'a>) -> Result<Known<'a>, Failure> {
    if scopes.all {
        return Ok(known.clone());
    }
    let mut names = scopes.permissions.clone();
    if let Some(file) = &scopes.input {
        let text = read_text(file)?;
        let lines = text.lines().map(str::trim);
        names.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
    }
    let found = names.iter().map(|name| {
        let mut all = known.iter();
        let found = all.find(|(known, _)| plain(known) == plain(name));
        let (name, replacements) = found.ok_or_else(|| unknown(name, known))?;
        Ok((*name, replacements.clone()))
    });
    found.collect()
}

fn unknown(name: &str, known: &Known<'_>) -> Failure {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|it| !it.is_empty()).map(plain).collect()
    };
    let given = words(name);
    let mut near: Vec<_> = known
        .keys()
        .map(|it| (words(it).intersection(&given).count(), *it))
        .filter(|(count, _)| *count > 1)
        .collect();
    near.sort_by_key(|(count, name)| (std::cmp::Reverse(*count), *name));
    near.truncate(MOST_PROPOSED);
    let near: Vec<_> = near.iter().map(|(_, name)| format!("{name:?}")).collect();
    let near = match near.as_slice() {
        [] => "--all lists all".to_owned(),
        near => format!("near: {}", near.join(", ")),
    };
    Failure::usage(format!("there is no permission {name:?}; {near}"))
}

impl Row {
    fn add(&mut self, migration: &Migration, replacement: &Replacement) {
        let own = replacement.to.iter().map(|it| it.permission);
        self.scopes.extend(own.filter(|it| !it.is_empty()));
        let answers = replacement.changes.iter();
        let moved = answers
            .filter(|it| it.place == Place::Answer)
            .flat_map(|it| migration.lists_of(it));
        let moved = moved.map(|it| it.permission);
        self.for_fields.extend(moved.filter(|it| !it.is_empty()));
        let own = &self.scopes;
        self.for_fields.retain(|it| !own.contains(it));
        if replacement.to.is_empty() {
            let text = format!("nothing takes the place of {}", replacement.operation);
            self.notes.insert(text);
        }
    }
}

fn print(migration: &Migration, rows: &BTreeMap<&str, Row>, is_json: bool) -> Result<(), Failure> {
    let needed: BTreeSet<_> = rows.values().flat_map(|row| &row.scopes).collect();
    let fields: BTreeSet<_> = rows.values().flat_map(|row| &row.for_fields).collect();
    let fields: BTreeSet<_> = fields.difference(&needed).collect();
    let mut out = output::standard();
    if is_json {
        let all: Vec<_> = rows
            .iter()
            .map(|(permission, row)| {
                json!({
                    "permission": permission,
                    "scopes": row.scopes,
                    "for_fields": row.for_fields,
                    "notes": row.notes,
                })
            })
            .collect();
        let text = json!({
            "from": migration.from.name,
            "to": migration.to.name,
            "permissions": all,
            "scopes": needed,
            "for_fields": fields,
        });
        json_text::write(text.to_string().as_bytes(), is_for_person(), &mut out)?;
        return Ok(out.flush()?);
    }
    for (permission, row) in rows {
        writeln!(out, "{}", printable(permission))?;
        for scope in &row.scopes {
            writeln!(out, "  {scope}")?;
        }
        for note in &row.notes {
            writeln!(out, "  {note}")?;
        }
    }
    let name = migration.to.conventions.permission_name;
    writeln!(out, "\nThe {name}s of {} for all of it:", migration.to.name)?;
    for scope in &needed {
        writeln!(out, "  {scope}")?;
    }
    if !fields.is_empty() {
        writeln!(
            out,
            "\nAnd these, to read what the answers had and other lists have now:"
        )?;
        for scope in &fields {
            writeln!(out, "  {scope}")?;
        }
    }
    Ok(out.flush()?)
}
