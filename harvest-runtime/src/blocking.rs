//! Calls that block the thread, for programs without an async runtime.
//!
//! A blocking client has the same methods as the other one; what there is to await returns when it is done, and lists
//! are iterators. It is the same code, waited for: limits, retries, errors and traces are the same.
//!
//! Connections and timers are driven by a thread of the client's own, which its first call starts and its last copy
//! ends. Copies share it.
//!
//! # Within an async program
//!
//! A blocking call keeps its thread until it is done, so it does not belong into async code: await the other client
//! there. Code that has to be called from there goes to `spawn_blocking`, or to a thread of its own. On a current-thread
//! runtime of tokio everything would stand still, and with it whatever the call may be waiting for: there a call is
//! refused ([`Error::is_invalid_request`](crate::Error::is_invalid_request)), from `spawn_blocking` too, as the two
//! cannot be distinguished.

mod download;
mod lists;
mod sends;
mod waiter;

pub use self::download::{Download, FileReader};
pub use self::lists::{Items, Pages};
use self::waiter::Waiter;
