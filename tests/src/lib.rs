//! Tests of the whole: see `tests/`. The documents of the repository are here, so that their Rust compiles.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

#[cfg(doctest)]
#[doc = include_str!("../../ARCHITECTURE.md")]
mod architecture {}

#[cfg(doctest)]
#[doc = include_str!("../../CONTRIBUTING.md")]
mod contributing {}

#[cfg(doctest)]
#[doc = include_str!("../../harvest-spec/README.md")]
mod description {}

#[cfg(doctest)]
#[doc = include_str!("../../docs/sandbox.md")]
mod sandbox {}
