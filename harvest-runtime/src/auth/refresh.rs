//! Access tokens by refresh tokens, which are rotated in a store.

use std::sync::{Arc, Mutex as SyncMutex, PoisonError};
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::Mutex;
use tokio::time::sleep;

use super::service::{FETCH_PAUSE, Grant, TokenEndpoint, Unissued};
use super::store::same;
use super::{
    AccessToken, Failure, LockedTokenStore, Secret, Secrets, TokenError, TokenFuture, TokenPair,
    TokenSource, TokenStore,
};
use crate::error::token::{Lost, StoreStep};
use crate::limit::Limiter;

/// That of the store, the first one, and one that took the place of either.
const MOST_REFUSED: usize = 3;
/// The waits before a pair is written again that could not be written.
const REWRITE: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(1)];

/// Access tokens by the refresh token in a store, which acts for the user who consented.
///
/// While the store is locked, the token in it is read, noted as sent, sent, and replaced; then its access token is used.
/// So of several processes one rotates, and the others take over what it wrote. What can be lost is only a token whose
/// answer did not come, or whose process ended between the answer and the writing.
pub(crate) struct RefreshTokens {
    endpoint: TokenEndpoint,
    store: Arc<dyn TokenStore>,
    /// The refresh token that a program was set up with. One in the store comes first, because it is newer.
    first: Option<SecretString>,
    memory: Mutex<Memory>,
    /// The refresh token that was read or issued last.
    latest: SyncMutex<Option<SecretString>>,
}

#[derive(Default)]
struct Memory {
    /// The access token that was handed out last: who asks again wants another one.
    handed_out: Option<SecretString>,
    /// A pair that could not be written, and the refresh token that it takes the place of.
    unwritten: Option<(TokenPair, SecretString)>,
    /// The refresh tokens that were refused last. They are not sent again.
    refused: Vec<(SecretString, Lost)>,
}

impl RefreshTokens {
    pub(crate) fn new(
        endpoint: TokenEndpoint,
        store: Arc<dyn TokenStore>,
        first: Option<SecretString>,
    ) -> Self {
        Self {
            endpoint,
            store,
            first,
            memory: Mutex::default(),
            latest: SyncMutex::default(),
        }
    }

    /// The limit of the token service.
    pub(super) fn limiter(&self) -> &Limiter {
        &self.endpoint.limiter
    }

    async fn next(&self) -> Result<AccessToken, TokenError> {
        let mut memory = self.memory.lock().await;
        let mut store = self.store.lock().await.map_err(StoreStep::Lock.failed())?;
        let mut stored = store.read().await.map_err(StoreStep::Read.failed())?;
        if let Some((next, replaced)) = memory.unwritten.take() {
            // Or a later consent was stored meanwhile.
            let is_next = stored
                .as_ref()
                .is_none_or(|stored| same(stored.refresh(), &replaced));
            if is_next {
                write(&mut *store, &mut memory, next.clone(), replaced).await?;
                stored = Some(next);
            }
        }
        if let Some(stored) = &stored {
            self.note(stored.refresh());
        }
        if let Some(stored) = &stored
            && let Some(token) = stored.access_in_place_of(memory.handed_out.as_ref())
        {
            memory.handed_out = Some(token.text.clone());
            return Ok(token);
        }
        let first = self.first.clone().map(TokenPair::of);
        let first = first.filter(|first| {
            let stored = stored.as_ref();
            stored.is_none_or(|stored| !same(stored.refresh(), first.refresh()))
        });
        let mut lost = Lost::Never;
        for pair in [stored, first].into_iter().flatten() {
            lost = match memory.lost(pair.refresh()) {
                Some(lost) => lost,
                None => match self.rotate(&mut *store, &mut memory, &pair).await? {
                    Ok(token) => return Ok(token),
                    Err(lost) => lost,
                },
            };
        }
        Err(Failure::NeedsConsent(lost).into())
    }

    fn note(&self, refresh: &SecretString) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(refresh.clone());
    }

    /// Sends the refresh token of a pair, and stores what comes of it; or says how the token was lost.
    async fn rotate(
        &self,
        store: &mut dyn LockedTokenStore,
        memory: &mut Memory,
        pair: &TokenPair,
    ) -> Result<Result<AccessToken, Lost>, TokenError> {
        // It proves that the store can be written, and records for the next process what happened if this one ends.
        let marked = store.write(&pair.marked(true)).await;
        marked.map_err(StoreStep::Check.failed())?;
        let grant = Grant::RefreshToken(pair.refresh_token());
        let issued = match self.endpoint.issue(grant, FETCH_PAUSE).await {
            Ok(issued) => issued,
            Err(Unissued { error, unanswered }) => {
                let may_be_used_up = pair.may_be_used_up() || unanswered;
                if !may_be_used_up {
                    // What stands there otherwise is a doubt more than there is.
                    let _ = store.write(pair).await;
                }
                if error.code() == Some("invalid_grant") {
                    let lost = if may_be_used_up {
                        Lost::Unanswered
                    } else {
                        Lost::Refused
                    };
                    memory.refuse(pair.refresh(), lost);
                    return Ok(Err(lost));
                }
                return Err(error);
            }
        };
        // A service that does not rotate lets the old one stand.
        let next = issued.refresh.unwrap_or_else(|| pair.refresh().clone());
        self.note(&next);
        let next = TokenPair::issued(next, &issued.access);
        write(store, memory, next, pair.refresh().clone()).await?;
        memory.handed_out = Some(issued.access.text.clone());
        Ok(Ok(issued.access))
    }
}

/// The secret of the client, the refresh token it was set up with, and the latest one.
impl Secrets for RefreshTokens {
    fn is_in_lowercase(&self, text: &str) -> bool {
        let latest = self
            .latest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let tokens = self.first.iter().chain(&latest);
        let mut tokens = tokens.map(|token| Secret::new(token.clone()));
        self.endpoint.is_in_lowercase(text) || tokens.any(|it| it.is_in_lowercase(text))
    }
}

impl Memory {
    fn lost(&self, token: &SecretString) -> Option<Lost> {
        let mut refused = self.refused.iter();
        let found = refused.find(|(refused, _)| same(refused, token));
        found.map(|(_, lost)| *lost)
    }

    fn refuse(&mut self, token: &SecretString, lost: Lost) {
        if self.refused.len() >= MOST_REFUSED {
            self.refused.remove(0);
        }
        self.refused.push((token.clone(), lost));
    }
}

/// Writes the next pair. It is remembered until that is done, even if the writing is broken off.
async fn write(
    store: &mut dyn LockedTokenStore,
    memory: &mut Memory,
    next: TokenPair,
    replaced: SecretString,
) -> Result<(), TokenError> {
    let (next, _) = memory.unwritten.insert((next, replaced));
    let mut waits = REWRITE.into_iter();
    while let Err(error) = store.write(next).await {
        match waits.next() {
            Some(wait) => sleep(wait).await,
            None => return Err(StoreStep::Write.failed()(error)),
        }
    }
    memory.unwritten = None;
    Ok(())
}

impl TokenSource for RefreshTokens {
    /// The acting user is the one who consented, not the one who was asked for: calls for others were not sent.
    fn token(&self, _: Option<i64>) -> TokenFuture<'_> {
        Box::pin(self.next())
    }
}
