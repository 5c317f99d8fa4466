//! A Harvest API that runs on your desk.
//!
//! The sandbox reads an OpenAPI document, by default the one that is embedded in `harvest-spec`: what it routes and checks
//! is what the document says. Behind that is an organization of invented people, and operations do to it what they are
//! documented to do: what is written can be read back through every endpoint that shows it.
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
//! It is a checker of clients: what the service was not seen to take is refused, and what it takes although it is a mistake
//! is named in the answer and in the log, or refused, too, by a sandbox that is [strict](Builder::strict):
//!
//! - the address that a request comes from, if the organization [lists those it takes](DevCenter::allow): 403;
//! - the path: 404, and 405 with `Allow` for a method that it does not have. HEAD answers as GET does, without the body;
//! - the credential, under the security scheme of the version: a key by HTTP Basic in v1, a token in v3: 401, later and
//!   later for one who guesses;
//! - the endpoint permission of the key, or the scope of the token: 403;
//! - ids in the path: 404, as the service answers;
//! - documented query parameters and headers (types, bounds, lists, times, what is required): 422. Parameters that are
//!   not documented are overlooked, and values that an enumeration doesn't list are accepted, as the service does in v1;
//! - the acting user (`On-Behalf-Of`): missing is 422, not a number or not a known user is 404, disabled is 403, and so is
//!   one who may not do what the operation does: site admins may, job admins on their jobs, others may not. On a read a
//!   user may be named, too. A user is shown what this user may see, by reads and by writes: private candidates are seen
//!   by those who look after them, confidential jobs by those who have a role on them, and what belongs to an application
//!   by those who see both. An id of anything else is like one of nothing: 404 in a path, 422 in a body;
//! - the body against the request's schema: 422 with an entry in `errors` for each thing that is wrong. Properties that
//!   are not documented are overlooked in v1, as are texts of digits where numbers belong, and refused in v3. What is not
//!   JSON, or is declared to be something else, is 422 too: 400 and 415 are not among the documented statuses;
//! - a body on a GET: 403, as documented.
//!
//! The body is read last: what is refused for its headers is refused without it. How long it can be and may take to come,
//! and how many connections there can be, is for [`Bounds`] to say.
//!
//! A day (`2026-03-01`) is accepted wherever a moment is asked for and the other way round. Both are ISO 8601, and for
//! offers the documentation says that a moment will do where a day is asked for.
//!
//! # What it answers
//!
//! What the records say, in pages with a `Link` header, narrowed down by the documented filters. [`Sandbox::emulated`]
//! lists the operations of which that is true. The others, and every operation in a sandbox of [`Builder::examples`], are
//! answered from the examples of the document: with the lowest documented success status that has a body. Which answer it
//! is can be chosen with the header `Prefer: code=404` or `Prefer: code=200, example=name`: any documented status and
//! example. [`Builder::repeat`] makes such lists long enough to page through.
//!
//! Records are in a temporary file, gone when the sandbox ends, or in a folder ([`Builder::data`]).
//!
//! # Dev Center
//!
//! What an administrator does in a browser (keys and their permissions, users, the IP allowlist) is done at
//! [`Sandbox::dev_center_url`] (with the feature `dev-center`), and from Rust with [`Sandbox::dev_center`].
//!
//! # Cargo features
//!
//! Both are on by default, for the program. A test that starts the sandbox in its process needs neither:
//!
//! ```toml
//! [dev-dependencies]
//! harvest-sandbox = { path = "../harvest/harvest-sandbox", default-features = false }
//! ```
//!
//! | feature | adds | compiles |
//! | --- | --- | --- |
//! | `cli` | the program `harvest-sandbox` | clap |
//! | `dev-center` | the pages of Dev Center, their passwords, and the API reference | argon2, askama, Swagger UI, zip |
//!
//! Without `dev-center` the pages are 404 with a sentence that names the feature, and [`Sandbox::dev_center_url`] is
//! `None`; [`Sandbox::dev_center`] manages keys and the IP allowlist as ever. The only use of a password is to sign in to
//! the pages, so without them none is asked for or set; one that is in a folder ([`Builder::data`]) stays there and is
//! needed again when the folder is served with pages.
//!
//! # What goes wrong
//!
//! Nothing, unless it is set to: a [`Fault`] is a script of what goes wrong, on which operations and on which of their
//! requests. Latency, statuses with and without `Retry-After`, connections that are reset before or after the service
//! has acted, bodies that break off or are no JSON, pages for people, misleading links, lists that grow while they are
//! read. [`Sandbox::requests`] records what became of each request, and above all whether the service acted on it.
//!
//! # What tests can do
//!
//! [Reset](Sandbox::reset) it, [keep](Sandbox::snapshot) and [restore](Sandbox::restore) its records, set its
//! [clock](Sandbox::clock), [invent](Sandbox::seed) more records, [approve](Sandbox::approve) what waits for approval.
//! Send [webhooks](Sandbox::webhooks), signed and repeated as the service does it, with a log of all attempts.
//! [`Builder::control`] lets tests in other languages do the same by requests to `/_sandbox/`.

// Records and keys can do what only the pages of Dev Center ask for; without them that is not called.
#![cfg_attr(not(feature = "dev-center"), allow(dead_code))]

mod bounds;
mod clock;
mod control;
#[cfg(feature = "dev-center")]
mod dev_center;
#[cfg(not(feature = "dev-center"))]
#[path = "dev_center/absent.rs"]
mod dev_center;
mod domain;
mod faces;
mod http;
mod json;
mod openapi;
mod pipeline;
mod refusal;
mod sandbox;
mod server;
mod store;

pub use bounds::Bounds;
pub use control::{
    ClientCredentials, ControlError, DevCenter, DevCenterError, NewIntegration, NewKey, Records,
    SandboxClock,
};
pub use faces::webhooks::deliveries::{
    Attempt, Delivery, DeliveryState, NewWebhook, Webhook, WebhookError, Webhooks,
};
pub use http::fault::{Effect, Fault, Faults, Which};
pub use http::log::LoggedRequest;
pub use refusal::{FaultError, StartError};
#[cfg(feature = "cli")]
#[doc(hidden)]
pub use sandbox::program;
pub use sandbox::{Builder, Sandbox, parity};
