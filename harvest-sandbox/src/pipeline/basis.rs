//! The basis on which a request is judged: records at one point in time, or one key and no records.

use std::time::Duration;

use super::checks::read_only;
use super::state::{Admission, Pass, State};
use crate::http::Incoming;
use crate::http::files::Links;
use crate::http::guard::Sender;
use crate::http::refusal::Outcome;
use crate::openapi::Key;
use crate::openapi::document::Operation;
use crate::store::View;

/// What a request is judged by.
#[derive(Clone, Copy)]
pub(super) enum Basis<'a, 'v> {
    Examples {
        key: &'a Key,
    },
    Records {
        state: &'a State,
        view: &'a View<'v>,
    },
}

impl<'a, 'v> Basis<'a, 'v> {
    /// The records, if there are any.
    pub(super) fn view(self) -> Option<&'a View<'v>> {
        match self {
            Self::Examples { .. } => None,
            Self::Records { view, .. } => Some(view),
        }
    }

    /// Whether requests from there are taken at all.
    pub(super) fn check_address(self, sender: &Sender) -> Outcome<()> {
        match self {
            Self::Examples { .. } => Ok(()),
            Self::Records { view, .. } => State::check_address_in(view, sender),
        }
    }

    /// The answer to a request for a file, if it is for one.
    pub(super) fn file(self, request: &Incoming) -> Option<Outcome> {
        let Self::Records { state, view } = self else {
            return None;
        };
        let Incoming { path, query, .. } = request;
        Links::lead_to(path).then(|| {
            read_only(&request.method)?;
            state.links.follow(view, path, query, &request.headers)
        })
    }

    /// Whether the credential of a request opens an operation.
    pub(super) fn check_credential(self, operation: &Operation, request: &Incoming) -> Admission {
        let headers = &request.headers;
        match self {
            Self::Examples { key } if key.opens(&operation.access, headers) => {
                Admission::Granted(Pass::default())
            }
            Self::Examples { .. } => Admission::Unauthorized(Duration::ZERO),
            Self::Records { state, view } => {
                state.admit(view, operation, request.sender.nearest(), headers)
            }
        }
    }
}
