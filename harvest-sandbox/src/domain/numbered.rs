//! Parts of records that have no ids inside of the record, and are given some where they are listed on their own.

use std::collections::HashMap;

use serde::Serialize;

use crate::domain::parts::{self, Owner};
use crate::json::Value;
use crate::refusal::{Outcome, broken};
use crate::store::{Edit, Kind};

/// Keeps the parts of a whole as records of their own. One with the same values of these properties as before is the same
/// part, and keeps its id.
pub(crate) fn keep<T: Serialize>(
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
    let condition = format!("{} = ?1", owner.column);
    let known = edit.states::<Value>(kind, &condition, [owner.id])?;
    let mut known: HashMap<String, i64> = known
        .into_iter()
        .map(|(id, part)| (key(&part), id))
        .collect();
    let mut numbered = Vec::new();
    for part in listed {
        let text = serde_json::to_string(part).and_then(|text| serde_json::from_str(&text));
        let part: Value = text.map_err(|error| broken(format!("a part: {error}")))?;
        let id = match known.remove(&key(&part)) {
            Some(id) => id,
            None => edit.new_id(kind)?,
        };
        numbered.push((id, part));
    }
    parts::keep(edit, kind, owner, numbered)
}
