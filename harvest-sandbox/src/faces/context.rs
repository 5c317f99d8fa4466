//! The context of a handler.

use std::ops::{Deref, DerefMut};

use axum::http::StatusCode;

use serde::de::DeserializeOwned;

use super::{Call, left_out};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::Refusal;
use crate::store::{Document, Edit, Kind, Row, View};

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
    /// The record that the path names: 404 if there is none, or none that the user may see.
    pub(crate) fn row_in_path(&self, kind: &Kind, name: &str) -> Outcome<Row> {
        let id = self.call.id(name)?;
        let row = id.row(self, self.user.as_ref(), kind)?;
        row.ok_or_else(|| self.not_found(kind, id))
    }

    /// The id of that record alone.
    pub(crate) fn id_in_path(&self, kind: &Kind, name: &str) -> Outcome<i64> {
        let id = self.call.id(name)?;
        let known = id.known(self, self.user.as_ref(), kind)?;
        known.ok_or_else(|| self.not_found(kind, id))
    }

    /// The same, and what is known about it.
    pub(crate) fn record_in_path<T: DeserializeOwned>(
        &self,
        kind: &Kind,
        name: &str,
    ) -> Outcome<(i64, T)> {
        let row = self.row_in_path(kind, name)?;
        Ok((row.id, row.state()?))
    }

    /// A record as the user may see it, or 404.
    pub(crate) fn one(&self, kind: &Kind, id: i64) -> Outcome {
        self.document_of(kind, ClientId::new(id))
    }

    /// The record that the path names, as the user may see it, or 404.
    pub(crate) fn one_in_path(&self, kind: &Kind, name: &str) -> Outcome {
        self.document_of(kind, self.call.id(name)?)
    }

    /// 404, which tells whether the record is there and left out for the user whom the request names.
    fn not_found(&self, kind: &Kind, id: ClientId) -> Refusal {
        let is_there = || match id.seen_by(self, None, kind) {
            Ok(Some(id)) => self.exists(kind, id).unwrap_or_default(),
            _ => false,
        };
        match &self.user {
            Some(user) if self.call.names_user && is_there() => {
                left_out::noted(Reply::not_found(), 1, kind, user).into()
            }
            _ => Refusal::not_found(),
        }
    }

    fn document_of(&self, kind: &Kind, id: ClientId) -> Outcome {
        let Some(user) = &self.user else {
            let (condition, id) = id.picked(kind);
            let document = self.documents(kind, &condition, id)?.pop();
            return Ok(Reply::ok(&document.ok_or_else(Refusal::not_found)?));
        };
        let seen = id.seen_by(self, Some(user), kind)?;
        let id = seen.ok_or_else(|| self.not_found(kind, id))?;
        let document = self.document(kind, id)?;
        Ok(Reply::ok(&user.redacted(self, kind, id, document)?))
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

    /// The record that the path names: 404 if there is none, or none that the user may see.
    pub(crate) fn row_in_path(&self, kind: &Kind, name: &str) -> Outcome<Row> {
        self.call.row(self, Some(&self.user), kind, name)
    }

    /// The id of that record alone.
    pub(crate) fn id_in_path(&self, kind: &Kind, name: &str) -> Outcome<i64> {
        self.call.known_id(self, Some(&self.user), kind, name)
    }

    /// The same, and what is known about it.
    pub(crate) fn record_in_path<T: DeserializeOwned>(
        &self,
        kind: &Kind,
        name: &str,
    ) -> Outcome<(i64, T)> {
        let row = self.row_in_path(kind, name)?;
        Ok((row.id, row.state()?))
    }

    /// A record as the user may see it, whatever the write has made of it.
    ///
    /// Some writes hide a record from those who make them, as when a site admin makes a candidate private. These are
    /// answered with the id alone, as the service does for a record that can't be read yet.
    pub(crate) fn shown(&self, kind: &Kind, id: i64) -> Outcome<Document> {
        match self.user.document(self, kind, id)? {
            Some(document) => Ok(document),
            None => Document::of(&json!({ "id": id })),
        }
    }

    /// 201 with a record that was made.
    pub(crate) fn created(&self, kind: &Kind, id: i64) -> Outcome {
        let document = self.answered(kind, id)?;
        Ok(Reply::document(StatusCode::CREATED, &document))
    }

    /// 200 with a record that was changed.
    pub(crate) fn changed(&self, kind: &Kind, id: i64) -> Outcome {
        Ok(Reply::ok(&self.answered(kind, id)?))
    }

    /// A record as the answer shows it. That of a row of a bulk job is not rendered: it would be made for each row, and what
    /// is out of date looked up.
    pub(crate) fn answered(&self, kind: &Kind, id: i64) -> Outcome<Document> {
        if self.call.is_row {
            return Document::of(&json!({ "id": id }));
        }
        self.shown(kind, id)
    }
}
