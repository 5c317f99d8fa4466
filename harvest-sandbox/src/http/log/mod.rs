//! The log of requests to the API: one log with two views.
//!
//! [`LoggedRequest`] is the view for tests: what became of a request, and nothing of what was in it, so that it may be
//! printed. [`Line`](details::Line) is the view for administrators in Dev Center: path, key, acting user, reason of a refusal and, while
//! it is wanted, query and bodies. Both are of the same entry: a request is entered once, when it arrives, and completed
//! once, when its answer is known. Nothing is written to disk, and no key: headers that may hold a secret are never kept.

mod details;
mod entries;

pub(crate) use details::Caller;
#[cfg(feature = "dev-center")]
pub(crate) use details::Line;
pub use entries::LoggedRequest;
pub(crate) use entries::{Entry, Log};
