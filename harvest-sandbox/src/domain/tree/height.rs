//! Heights of units: the levels of each with those below it, which are kept beside the records.
//!
//! A unit may have any number of others below it, and goes to another place with all of them. Their levels are known without
//! going through them, and only those above it get another height.

use super::Unit;
use crate::bounds::UNIT_DEPTH;
use crate::refusal::Outcome;
use crate::store::{Edit, View};

/// Adds a unit, and says under which id.
pub(crate) fn add<T: Unit>(edit: &mut Edit<'_>, unit: &T) -> Outcome<i64> {
    let id = edit.insert(T::kind(), unit)?;
    follow::<T>(edit, unit.parent_id())?;
    Ok(id)
}

/// Keeps a unit that was changed, and may have been moved.
pub(crate) fn save<T: Unit>(edit: &mut Edit<'_>, id: i64, unit: &T) -> Outcome<()> {
    let before: T = edit.get(T::kind(), id)?;
    edit.save(T::kind(), id, unit)?;
    if before.parent_id() != unit.parent_id() {
        follow::<T>(edit, before.parent_id())?;
        follow::<T>(edit, unit.parent_id())?;
    }
    Ok(())
}

/// The levels of a unit with those below it: one for a unit that is new.
pub(super) fn height<T: Unit>(view: &View<'_>, id: Option<i64>) -> Outcome<usize> {
    let sql = format!("SELECT height FROM {} WHERE id = ?1", T::kind().table);
    Ok(view.value(&sql, [id])?.unwrap_or(1))
}

/// Something below this unit came or went: it gets the height that it has now, and so do those above it as far as theirs
/// is another.
fn follow<T: Unit>(edit: &Edit<'_>, mut above: Option<i64>) -> Outcome<()> {
    let table = T::kind().table;
    let highest =
        format!("SELECT 1 + height FROM {table} WHERE parent_id = ?1 ORDER BY height DESC LIMIT 1");
    let keep = format!("UPDATE {table} SET height = ?2 WHERE id = ?1 AND height <> ?2");
    let next = format!("SELECT parent_id FROM {table} WHERE id = ?1");
    // Folders from before there was a bound can have more levels.
    for _ in 0..=UNIT_DEPTH {
        let Some(id) = above else { break };
        let height: Option<i64> = edit.value(&highest, [id])?;
        if edit.run(&keep, (id, height.unwrap_or(1)))? == 0 {
            break;
        }
        above = edit.value::<Option<i64>>(&next, [id])?.flatten();
    }
    Ok(())
}
