//! The request, as a handler sees it.

use serde::de::DeserializeOwned;

use crate::domain::access::{Actor, ClientId, Credential};
use crate::http::hosts::Hosts;
use crate::http::query::{Query, is_true};
use crate::http::refusal::Outcome;
use crate::json::Value;
use crate::openapi::document::Operation;
use crate::openapi::paging::Target;
use crate::refusal::{Refusal, broken};
use crate::store::{Kind, Row, View};

/// A request that has passed every check of the description.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'a Operation,
    /// None where the operation takes none.
    pub(crate) credential: Option<Credential>,
    /// The values in the path, in order.
    pub(crate) path: &'a [String],
    pub(crate) target: Target<'a>,
    pub(crate) body: Option<Value>,
    /// Whether it names the user in whose name it is made, though a credential alone would do.
    pub(crate) names_user: bool,
    /// The record that a row of a bulk job is about, in the place of an id in the path.
    pub(crate) row: Option<i64>,
    /// Whether it is a row of a bulk job, whose record is not rendered.
    pub(crate) is_row: bool,
    /// Hosts that may be sent to.
    pub(crate) hosts: &'a Hosts,
    /// How many records a fault has put at the front of this list.
    pub(crate) inserted: usize,
}

impl<'a> Call<'a> {
    /// An id from the path, by the name that it has in the description.
    pub(crate) fn id(&self, name: &str) -> Outcome<ClientId> {
        if let Some(id) = self.row {
            return Ok(ClientId::new(id));
        }
        let id = self.path_text(name)?.parse();
        id.map(ClientId::new)
            .map_err(|_| broken(format!("`{name}` in the path is no id")))
    }

    /// The record whose id is in the path: 404 if there is none, or none that the user may see.
    pub(super) fn row(
        &self,
        view: &View<'_>,
        user: Option<&Actor>,
        kind: &Kind,
        name: &str,
    ) -> Outcome<Row> {
        let row = self.id(name)?.row(view, user, kind)?;
        row.ok_or_else(Refusal::not_found)
    }

    /// The id in the path of a record: 404 if there is none, or none that the user may see.
    pub(super) fn known_id(
        &self,
        view: &View<'_>,
        user: Option<&Actor>,
        kind: &Kind,
        name: &str,
    ) -> Outcome<i64> {
        let id = self.id(name)?.known(view, user, kind)?;
        id.ok_or_else(Refusal::not_found)
    }

    /// A text from the path, by the name that it has in the description.
    pub(crate) fn path_text(&self, name: &str) -> Outcome<&'a str> {
        let place = self
            .operation
            .path_names
            .iter()
            .position(|known| known == name);
        place
            .and_then(|place| self.path.get(place))
            .map(String::as_str)
            .ok_or_else(|| broken(format!("there is no `{name}` in the path")))
    }

    pub(crate) fn query(&self) -> &'a Query {
        self.target.query
    }

    /// Whether a parameter in the query is `true`, or `True`.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.query().last(name).is_some_and(is_true)
    }

    /// The body as it was sent; null if there was none.
    pub(crate) fn json(&self) -> &Value {
        self.body.as_ref().unwrap_or(&Value::Null)
    }

    /// The body as a type of the handler's own. It was found right already, so a type that it doesn't fit is at fault.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Outcome<T> {
        T::deserialize(self.json())
            .map_err(|_| broken(format!("{} misreads its body", self.operation.id)))
    }
}
