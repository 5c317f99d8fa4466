//! Invariants of departments and offices.

use super::Unit;
use crate::domain::names;
use crate::refusal::{Outcome, Problems};
use crate::store::View;

/// Names are there, and unique in any spelling. `own` is the unit that is changed.
pub(crate) fn check_name<T: Unit>(
    view: &View<'_>,
    own: Option<i64>,
    name: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    names::check("name", name, problems);
    let sql = format!(
        "SELECT id FROM {} WHERE name = ?1 COLLATE NOCASE AND id IS NOT ?2",
        T::kind().table
    );
    if view.value::<i64>(&sql, (name, own))?.is_some() {
        problems.taken("name");
    }
    Ok(())
}

/// The organization's own ids are unique, as far as units have any.
pub(crate) fn check_external_id<T: Unit>(
    view: &View<'_>,
    own: Option<i64>,
    external_id: Option<&str>,
    problems: &mut Problems,
) -> Outcome<()> {
    names::check_length("external_id", external_id.unwrap_or_default(), problems);
    let sql = format!(
        "SELECT id FROM {} WHERE external_id = ?1 AND id IS NOT ?2",
        T::kind().table
    );
    if view.value::<i64>(&sql, (external_id, own))?.is_some() {
        problems.taken("external_id");
    }
    Ok(())
}
