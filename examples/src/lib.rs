//! Connections for the programs in the folders beside this one: see `README.md`.
//!
//! A program of your own needs none of this: `Client::from_env()?` of a version is its connection.

pub mod v1;
