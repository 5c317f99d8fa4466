//! The runtime against servers on this machine.

mod containment;
mod errors;
mod pages;
mod privacy;
mod requests;
mod server;
mod values;
