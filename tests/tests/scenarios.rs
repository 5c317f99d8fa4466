//! End-to-end scenarios, through the client against a sandbox: a hire from requisition to accepted offer, a candidate who
//! is rejected and revived, and an employee who leaves and whose permissions go.
//!
//! After each step a snapshot is taken of everything that can be read, in every way in which it can be read
//! (`scenarios/snapshot.rs`). The difference from the snapshot before has to be exactly what the scenario expects.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "tests"
)]

mod scenarios {
    mod catalogue;
    mod changes;
    mod consistency;
    mod coverage;
    mod departure;
    mod hire;
    mod read;
    mod revival;
    mod scenario;
    mod snapshot;
    mod steps;
    mod usage;
}
