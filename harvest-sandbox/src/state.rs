//! An organization with records: what it takes to get in, and what operations do there.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use axum::http::HeaderMap;

use crate::access::{Addresses, Keys, Slowdown, acting_user};
use crate::document::Operation;
use crate::handler::{Call, Handler, Handlers, Reading, Writing};
use crate::parameters::Acting;
use crate::refusal::{Outcome, Refusal};
use crate::store::Store;

/// What a key without the permission is told, as observed.
const NOT_PERMITTED: &str = "This API Key does not have permission for this endpoint";

/// A sandbox that remembers.
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) handlers: Handlers,
    pub(crate) addresses: Addresses,
    pub(crate) slowdown: Slowdown,
}

/// How a request fared with its key.
pub(crate) enum Admission {
    Granted,
    /// No key, or none that opens. The answer is to wait that long.
    Unauthorized(Duration),
    Refused(Refusal),
}

impl State {
    /// Whether requests from there are taken at all.
    pub(crate) fn check_address(&self, peer: IpAddr, headers: &HeaderMap) -> Outcome<()> {
        let client = self.addresses.client(peer, headers);
        if self.store.read(|view| Addresses::allowed(view, client))? {
            Ok(())
        } else {
            Err(Refusal::forbidden(
                "Requests from this IP address are not allowed",
            ))
        }
    }

    /// Whether the key of a request opens this operation.
    pub(crate) fn admit(
        &self,
        operation: &Operation,
        peer: IpAddr,
        headers: &HeaderMap,
    ) -> Admission {
        if operation.access.is_open() {
            return Admission::Granted;
        }
        let Some(presented) = operation.access.presented(headers) else {
            return Admission::Unauthorized(Duration::ZERO);
        };
        let client = self.addresses.client(peer, headers);
        let found = self.store.read(|view| {
            let key = Keys::find(view, &presented)?.filter(|key| key.revoked_at.is_none());
            let Some(key) = key else { return Ok(None) };
            let may = match &operation.permission {
                Some(permission) => Keys::may(view, key.id, permission)?,
                None => true,
            };
            Ok(Some(may))
        });
        match found {
            Ok(Some(may)) => {
                self.slowdown.right(client);
                if may {
                    Admission::Granted
                } else {
                    Admission::Refused(Refusal::forbidden(NOT_PERMITTED))
                }
            }
            Ok(None) => Admission::Unauthorized(self.slowdown.wrong(client, Instant::now())),
            Err(broken) => Admission::Refused(broken),
        }
    }

    /// Refuses a user who isn't there, or may not act.
    pub(crate) fn check_user(&self, acting: Acting) -> Outcome<()> {
        match acting {
            Acting::Nobody => Ok(()),
            Acting::User(id) => self.store.read(|view| acting_user(view, id)).map(drop),
        }
    }

    /// Does what the operation does.
    pub(crate) fn run(&self, handler: Handler, call: &Call<'_>, acting: Acting) -> Outcome {
        match handler {
            Handler::Read(read) => self.store.read(|view| {
                let user = match acting {
                    Acting::Nobody => None,
                    Acting::User(id) => Some(acting_user(view, id)?),
                };
                read(&Reading { view, call, user })
            }),
            Handler::Write(write) => self.store.write(|edit| {
                let user = match acting {
                    // The description asks for a user wherever something is written.
                    Acting::Nobody => return Err(Refusal::not_found()),
                    Acting::User(id) => acting_user(edit, id)?,
                };
                write(&mut Writing { edit, call, user })
            }),
        }
    }
}
