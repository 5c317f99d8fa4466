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
    mod acting_user;
    mod any_json;
    mod args;
    mod blocking;
    mod bodies;
    mod calls;
    mod custom_fields;
    mod description;
    mod difference;
    mod error_answer;
    mod examples;
    mod files;
    mod long_lists;
    mod markers;
    mod model_sizes;
    mod odd;
    mod operation_row;
    mod paging;
    mod privacy;
    mod proxy;
    mod ready;
    mod record_identity;
    mod refusals;
    mod short;
    mod strict;
    mod subjects;
    mod successors;
    mod table;
    mod tolerance;
    mod tracing;
    mod undescribed;
    mod v3;
}
