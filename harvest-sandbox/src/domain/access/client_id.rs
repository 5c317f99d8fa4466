//! Ids that clients write, and the one way from them to records.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Actor;
use crate::refusal::{Outcome, Refusal, Why};
use crate::store::{Kind, Row, View};

/// An id from a path or a body. Whether it names a record, and whether the acting user may see that record, is not known
/// yet: the methods here are the only way to find out. An id of a record that the user may not see is like one of none.
///
/// The number itself is only given back to be repeated to the client who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct ClientId(i64);

impl ClientId {
    pub(crate) fn new(id: i64) -> Self {
        Self(id)
    }

    /// The record as it is kept, if the user may see it. Without a user, all records are seen.
    pub(crate) fn row(
        self,
        view: &View<'_>,
        user: Option<&Actor>,
        kind: &Kind,
    ) -> Outcome<Option<Row>> {
        if !is_there(view, kind, self.0)? {
            return Ok(None);
        }
        match user {
            Some(user) => user.row(view, kind, self.0),
            None => view.row(kind, self.0),
        }
    }

    /// The SQL condition that picks the record, if it is one for clients, and the parameter of it: for one statement that
    /// looks and reads.
    pub(crate) fn picked(self, kind: &Kind) -> (Cow<'static, str>, [i64; 1]) {
        let condition = match kind.visibility.condition() {
            Some(only) => Cow::Owned(format!("id = ?1 AND {only}")),
            None => Cow::Borrowed("id = ?1"),
        };
        (condition, [self.0])
    }

    /// The id itself, if it is not one of a record that is hidden from the user. Without a user, all records are seen.
    pub(crate) fn seen_by(
        self,
        view: &View<'_>,
        user: Option<&Actor>,
        kind: &Kind,
    ) -> Outcome<Option<i64>> {
        match user {
            _ if !is_there(view, kind, self.0)? => Ok(None),
            Some(user) if !user.sees_record(view, kind, self.0)? => Ok(None),
            _ => Ok(Some(self.0)),
        }
    }

    /// The id itself, if there is a record with it that the user may see. Nothing of the record is read, which can be long
    /// and named time and again.
    pub(crate) fn known(
        self,
        view: &View<'_>,
        user: Option<&Actor>,
        kind: &Kind,
    ) -> Outcome<Option<i64>> {
        match self.seen_by(view, user, kind)? {
            Some(id) if view.exists(kind, id)? => Ok(Some(id)),
            _ => Ok(None),
        }
    }

    /// What is known about the record, with its id: read once, however often it is named.
    pub(crate) fn shared<T: DeserializeOwned + 'static>(
        self,
        view: &View<'_>,
        user: &Actor,
        kind: &Kind,
    ) -> Outcome<Option<(i64, Rc<T>)>> {
        match self.seen_by(view, Some(user), kind)? {
            Some(id) => Ok(view.shared(kind, id)?.map(|state| (id, state))),
            None => Ok(None),
        }
    }

    /// What is known about the record, with its id.
    pub(crate) fn find<T: DeserializeOwned>(
        self,
        view: &View<'_>,
        user: &Actor,
        kind: &Kind,
    ) -> Outcome<Option<(i64, T)>> {
        let row = self.row(view, Some(user), kind)?;
        row.map(|row| Ok((row.id, row.state()?))).transpose()
    }

    /// The id of the record; or, at the path that names it, that the user sees none: `what` is its kind with an article.
    pub(crate) fn named(
        self,
        view: &View<'_>,
        user: &Actor,
        kind: &Kind,
        at: &str,
        what: &'static str,
    ) -> Outcome<i64> {
        let id = self.known(view, Some(user), kind)?;
        id.ok_or_else(|| Refusal::field(at, Why::Unknown(what)))
    }

    /// The record that has a part with this id: for parts that are kept inside of others. The SQL condition picks it;
    /// `?1` is the id of the part.
    pub(crate) fn whole<T: DeserializeOwned>(
        self,
        view: &View<'_>,
        user: &Actor,
        kind: &Kind,
        condition: &str,
    ) -> Outcome<Option<(i64, T)>> {
        let sql = format!("SELECT id FROM {} WHERE {condition}", kind.table);
        match view.value(&sql, [self.0])? {
            Some(id) => Self(id).find(view, user, kind),
            None => Ok(None),
        }
    }
}

/// Whether clients may name a record with this id, if there is one.
fn is_there(view: &View<'_>, kind: &Kind, id: i64) -> Outcome<bool> {
    let Some(condition) = kind.visibility.condition() else {
        return Ok(true);
    };
    view.answered(kind.table, id, None, || {
        let sql = format!("SELECT {condition} FROM {} WHERE id = ?1", kind.table);
        Ok(view.value(&sql, [id])?.unwrap_or(true))
    })
}

/// Whether it is the id of a record that is known already.
impl PartialEq<i64> for ClientId {
    fn eq(&self, other: &i64) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
