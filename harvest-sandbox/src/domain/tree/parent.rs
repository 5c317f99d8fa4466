//! The parent of a unit: below another one, or below none.

use serde::Deserialize;

use super::Unit;
use super::height::height;
use crate::bounds::UNIT_DEPTH;
use crate::domain::patch::Change;
use crate::refusal::{Outcome, Problems, Rule, UnitRule};
use crate::store::View;

/// The unit above, named in one of two ways; null is none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ParentRef {
    pub(crate) parent_id: Change<i64>,
    pub(crate) external_parent_id: Change<String>,
}

impl ParentRef {
    /// The id of the unit above, as far as it is said which. `own` is the unit that is moved, if it is there already.
    pub(crate) fn find<T: Unit>(
        self,
        view: &View<'_>,
        own: Option<i64>,
        problems: &mut Problems,
    ) -> Outcome<Change<i64>> {
        let (id, field) = match (self.parent_id, self.external_parent_id) {
            (Change::Leave, Change::Leave) => return Ok(Change::Leave),
            (Change::Set(_), Change::Set(_)) => {
                problems.both("parent_id", "external_parent_id");
                return Ok(Change::Leave);
            }
            (Change::Set(id), _) => (view.exists(T::kind(), id)?.then_some(id), "parent_id"),
            (_, Change::Set(external_id)) => {
                let sql = format!("SELECT id FROM {} WHERE external_id = ?1", T::kind().table);
                (view.value(&sql, [external_id])?, "external_parent_id")
            }
            _ => return Ok(Change::Clear),
        };
        let Some(id) = id else {
            problems.unknown(field, T::WHAT);
            return Ok(Change::Leave);
        };
        let line = line_to_top::<T>(view, id)?;
        if own.is_some_and(|own| line.contains(&own)) {
            problems.add(field, Rule::Unit(UnitRule::WithinItself));
        } else if line.len() + height::<T>(view, own)? > UNIT_DEPTH {
            problems.add(field, Rule::Unit(UnitRule::TooDeep(UNIT_DEPTH)));
        }
        Ok(Change::Set(id))
    }
}

/// A unit and those above it. Folders from before there was a bound can have more levels; those beyond it are left out.
fn line_to_top<T: Unit>(view: &View<'_>, id: i64) -> Outcome<Vec<i64>> {
    let table = T::kind().table;
    let sql = format!(
        "WITH RECURSIVE line (id, level) AS (
             SELECT ?1, 1
             UNION ALL
             SELECT {table}.parent_id, level + 1 FROM line JOIN {table} USING (id)
             WHERE {table}.parent_id IS NOT NULL AND level <= ?2
         )
         SELECT id FROM line"
    );
    view.column(&sql, (id, UNIT_DEPTH))
}
