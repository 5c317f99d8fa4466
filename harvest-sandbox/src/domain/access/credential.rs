//! Credentials, by which requests are admitted.

/// The credential that a request came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Credential {
    /// An API key.
    Key(i64),
    /// An integration, by one of its tokens or by its secret.
    Integration(i64),
}
