//! Parts of records: what one version shows inside of a record, and another lists as records with ids of their own.
//!
//! The whole knows its parts. Each part is a record in a table of its own besides, written along with the whole, so that a
//! page of parts is cut from an index and not from all wholes.

use std::collections::HashMap;

use serde::Serialize;

use crate::domain::custom_fields::{CUSTOM_FIELD, CustomField};
use crate::domain::job_posts::list_boards;
use crate::domain::prospect_pools::{PROSPECT_POOL, ProspectPool};
use crate::domain::users::{USER, User};
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
    let mut known: HashMap<i64, Value> = edit
        .states(kind, &format!("{} = ?1", owner.column), [owner.id])?
        .into_iter()
        .collect();
    for (id, part) in parts {
        // As it is read, so that the two can be compared.
        let text = serde_json::to_string(&part).and_then(|text| serde_json::from_str(&text));
        let part: Value = text.map_err(|error| broken(format!("a part: {error}")))?;
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

/// The same of pairs of the whole and another record, which have no ids but those that they are given here.
pub(crate) fn keep_pairs(
    edit: &mut Edit<'_>,
    kind: &'static Kind,
    owner: Owner,
    column: &str,
    others: &[i64],
) -> Outcome<()> {
    let known: HashMap<i64, i64> = edit
        .states::<Value>(kind, &format!("{} = ?1", owner.column), [owner.id])?
        .into_iter()
        .filter_map(|(id, pair)| Some((pair[column].as_i64()?, id)))
        .collect();
    let mut pairs = Vec::new();
    for other in others {
        let id = match known.get(other) {
            Some(id) => *id,
            None => edit.new_id(kind)?,
        };
        pairs.push((id, json!({(owner.column): owner.id, column: other})));
    }
    keep(edit, kind, owner, pairs)
}

/// The date of the parts of records from before parts were dated.
const UNKNOWN_DATE: &str = "2020-01-01T00:00:00.000Z";

/// Makes records of the parts that are inside of records, in folders from before there were any.
pub(crate) fn list_parts(edit: &mut Edit<'_>) -> Outcome<()> {
    edit.date(UNKNOWN_DATE.to_owned());
    list_boards(edit)?;
    for (id, field) in edit.states::<CustomField>(&CUSTOM_FIELD, "true ORDER BY id", [])? {
        field.save(edit, id)?;
    }
    for (id, pool) in edit.states::<ProspectPool>(&PROSPECT_POOL, "true ORDER BY id", [])? {
        pool.save(edit, id)?;
    }
    for (id, user) in edit.states::<User>(&USER, "true ORDER BY id", [])? {
        user.save(edit, id)?;
    }
    Ok(())
}
