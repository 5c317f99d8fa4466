//! Units, as they are sent.

use super::Shown;
use crate::bounds::UNIT_DEPTH;
use crate::domain::tree::Unit;
use crate::http::refusal::{Outcome, worded};
use crate::json::{Map, Value, json};
use crate::refusal::Refusal;
use crate::store::{Document, Row, View};

/// On its own, with the ids of those above and below.
pub(in crate::faces::v1) fn flat<T: Shown>(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let unit: T = row.state()?;
    let above: Option<T> = match unit.parent_id() {
        Some(id) => view.find(T::kind(), id)?,
        None => None,
    };
    // An empty text where the one above has none, null where there is none above.
    let above = above.map(|above| above.external_id().unwrap_or_default().to_owned());
    let below = below::<T>(view, row.id)?;
    let ids: Vec<_> = below.iter().map(|(id, _)| id).collect();
    let external_ids: Vec<_> = below.iter().map(|(_, one)| one.external_id()).collect();

    let table = T::kind().table;
    let mut fields = start(row.id, &unit);
    fields.insert("parent_id".to_owned(), json!(unit.parent_id()));
    fields.insert(format!("parent_{table}_external_id"), json!(above));
    fields.insert("child_ids".to_owned(), json!(ids));
    fields.insert(format!("child_{table}_external_ids"), json!(external_ids));
    fields.insert("external_id".to_owned(), json!(unit.external_id()));
    Document::of(&fields)
}

/// With those below inside.
pub(in crate::faces::v1) fn tree<T: Shown>(view: &View<'_>, row: &Row) -> Outcome<Document> {
    Document::of(&branch::<T>(view, row.id, &row.state()?, UNIT_DEPTH)?)
}

/// A unit with so many levels, its own included. Folders from before there was a bound can have more, for which no stack is
/// deep enough.
fn branch<T: Shown>(view: &View<'_>, id: i64, unit: &T, levels: usize) -> Outcome<Map> {
    let children = below::<T>(view, id)?;
    let levels = levels - 1;
    if levels == 0 && !children.is_empty() {
        return Err(Refusal::whole(worded(format!(
            "A tree has {UNIT_DEPTH} levels at most: ask for a part of it, or for a flat list"
        ))));
    }
    let children = children
        .iter()
        .map(|(id, child)| branch(view, *id, child, levels))
        .collect::<Outcome<Vec<_>>>()?;
    let mut fields = start(id, unit);
    fields.insert("children".to_owned(), json!(children));
    fields.insert("external_id".to_owned(), json!(unit.external_id()));
    Ok(fields)
}

fn start<T: Shown>(id: i64, unit: &T) -> Map {
    let mut fields = Map::new();
    fields.insert("id".to_owned(), id.into());
    fields.extend(unit.fields());
    fields
}

fn below<T: Unit>(view: &View<'_>, id: i64) -> Outcome<Vec<(i64, T)>> {
    view.states(T::kind(), "parent_id = ?1 ORDER BY id", [id])
}

/// A flat unit with another name for one of its fields: the service calls some differently here and there.
pub(in crate::faces::v1) fn renamed(flat: &Document, from: &str, to: &str) -> Outcome<Value> {
    let flat: Map = flat.read()?;
    let rename = |(name, value)| (if name == from { to.to_owned() } else { name }, value);
    Ok(flat.into_iter().map(rename).collect())
}

/// Units inside of other records, which leave out the organization's own ids of those above and below.
pub(in crate::faces::v1) fn within_others<T: Unit>(
    view: &View<'_>,
    ids: &[i64],
) -> Outcome<Vec<Value>> {
    let table = T::kind().table;
    let left_out = [
        format!("parent_{table}_external_id"),
        format!("child_{table}_external_ids"),
    ];
    let mut shown = Vec::new();
    for document in view.documents_of(T::kind(), ids)? {
        let mut fields: Map = document.read()?;
        for name in &left_out {
            fields.shift_remove(name);
        }
        shown.push(fields.into());
    }
    Ok(shown)
}
