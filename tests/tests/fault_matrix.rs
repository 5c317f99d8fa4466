//! The fault matrix: calls of each kind under each fault. Whatever goes wrong, no record comes twice or not at all, nothing
//! is created twice, nothing hangs, and the error says what happened.
//!
//! `fault_matrix/cases.rs` is the table of faults; `fault_matrix/matrix.rs` runs every call through each of its rows.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "tests"
)]

mod fault_matrix {
    mod calls;
    mod cases;
    mod fixture;
    mod known_client_bugs;
    mod limits;
    mod lists;
    mod matrix;
}
