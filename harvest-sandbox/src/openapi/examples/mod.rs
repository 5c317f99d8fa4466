//! The examples mode: operations answered from the examples of the document, with no records behind them.
//!
//! One key is let in, users are only ids, and a list is its example, repeated to the length that a test needs. A sandbox with
//! records answers so where an operation has no handler, and where a client asks for an example with `Prefer`. Nothing but
//! the pipeline and the builder knows of this mode.

mod answer;
mod dataset;
mod key;
mod prefer;
pub(crate) mod tokens;
mod users;

pub(crate) use answer::{Checked, Examples};
pub(crate) use key::hex;
pub(crate) use prefer::Prefer;
pub(crate) use tokens::Tokens;
pub(crate) use users::{Users, list};
