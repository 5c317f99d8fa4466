//! The users in whose name a client may act.

use super::dataset::DataSet;
use crate::http::refusal::Outcome;
use crate::json::Value;
use crate::openapi::document::{Document, Operation};
use crate::openapi::parameters::Acting;
use crate::refusal::Refusal;

/// The operation whose example names the users.
const LIST: &str = "list_users";

/// Who may be named in `On-Behalf-Of`.
#[derive(Debug)]
pub(crate) struct Users {
    /// The first is that of [`Sandbox::user_id`](crate::Sandbox::user_id). Never empty.
    named: Vec<i64>,
    /// The example of the list of users and its length, whose copies are users too.
    listed: Option<(Vec<Value>, usize)>,
}

impl Users {
    /// `None` if the list is empty.
    pub(crate) fn given(ids: Vec<i64>) -> Option<Self> {
        (!ids.is_empty()).then_some(Self {
            named: ids,
            listed: None,
        })
    }

    /// Those that `list_users` lists. A document without it has the users that its examples act for, or else user 1: a
    /// sandbox without any could not answer an operation that needs one.
    pub(crate) fn of(document: &Document, list_len: usize) -> Self {
        let listed = list(document)
            .and_then(|operation| operation.success().example(None)?.as_array())
            .map(|example| (example.clone(), list_len));
        let mut named: Vec<i64> = match &listed {
            Some((example, len)) => DataSet::new(example, *len).example_ids().collect(),
            None => Vec::new(),
        };
        if named.is_empty() {
            named = document
                .operations
                .iter()
                .flat_map(|operation| operation.parameters.example_users())
                .collect();
        }
        if named.is_empty() {
            named.push(1);
        }
        Self { named, listed }
    }

    pub(crate) fn know(&self, id: i64) -> bool {
        self.named.contains(&id)
            || self
                .listed
                .as_ref()
                .is_some_and(|(example, len)| DataSet::new(example, *len).has(id))
    }

    /// 404 for a user who is none of them.
    pub(crate) fn check(&self, acting: Acting) -> Outcome<()> {
        match acting {
            Acting::User(id) if !id.is_some_and(|id| self.know(id)) => Err(Refusal::not_found()),
            _ => Ok(()),
        }
    }

    pub(crate) fn first(&self) -> i64 {
        self.named[0]
    }
}

/// The operation that lists the users, if the document has one.
pub(crate) fn list(document: &Document) -> Option<&Operation> {
    document
        .operations
        .iter()
        .find(|operation| operation.id == LIST)
}
