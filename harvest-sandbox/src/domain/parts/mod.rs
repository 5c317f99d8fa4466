//! Parts of records: what one version shows inside of a record, and another lists as records with ids of their own.
//!
//! The whole knows its parts. Each part is a record in a table of its own besides, written along with the whole, so that a
//! page of parts is cut from an index and not from all wholes.

use std::collections::HashMap;

use serde::Serialize;

use crate::json::{Value, json};
use crate::refusal::{Outcome, broken};
use crate::store::{Edit, Kind};

/// The whole that parts are of: the column that has its id in their table, and the id.
#[derive(Clone, Copy)]
pub(crate) struct Owner {
    pub(crate) column: &'static str,
    pub(crate) id: i64,
}

/// Keeps the parts of a whole, each under its id: those that are new, those that were changed, and no others.
pub(crate) fn keep<T: Serialize>(
    edit: &mut Edit<'_>,
    kind: &'static Kind,
    owner: Owner,
    parts: impl IntoIterator<Item = (i64, T)>,
) -> Outcome<()> {
    let known = known(edit, kind, owner)?;
    let parts = parts.into_iter();
    let parts = parts.map(|(id, part)| Ok((id, as_read(&part)?)));
    settle(edit, kind, known, parts.collect::<Outcome<_>>()?)
}

/// The same of parts that have no ids inside of the whole, and are given some here. One with the same values of these
/// properties as before is the same part, and keeps its id.
pub(crate) fn keep_numbered<T: Serialize>(
    edit: &mut Edit<'_>,
    kind: &'static Kind,
    owner: Owner,
    identity: &[&str],
    listed: &[T],
) -> Outcome<()> {
    let key = |part: &Value| -> String {
        let values = identity.iter().map(|name| part[*name].to_string());
        values.collect::<Vec<_>>().join(",")
    };
    let known = known(edit, kind, owner)?;
    // Several can be the same.
    let mut ids: HashMap<String, Vec<i64>> = HashMap::new();
    for (id, part) in &known {
        ids.entry(key(part)).or_default().push(*id);
    }
    let mut numbered = Vec::new();
    for part in listed {
        let part = as_read(part)?;
        let id = match ids.get_mut(&key(&part)).and_then(Vec::pop) {
            Some(id) => id,
            None => edit.new_id(kind)?,
        };
        numbered.push((id, part));
    }
    settle(edit, kind, known, numbered)
}

/// The same of pairs of the whole and another record.
pub(crate) fn keep_pairs(
    edit: &mut Edit<'_>,
    kind: &'static Kind,
    owner: Owner,
    column: &str,
    others: &[i64],
) -> Outcome<()> {
    let others = others.iter();
    let pairs = others.map(|other| json!({(owner.column): owner.id, column: other}));
    let pairs: Vec<Value> = pairs.collect();
    keep_numbered(edit, kind, owner, &[column], &pairs)
}

/// Adds the parts of a whole of a new organization, of which nothing is listed so far.
pub(crate) fn add<T: Serialize>(
    edit: &mut Edit<'_>,
    kind: &'static Kind,
    parts: impl IntoIterator<Item = (i64, T)>,
) -> Outcome<()> {
    for (id, part) in parts {
        edit.insert_shown(kind, id, &part)?;
    }
    Ok(())
}

/// The same of parts that have no ids inside of the whole.
pub(crate) fn add_numbered<T: Serialize>(
    edit: &mut Edit<'_>,
    kind: &'static Kind,
    parts: impl IntoIterator<Item = T>,
) -> Outcome<()> {
    for part in parts {
        let id = edit.new_id(kind)?;
        edit.insert_shown(kind, id, &part)?;
    }
    Ok(())
}

/// The parts of a whole that are kept, by their ids.
fn known(edit: &Edit<'_>, kind: &Kind, owner: Owner) -> Outcome<HashMap<i64, Value>> {
    let condition = format!("{} = ?1", owner.column);
    let known = edit.states(kind, &condition, [owner.id])?;
    Ok(known.into_iter().collect())
}

/// A part as it is read, so that it can be compared with one that is kept.
fn as_read(part: &impl Serialize) -> Outcome<Value> {
    let text = serde_json::to_string(part).and_then(|text| serde_json::from_str(&text));
    text.map_err(|error| broken(format!("a part: {error}")))
}

/// Makes these parts of those that are known.
fn settle(
    edit: &mut Edit<'_>,
    kind: &'static Kind,
    mut known: HashMap<i64, Value>,
    parts: Vec<(i64, Value)>,
) -> Outcome<()> {
    for (id, part) in parts {
        match known.remove(&id) {
            None => edit.insert_as(kind, id, &part)?,
            Some(before) if before != part => edit.save(kind, id, &part)?,
            Some(_) => {}
        }
    }
    for id in known.into_keys() {
        edit.delete(kind, id)?;
    }
    Ok(())
}
