//! Markers in the types of clients and requests: whether there is an acting user, and how calls are made. None of them has
//! values.

/// No acting user: changes cannot be sent.
#[derive(Debug)]
pub enum NoActingUser {}

/// An acting user, in whose name changes are made.
#[derive(Debug)]
pub enum WithActingUser {}

/// Calls are futures.
#[derive(Debug)]
pub enum Async {}

/// Calls block the thread: see [`blocking`](crate::blocking).
#[cfg(feature = "blocking")]
#[derive(Debug)]
pub enum Blocking {}
