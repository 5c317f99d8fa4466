//! The client, the sandbox and the description against each other: each operation, each parameter and each example.
//!
//! A new operation needs a row in `contract/table.rs`; the rest reads the description.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "tests"
)]

mod contract {
    mod args;
    mod calls;
    mod description;
    mod difference;
    mod examples;
    mod strict;
    mod relay;
    mod row;
    mod table;
}
