//! Sources of access tokens.

use super::{AccessToken, TokenError};
use futures_core::future::BoxFuture;

/// A token, or the reason for which there is none.
pub type TokenFuture<'a> = BoxFuture<'a, Result<AccessToken, TokenError>>;

/// A source of access tokens: a program that keeps its tokens elsewhere implements it, and passes it to
/// [`ClientBuilder::token_source`](crate::ClientBuilder::token_source).
///
/// It is asked once for all calls that need a token for the same acting user at the same time; again a minute before the
/// token ends; and once after the API refused the token (401). It has two minutes for an answer.
///
/// ```
/// use harvest_runtime::{AccessToken, TokenError, TokenFuture, TokenSource};
///
/// struct Vault;
///
/// impl TokenSource for Vault {
///     fn token(&self, acting_user: Option<i64>) -> TokenFuture<'_> {
///         Box::pin(async move {
///             let name = format!("harvest-{}", acting_user.unwrap_or_default());
///             std::fs::read_to_string(name)
///                 .map(|token| AccessToken::new(token.trim()))
///                 .map_err(TokenError::new)
///         })
///     }
/// }
/// ```
pub trait TokenSource: Send + Sync {
    /// A token that acts for the user, or for the integration itself where there is none.
    fn token(&self, acting_user: Option<i64>) -> TokenFuture<'_>;
}
