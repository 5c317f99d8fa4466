//! The commands of the maintainers, as functions, so that they can be tested.

pub mod bench;
pub mod clients;
pub mod conformance;
pub mod diff;
pub mod foreign_clients;
pub mod fuzz;
pub mod migrating;
pub mod new_operation;
pub mod package;
pub mod regen;
pub mod static_programs;
pub mod tables;
pub mod workspace;
