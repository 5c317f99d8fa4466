//! The client in bad weather: whatever goes wrong, no record comes twice or not at all, nothing is created twice,
//! nothing hangs, and the error says what happened.
//!
//! `weather/skies.rs` is the table of what goes wrong; `weather/matrix.rs` runs everything through each of its rows.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "tests"
)]

mod weather {
    mod acts;
    mod limits;
    mod lists;
    mod matrix;
    mod skies;
    mod traps;
    mod world;
}
