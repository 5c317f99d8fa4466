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

/// A client without an acting user: a change does not compile.
///
/// ```
/// # use harvest_generated::v1::{Client, types::UserId};
/// # async fn run(client: Client) -> Result<(), harvest_generated::runtime::Error> {
/// client.delete_candidate(7).on_behalf_of(UserId(1049756)).send().await?;
/// # Ok(())
/// # }
/// ```
///
/// ```compile_fail,E0277
/// # use harvest_generated::v1::Client;
/// # async fn run(client: Client) -> Result<(), harvest_generated::runtime::Error> {
/// client.delete_candidate(7).send().await?;
/// # Ok(())
/// # }
/// ```
pub mod unsendable {}
