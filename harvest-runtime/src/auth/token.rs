//! Access tokens.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use tokio::time::Instant;

use super::{Authorization, Failure, Scheme, Secret, TokenError};

/// The lifetime of a token of which nothing is said. A token that ends earlier is renewed when it is refused.
const UNSTATED: Duration = Duration::from_secs(10 * 60);
/// A token is used for at least so long, even if it seems to have ended before it came: clocks may differ, and it is
/// renewed once it is refused.
const SHORTEST: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// A token is renewed so long before its end, or a tenth of its lifetime if that is shorter.
const MARGIN: Duration = Duration::from_secs(60);

/// An access token that a [`TokenSource`](super::TokenSource) hands out.
///
/// ```
/// use std::time::Duration;
/// use harvest_runtime::AccessToken;
///
/// let token = AccessToken::new("made-up-token").expires_in(Duration::from_secs(3600));
/// assert_eq!(format!("{token:?}"), "AccessToken { .. }");
/// ```
pub struct AccessToken {
    pub(super) text: SecretString,
    pub(super) lifetime: Option<Duration>,
}

impl AccessToken {
    /// A token of which it is not known when it ends: another one is asked for after ten minutes, or when it is refused.
    pub fn new(token: impl Into<String>) -> Self {
        Self {
            text: token.into().into(),
            lifetime: None,
        }
    }

    /// The time that is left of it. Another one is asked for a minute before its end.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    /// Its end, by the clock of this machine.
    #[must_use]
    pub fn expires_at(self, end: DateTime<Utc>) -> Self {
        let left = (end - Utc::now()).to_std().unwrap_or(Duration::ZERO);
        self.expires_in(left)
    }
}

/// Prints nothing of it.
impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken").finish_non_exhaustive()
    }
}

/// A token in use.
#[derive(Clone)]
pub(super) struct Token {
    authorization: Authorization,
    renew_at: Instant,
    ends_at: Instant,
}

impl Token {
    /// `asked_at` is when it was asked for: its lifetime began later.
    pub(super) fn of(token: AccessToken, asked_at: Instant) -> Result<Self, TokenError> {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let secret = Secret::of_service(token.text).map_err(Failure::Unusable)?;
        let lifetime = token.lifetime.unwrap_or(UNSTATED).clamp(SHORTEST, LONGEST);
        let authorization = Authorization {
            scheme: Scheme::Bearer,
            secret: Arc::new(secret),
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
        };
        Ok(Self {
            authorization,
            renew_at: asked_at + lifetime.saturating_sub(MARGIN.min(lifetime / 10)),
            ends_at: asked_at + lifetime,
        })
    }

    /// Whether it is the one that a request had.
    pub(super) fn is(&self, authorization: &Authorization) -> bool {
        self.authorization.number == authorization.number
    }

    /// Its authorization, unless it is to be renewed.
    pub(super) fn fresh(&self) -> Option<Authorization> {
        (Instant::now() < self.renew_at).then(|| self.authorization.clone())
    }

    /// Its authorization, unless it has ended.
    pub(super) fn valid(&self) -> Option<Authorization> {
        (Instant::now() < self.ends_at).then(|| self.authorization.clone())
    }

    pub(super) fn authorization(&self) -> &Authorization {
        &self.authorization
    }
}
