//! End-to-end scenarios, through the client against a sandbox: a hire from requisition to accepted offer, a candidate who
//! is rejected and revived, and an employee who leaves and whose permissions go. Each is written by v1, and the main line of
//! it by v3 (`scenarios/by_v3`).
//!
//! After each step a snapshot is taken of everything that can be read, in every way in which it can be read
//! (`scenarios/snapshot.rs`). The difference from the snapshot before has to be exactly what the scenario expects, and v3 has
//! to show the same records with the same values as v1 (`scenarios/versions.rs`).

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "tests"
)]

#[path = "../../harvest-sandbox/tests/support/same.rs"]
mod same;

mod scenarios {
    mod by_v3;
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
    mod versions;
}
