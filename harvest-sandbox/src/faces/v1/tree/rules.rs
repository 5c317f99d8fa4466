//! Checks of bodies that change departments and offices.

use serde::Deserialize;

use crate::bounds::UNIT_DEPTH;
use crate::domain::tree::Unit;
use crate::http::refusal::Outcome;
use crate::refusal::Problems;
use crate::store::View;

/// The unit above a new one, named in one of two ways or not at all.
#[derive(Deserialize)]
pub(in crate::faces::v1) struct Above {
    parent_id: Option<i64>,
    external_parent_id: Option<String>,
}

impl Above {
    pub(in crate::faces::v1) fn find<T: Unit>(
        &self,
        view: &View<'_>,
        problems: &mut Problems,
    ) -> Outcome<Option<i64>> {
        let (id, field) = match (self.parent_id, &self.external_parent_id) {
            (None, None) => return Ok(None),
            (Some(_), Some(_)) => {
                problems.both("parent_id", "external_parent_id");
                return Ok(None);
            }
            (Some(id), None) => (view.exists(T::kind(), id)?.then_some(id), "parent_id"),
            (None, Some(external_id)) => {
                let sql = format!("SELECT id FROM {} WHERE external_id = ?1", T::kind().table);
                (view.value(&sql, [external_id])?, "external_parent_id")
            }
        };
        match id {
            None => problems.unknown(field, T::WHAT),
            Some(id) if !has_room_below::<T>(view, id)? => {
                let message =
                    format!("Has {UNIT_DEPTH} levels with this one, which is the maximum");
                problems.add(field, message);
            }
            Some(_) => {}
        }
        Ok(id)
    }
}

/// Whether another unit can be below this one without a tree getting too deep.
fn has_room_below<T: Unit>(view: &View<'_>, id: i64) -> Outcome<bool> {
    let table = T::kind().table;
    let sql = format!(
        "WITH RECURSIVE line (id, level) AS (
             SELECT ?1, 1
             UNION ALL
             SELECT {table}.parent_id, level + 1 FROM line JOIN {table} USING (id)
             WHERE {table}.parent_id IS NOT NULL AND level < ?2
         )
         SELECT max(level) FROM line"
    );
    let level: Option<usize> = view.value(&sql, (id, UNIT_DEPTH))?;
    Ok(level.is_none_or(|level| level < UNIT_DEPTH))
}
