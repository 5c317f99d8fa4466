//! Harvest v3: each operation called through the generated client, with what goes over the wire and comes back.

mod blocking;
mod calls;
mod conventions;
mod custom_fields;
mod dry_run;
mod found;
mod privacy;
mod refusals;
mod rows;
mod table;
mod written;

pub use calls::rows;
