//! What the types of clients and requests say: whether somebody acts, and how calls are made. None of them has values.

/// Nobody acts: changes cannot be sent.
#[derive(Debug)]
pub enum Nobody {}

/// A user acts: changes are made in that user's name.
#[derive(Debug)]
pub enum Acting {}

/// Calls are futures.
#[derive(Debug)]
pub enum Async {}

/// Calls block the thread: see [`blocking`](crate::blocking).
#[cfg(feature = "blocking")]
#[derive(Debug)]
pub enum Blocking {}
