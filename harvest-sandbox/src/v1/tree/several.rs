//! Units that another record belongs to.

use super::Unit;
use crate::refusal::{Outcome, Problems};
use crate::store::View;

/// The ids of units that a body names by our ids (`office_ids`) or by the organization's own (`external_office_ids`);
/// `None` where it says nothing about them.
pub(in crate::v1) fn several<T: Unit>(
    view: &View<'_>,
    ids: Option<Vec<i64>>,
    external_ids: Option<Vec<String>>,
    problems: &mut Problems,
) -> Outcome<Option<Vec<i64>>> {
    let table = T::kind().table;
    let field = format!("{table}_ids");
    let external_field = format!("external_{table}_ids");
    if ids.is_some() && external_ids.is_some() {
        problems.both(&field, &external_field);
    }
    if let Some(ids) = ids {
        for id in &ids {
            if !view.exists(T::kind(), *id)? {
                problems.unknown(&field, T::WHAT);
            }
        }
        return Ok(Some(ids));
    }
    let Some(external_ids) = external_ids else {
        return Ok(None);
    };
    let sql = format!("SELECT id FROM {table} WHERE external_id = ?1");
    let mut found = Vec::new();
    for external_id in external_ids {
        match view.value(&sql, [external_id])? {
            Some(id) => found.push(id),
            None => problems.unknown(&external_field, T::WHAT),
        }
    }
    Ok(Some(found))
}
