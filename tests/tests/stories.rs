//! Three long stories, told through the client to a sandbox: a hire from requisition to accepted offer, a candidate who
//! is rejected and revived, and an employee who leaves and whose permissions go.
//!
//! After each step everything is read again, in every way in which it can be read (`stories/books.rs`), and what has
//! changed since the step before has to be what the story says: nothing less, and nothing more.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "tests"
)]

mod stories {
    mod agree;
    mod books;
    mod catalogue;
    mod changes;
    mod coverage;
    mod departure;
    mod hire;
    mod read;
    mod revival;
    mod story;
    mod used;
    mod verbs;
}
