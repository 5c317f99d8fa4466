//! The runtime against servers on this machine.

#[cfg(feature = "blocking")]
mod blocking;
mod containment;
mod errors;
mod limit;
mod list_server;
mod moving_lists;
mod pages;
mod privacy;
mod read_ahead;
mod requests;
mod retry;
mod server;
mod trace;
mod undescribed;
mod values;
