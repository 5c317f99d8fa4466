//! Bounds on what clients can use of the sandbox, measured from the other end of the wire.

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod body;
mod connections;
mod order;
mod pace;
mod raw;
