//! A Harvest API that runs on your desk.
//!
//! The sandbox reads an `OpenAPI` document, by default the one that is embedded in `harvest-spec`, and answers every
//! operation in it from its examples. It knows no operation by name: what it routes, checks and answers is what the
//! document says.
//!
//! ```
//! # async fn demo() -> Result<(), harvest_sandbox::StartError> {
//! use harvest_sandbox::Sandbox;
//!
//! let sandbox = Sandbox::start().await?;
//! println!("{} takes the key {}", sandbox.url(), sandbox.key());
//! // … point a client at it; it stops when `sandbox` is dropped.
//! # Ok(())
//! # }
//! # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
//! ```
//!
//! # What it checks
//!
//! It is a checker of clients, so it is strict where a mistake can be told from a difference of opinion:
//!
//! - method and path: 404 for both; 405 is not among the documented statuses;
//! - the key, under the security scheme of the document (HTTP Basic or Bearer): 401;
//! - ids in the path: 404, as the service answers;
//! - documented query parameters and headers (types, bounds, lists, times, what is required): 422. Parameters that are
//!   not documented are ignored, and values that an enumeration doesn't list are accepted, as the service does;
//! - the acting user (`On-Behalf-Of`): missing is 422, not a number or not a known user is 404;
//! - the body against the request's schema: 422 with an entry in `errors` for each thing that is wrong. Properties that
//!   are not documented are refused too. The service may well let them pass, but in a client they are typing errors.
//!   What is not JSON, or isn't declared to be, is 422 too: 400 and 415 are not among the documented statuses;
//! - a body on a GET: 403, as documented.
//!
//! A day (`2026-03-01`) is accepted wherever a moment is asked for and the other way round. Both are ISO 8601, and for
//! offers the documentation says that a moment will do where a day is asked for.
//!
//! # What it answers
//!
//! The lowest documented success status that has a body, with the example of the document. Which answer it is can be
//! chosen with the header `Prefer: code=404` or `Prefer: code=200, example=name`: any documented status and example.
//! Lists come in pages with a `Link` header; [`Builder::repeat`] makes them long enough to page through.
//!
//! # What goes wrong
//!
//! Nothing, unless it is told to: a [`Fault`] is a script of what goes wrong, on which operations and on which of their
//! requests. Latency, statuses with and without `Retry-After`, connections that are reset before or after the service
//! has acted, bodies that break off or are no JSON, pages for people, misleading links, lists that grow while they are
//! read. [`Sandbox::requests`] tells what became of each request, and above all whether the service acted on it.
//!
//! # What it does not do
//!
//! It keeps nothing: a record that was created can't be read back, filters don't filter, and an id in the path doesn't
//! find its way into the answer. Permissions of keys and of users are not looked at.

// For now: the foundation is ahead of the resources that will stand on it.
#![allow(dead_code, reason = "resources are being added")]

mod access;
mod answer;
mod body;
mod clock;
mod dataset;
mod document;
mod error;
mod fault;
mod handler;
mod limit;
mod list;
mod log;
mod organization;
mod paging;
mod parameters;
mod patch;
mod pipeline;
mod prefer;
mod query;
mod random;
mod refusal;
mod reply;
mod router;
mod sandbox;
mod server;
mod source;
mod state;
mod store;
mod time;
mod users;
mod v1;

pub use error::StartError;
pub use fault::{Effect, Fault, FaultError, Faults, Which};
pub use log::LoggedRequest;
pub use sandbox::{Builder, Sandbox};
