//! Stores of refresh tokens, which outlive the process.

mod file;
mod pair;

use std::error::Error as StdError;

pub use self::file::FileTokenStore;
pub use self::pair::TokenPair;
pub(super) use self::pair::same;
use futures_core::future::BoxFuture;

/// The outcome of a step of a store. Its error becomes the [source](StdError::source) of a
/// [`TokenError`](crate::TokenError), so it should name no token.
pub type StoreFuture<'a, T> = BoxFuture<'a, Result<T, Box<dyn StdError + Send + Sync>>>;

/// A store of the token pair of one consent: a program that keeps it elsewhere than in a [file](FileTokenStore)
/// implements it.
///
/// A refresh token is valid once: the answer to it holds the next one. So the store is locked while tokens are rotated,
/// and the new pair is written before its access token is used. Who comes second takes over what the first has written.
///
/// ```
/// use std::sync::Arc;
///
/// use harvest_runtime::{LockedTokenStore, StoreFuture, TokenPair, TokenStore};
/// use tokio::sync::{Mutex, OwnedMutexGuard};
///
/// /// Tokens that end with the process: for a test.
/// #[derive(Default)]
/// struct InMemory(Arc<Mutex<Option<String>>>);
///
/// impl TokenStore for InMemory {
///     fn lock(&self) -> StoreFuture<'_, Box<dyn LockedTokenStore>> {
///         Box::pin(async {
///             let locked = Arc::clone(&self.0).lock_owned().await;
///             Ok(Box::new(Locked(locked)) as Box<dyn LockedTokenStore>)
///         })
///     }
/// }
///
/// struct Locked(OwnedMutexGuard<Option<String>>);
///
/// impl LockedTokenStore for Locked {
///     fn read(&mut self) -> StoreFuture<'_, Option<TokenPair>> {
///         Box::pin(async { Ok(self.0.as_deref().map(TokenPair::from_json).transpose()?) })
///     }
///
///     fn write<'a>(&'a mut self, pair: &'a TokenPair) -> StoreFuture<'a, ()> {
///         Box::pin(async {
///             *self.0 = Some(pair.to_json());
///             Ok(())
///         })
///     }
/// }
/// ```
pub trait TokenStore: Send + Sync {
    /// Waits until no other task, and no other process, holds the lock, and takes it. An implementation has to give up at
    /// some time, since another process may have stopped; a lock that ends with its process, as those of files and
    /// databases do, needs no attention after a crash.
    fn lock(&self) -> StoreFuture<'_, Box<dyn LockedTokenStore>>;
}

/// A store while its lock is held, which ends when this is dropped.
pub trait LockedTokenStore: Send {
    /// The pair as it was written last. `None` before the first.
    fn read(&mut self) -> StoreFuture<'_, Option<TokenPair>>;

    /// Replaces the pair. When it is done, the pair has to survive a crash of the machine: the one before may be valid no
    /// more.
    fn write<'a>(&'a mut self, pair: &'a TokenPair) -> StoreFuture<'a, ()>;
}
