//! What a handler has at hand.

use std::ops::{Deref, DerefMut};

use axum::http::StatusCode;

use super::Call;
use crate::access::{Actor, Scope};
use crate::clock::stamp;
use crate::list::List;
use crate::refusal::Outcome;
use crate::reply::Reply;
use crate::store::{Edit, Kind, View};

/// For a handler that changes nothing. It reads like a [`View`].
pub(crate) struct Reading<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) call: &'a Call<'a>,
    /// Who asks, if the request says so.
    pub(crate) user: Option<Actor>,
}

impl<'a> Deref for Reading<'a> {
    type Target = View<'a>;

    fn deref(&self) -> &View<'a> {
        self.view
    }
}

impl Reading<'_> {
    /// 403 if somebody asks who may not see this candidate, application or job, which has to be there.
    pub(crate) fn require_sight(&self, scope: Scope, id: i64) -> Outcome<()> {
        match &self.user {
            Some(user) => user.require_sight(self, scope, id),
            None => Ok(()),
        }
    }

    /// One record, or 404.
    pub(crate) fn one(&self, kind: &Kind, id: i64) -> Outcome {
        Ok(Reply::ok(&self.document(kind, id)?))
    }

    /// A list, as its declaration and the query say.
    pub(crate) fn list(&self, list: List) -> Outcome {
        list.answer(self)
    }
}

/// For a handler that changes something. It reads and writes like an [`Edit`].
pub(crate) struct Writing<'a, 'e> {
    pub(crate) edit: &'a mut Edit<'e>,
    pub(crate) call: &'a Call<'a>,
    /// In whose name.
    pub(crate) user: Actor,
}

impl<'e> Deref for Writing<'_, 'e> {
    type Target = Edit<'e>;

    fn deref(&self) -> &Edit<'e> {
        self.edit
    }
}

impl<'e> DerefMut for Writing<'_, 'e> {
    fn deref_mut(&mut self) -> &mut Edit<'e> {
        self.edit
    }
}

impl Writing<'_, '_> {
    /// The present, as times are kept.
    pub(crate) fn stamp(&self) -> String {
        stamp(self.now())
    }

    /// 201 with a record that was made.
    pub(crate) fn created(&self, kind: &Kind, id: i64) -> Outcome {
        Ok(Reply::document(
            StatusCode::CREATED,
            &self.document(kind, id)?,
        ))
    }

    /// 200 with a record that was changed.
    pub(crate) fn changed(&self, kind: &Kind, id: i64) -> Outcome {
        Ok(Reply::ok(&self.document(kind, id)?))
    }
}
