//! Comparison of the descriptions with the official documentation.
//!
//! The documentation is not in this repository. Facts extracted from it are read from the folders that the environment
//! variable `HARVEST_DOCS` leads to, one a version. Without it the comparison is skipped, and says so.

#[path = "documented/auth/mod.rs"]
mod auth;
#[path = "documented/breaks.rs"]
mod breaks;
#[path = "documented/described.rs"]
mod described;
#[path = "documented/exception.rs"]
mod exception;
#[path = "documented/folder.rs"]
mod folder;
#[allow(dead_code, reason = "the contract tests need more of it")]
#[path = "contract/odd.rs"]
mod odd;
#[path = "documented/report.rs"]
mod report;
#[path = "documented/v1/mod.rs"]
mod v1;
#[path = "documented/v3/mod.rs"]
mod v3;
