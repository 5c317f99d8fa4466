//! Dev Center in the browser: what an administrator does to keys, users and addresses.
//! [`DevCenter`](crate::DevCenter) does the same to keys and addresses from Rust.
//!
//! The pages are under `/configure`. Each request goes through the same gates, in this order: the address that it comes
//! from (as in the API), the host that it names ([`guard`](crate::http::guard)), the session ([`session`]) and, if it changes
//! something, the proof that it comes from one of our own forms ([`csrf`]). Then [`routes`] finds its page. Pages are HTML
//! made from compiled templates; scripts only add comfort, and everything can be done without them.

// Compiled here for its test alone.
#[cfg(test)]
#[allow(dead_code, reason = "builds without the feature use it")]
mod absent;
mod assets;
mod catalogue;
mod changes;
mod csrf;
mod gates;
mod hashers;
mod headers;
mod hiring;
mod landing;
mod layout;
mod operations;
mod pages;
mod password;
mod routes;
mod session;
mod sign_in;
mod site;
#[cfg(test)]
mod tests;
mod turns;
mod viewer;
mod visit;
mod welcome;

pub(crate) use changes::{Topic, topic_of};
pub(crate) use landing::Landing;
pub(crate) use site::{ROOT, Site};
pub(crate) use welcome::{Welcome, is_for_browser};
