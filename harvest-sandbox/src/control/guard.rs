//! Who may use `/_sandbox/`.

use axum::http::StatusCode;
use axum::http::header::ORIGIN;

use super::Control;
use crate::access::Addresses;
use crate::pipeline::Incoming;
use crate::refusal::{Outcome, Refusal};
use crate::reply::Reply;

impl Control {
    /// Requests from this computer, and from addresses that the organization lists. Not those that a page of another site
    /// makes a browser send.
    pub(crate) fn check(&self, request: &Incoming) -> Outcome<()> {
        if let Some(origin) = request.headers.get(ORIGIN) {
            let own = format!("http://{}", request.host);
            if origin.as_bytes() != own.as_bytes() {
                return Err(Refusal::forbidden("Pages of other sites may not do this"));
            }
        }
        if self.is_near(request)? {
            return Ok(());
        }
        let message = "Only this computer, and addresses that the organization lists, may do this";
        Err(Reply::message(StatusCode::FORBIDDEN, message).into())
    }

    fn is_near(&self, request: &Incoming) -> Outcome<bool> {
        let Some(state) = &self.state else {
            return Ok(request.peer.to_canonical().is_loopback());
        };
        let client = state.addresses.client(request.peer, &request.headers);
        if client.to_canonical().is_loopback() {
            return Ok(true);
        }
        state.store.read(|view| Addresses::listed(view, client))
    }
}
