//! What clients can use of the sandbox, looked at from the other end of the wire.

#[path = "../support/mod.rs"]
mod support;

mod body;
mod connections;
mod order;
mod pace;
mod raw;
