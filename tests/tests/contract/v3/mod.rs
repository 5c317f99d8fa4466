//! Harvest v3: each operation called through the generated client, with what goes over the wire and comes back.

mod calls;
mod privacy;
mod rows;
mod table;
mod written;

pub use calls::rows;
