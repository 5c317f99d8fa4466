//! Dev Center: what an administrator does to keys, users and addresses, from Rust and in the browser.
//!
//! The pages are under `/configure`. Each request goes through the same gates, in this order: the address that it comes
//! from (as in the API), the host that it names ([`guard`](crate::guard)), the session ([`session`]) and, if it changes
//! something, the proof that it comes from one of our own forms ([`csrf`]). Then [`routes`] finds its page. Pages are HTML
//! made from compiled templates; scripts only add comfort, and everything can be done without them.

mod assets;
mod catalogue;
mod csrf;
mod from_rust;
mod hashers;
mod headers;
mod layout;
mod pages;
mod password;
mod request_log;
mod routes;
mod session;
mod sign_in;
mod site;
mod turns;
mod viewer;
mod visit;

pub use from_rust::{DevCenter, DevCenterError, NewKey};
pub(crate) use request_log::{RequestLog, Trace};
pub(crate) use site::Site;
