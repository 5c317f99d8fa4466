//! Units that another record belongs to.

use super::Unit;
use crate::domain::unique::unique;
use crate::refusal::{Outcome, Problems};
use crate::store::View;

/// The ids of units that a body names by our ids (`office_ids`) or by the organization's own (`external_office_ids`);
/// each once; `None` where it says nothing about them. `at` is the place in the body, with a dot at its end if it is not empty.
pub(crate) fn several<T: Unit>(
    view: &View<'_>,
    ids: Option<Vec<i64>>,
    external_ids: Option<Vec<String>>,
    at: &str,
    problems: &mut Problems,
) -> Outcome<Option<Vec<i64>>> {
    let table = T::kind().table;
    let field = format!("{at}{table}_ids");
    let external_field = format!("{at}external_{table}_ids");
    if ids.is_some() && external_ids.is_some() {
        problems.both(&field, &external_field);
    }
    if let Some(ids) = ids {
        for (place, id) in ids.iter().enumerate() {
            if !view.exists(T::kind(), *id)? {
                problems.unknown(&format!("{field}.{place}"), T::WHAT);
            }
        }
        return Ok(Some(unique(ids)));
    }
    let Some(external_ids) = external_ids else {
        return Ok(None);
    };
    let sql = format!("SELECT id FROM {table} WHERE external_id = ?1");
    let mut found = Vec::new();
    for (place, external_id) in external_ids.into_iter().enumerate() {
        match view.value(&sql, [external_id])? {
            Some(id) => found.push(id),
            None => problems.unknown(&format!("{external_field}.{place}"), T::WHAT),
        }
    }
    Ok(Some(unique(found)))
}
