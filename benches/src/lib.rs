//! Costs of the client: time and memory of whole processes, compared with the budgets of the project.
//!
//! `cargo run --release -p harvest-benches -- all` measures and says what holds, `-- export` the same of exports. `cargo
//! bench -p harvest-benches --features in-process` has the figures of single steps.
//!
//! | where | what |
//! | --- | --- |
//! | [`record`] | candidates in structs written by hand, as in a program without a client |
//! | [`people`] | candidates that were made up, of one length |
//! | [`v3`] | the same of v3 |
//! | [`service`] | a server that does no work for a page |
//! | [`programs`] | what is measured: the client, exports, and a bare loop beside them |
//! | [`process`] | how a process is measured |
//! | [`cases`] | what is promised, and the runs that show it |
//! | [`report`] | the table |

pub mod cases;
pub mod people;
pub mod process;
pub mod programs;
pub mod record;
pub mod report;
pub mod service;
pub mod v3;
