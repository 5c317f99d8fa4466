//! Names of records that others refer to.

use std::rc::Rc;

use crate::domain::users::{USER, directory};
use crate::http::refusal::Outcome;
use crate::store::{Kind, View};

/// The name of a record, if it is there and has one.
pub(super) fn name(view: &View<'_>, kind: &Kind, id: Option<i64>) -> Outcome<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    let sql = format!("SELECT state ->> 'name' FROM {} WHERE id = ?1", kind.table);
    Ok(view.value::<Option<String>>(&sql, [id])?.flatten())
}

/// The names of several, in their order.
pub(super) fn names(view: &View<'_>, kind: &Kind, ids: &[i64]) -> Outcome<Vec<String>> {
    let names = ids.iter().map(|id| name(view, kind, Some(*id)));
    let names: Outcome<Vec<Option<String>>> = names.collect();
    Ok(names?.into_iter().flatten().collect())
}

/// The name of a user. Each is looked up once for a page.
pub(super) fn user(view: &View<'_>, id: Option<i64>) -> Outcome<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    let known: Rc<Named> = view.memo(&USER, id, || Ok(Named(directory::name(view, id)?)))?;
    Ok(known.0.clone())
}

/// The name of a user, apart from what faces keep about one.
struct Named(Option<String>);

/// A time, to the minute, for people. Days are left as they are.
pub(super) fn time(stamp: &str) -> String {
    match stamp.split_once('T') {
        Some((day, time)) => format!("{day} {}", time.get(..5).unwrap_or(time)),
        None => stamp.to_owned(),
    }
}
