//! The two tokens of a consent.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::auth::{AccessToken, Failure, TokenError};
use crate::retry_after::end_of;
use crate::secret::Secret;

/// An access token that is read from a store is used if it has so much time left.
const WORTH_USING: TimeDelta = TimeDelta::seconds(10);

/// The latest end that is written: later ones have years that RFC 3339 cannot write.
const LATEST: DateTime<Utc> = DateTime::from_timestamp(253_402_300_799, 0).expect("a time");

/// A refresh token, and the access token that came along with it. An access token that a header cannot hold is left out, so
/// that another one is asked for.
///
/// The texts are wiped from memory when it is dropped, and it prints neither.
///
/// ```
/// use harvest_runtime::TokenPair;
///
/// let pair = TokenPair::new("made-up-refresh-token");
/// assert_eq!(format!("{pair:?}"), "TokenPair { .. }");
/// let text = pair.to_json();
/// assert_eq!(TokenPair::from_json(&text)?.refresh_token(), "made-up-refresh-token");
/// # Ok::<(), harvest_runtime::TokenError>(())
/// ```
#[derive(Clone)]
pub struct TokenPair {
    refresh: SecretString,
    access: Option<SecretString>,
    /// The end of the access token, by the clock of this machine.
    ends_at: Option<DateTime<Utc>>,
    /// The refresh token was about to be sent, so it may be used up.
    sent: bool,
}

/// The form in which a pair is stored. What a later version adds is ignored.
#[derive(Deserialize, Serialize)]
struct Stored {
    refresh_token: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    access_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    access_token_expires_at: Option<String>,
    /// The refresh token was about to be sent.
    #[serde(default)]
    sent: bool,
}

impl TokenPair {
    /// A refresh token whose access token is not known.
    pub fn new(refresh_token: impl Into<String>) -> Self {
        Self::of(refresh_token.into().into())
    }

    pub(in crate::auth) fn of(refresh: SecretString) -> Self {
        Self {
            refresh,
            access: None,
            ends_at: None,
            sent: false,
        }
    }

    pub(in crate::auth) fn issued(refresh: SecretString, access: &AccessToken) -> Self {
        let ends_at = access.lifetime;
        let ends_at = ends_at.map(|lifetime| end_of(Utc::now(), lifetime).min(LATEST));
        Self {
            refresh,
            access: Some(access.text.clone()).filter(can_be_sent),
            ends_at,
            sent: false,
        }
    }

    /// The refresh token, for a store that keeps it in a form of its own. **It opens what the user consented to.**
    pub fn refresh_token(&self) -> &str {
        self.refresh.expose_secret()
    }

    /// The pair as a line of JSON. **It opens what the user consented to:** write it where no other user can read it.
    pub fn to_json(&self) -> String {
        let stored = Stored {
            refresh_token: self.refresh.expose_secret().to_owned(),
            access_token: self
                .access
                .as_ref()
                .map(|text| text.expose_secret().to_owned()),
            access_token_expires_at: self.ends_at.map(|end| end.to_rfc3339()),
            sent: self.sent,
        };
        // Texts and times have no reason to fail.
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    ///
    /// If it is something else, and has no refresh token. The error repeats nothing of it. An end that cannot be read is no
    /// reason: then the access token is left out.
    pub fn from_json(text: &str) -> Result<Self, TokenError> {
        let stored: Option<Stored> = serde_json::from_str(text).ok();
        let stored = stored.filter(|stored| !stored.refresh_token.is_empty());
        let stored = stored.ok_or(Failure::Unreadable)?;
        let end = stored.access_token_expires_at.as_deref();
        let end = end.map(DateTime::parse_from_rfc3339).transpose();
        // With an end that cannot be read, the refresh token is as good as it was: another access token is asked for.
        let (access, end) = match end {
            Ok(end) => (stored.access_token, end),
            Err(_) => (None, None),
        };
        Ok(Self {
            refresh: stored.refresh_token.into(),
            access: access.map(SecretString::from).filter(can_be_sent),
            ends_at: end.map(|end| end.to_utc().min(LATEST)),
            sent: stored.sent,
        })
    }

    /// The same pair, and whether its refresh token may be used up.
    pub(in crate::auth) fn marked(&self, sent: bool) -> Self {
        Self {
            sent,
            ..self.clone()
        }
    }

    /// Whether its refresh token may be used up: it was about to be sent, and what came of it was not stored.
    pub(in crate::auth) fn may_be_used_up(&self) -> bool {
        self.sent
    }

    pub(in crate::auth) fn refresh(&self) -> &SecretString {
        &self.refresh
    }

    /// Its access token, if it is worth using and not the one that is to be replaced.
    pub(in crate::auth) fn access_in_place_of(
        &self,
        replaced: Option<&SecretString>,
    ) -> Option<AccessToken> {
        let text = self.access.as_ref()?;
        if replaced.is_some_and(|replaced| same(replaced, text)) {
            return None;
        }
        let mut token = AccessToken::new(text.expose_secret());
        if let Some(end) = self.ends_at {
            let left = end - Utc::now();
            if left <= WORTH_USING {
                return None;
            }
            token.lifetime = Some(left.to_std().unwrap_or(Duration::ZERO));
        }
        Some(token)
    }
}

fn can_be_sent(access: &SecretString) -> bool {
    Secret::of_service(access.clone()).is_ok()
}

/// Both are of this program's own store, so that comparing them reveals nothing.
pub(in crate::auth) fn same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}

/// Prints nothing of it.
impl fmt::Debug for TokenPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenPair").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn pair(lifetime: Option<Duration>) -> TokenPair {
        let mut access = AccessToken::new("made-up-access");
        access.lifetime = lifetime;
        TokenPair::issued("made-up-refresh".to_owned().into(), &access)
    }

    #[test]
    fn a_pair_is_read_as_it_was_written() {
        let text = pair(Some(MINUTE)).marked(true).to_json();
        let read = TokenPair::from_json(&text).map_err(drop).unwrap();
        assert_eq!(read.to_json(), text);
        assert!(read.may_be_used_up());
        assert!(!format!("{read:?}").contains("made-up"));
        for other in ["", "null", "{}", "[]", r#"{"refresh_token":""}"#, "made-up"] {
            let error = TokenPair::from_json(other).unwrap_err();
            assert!(!error.to_string().contains("made-up"), "{error}");
        }
    }

    #[test]
    fn whatever_was_issued_is_read_again() {
        for seconds in [0, 3600, 300_000_000_000, u64::MAX / 1_000, u64::MAX] {
            let text = pair(Some(Duration::from_secs(seconds))).to_json();
            let read = TokenPair::from_json(&text).map_err(drop).unwrap();
            assert_eq!(read.to_json(), text, "{seconds}");
        }
        let far = r#"{"refresh_token":"r","access_token":"a",
            "access_token_expires_at":"+33715-08-27T05:08:12+00:00"}"#;
        let read = TokenPair::from_json(far).map_err(drop).unwrap();
        assert!(read.access_in_place_of(None).is_none());
        assert_eq!(read.refresh_token(), "r");
    }

    #[test]
    fn a_token_that_cannot_be_sent_is_not_kept() {
        let long = "a".repeat(60_000);
        for text in ["a\nb", "t\u{f6}k", " x", "", &long] {
            let access = AccessToken::new(text);
            let pair = TokenPair::issued("made-up-refresh".to_owned().into(), &access);
            assert!(pair.access_in_place_of(None).is_none(), "{text:?}");
            let stored = serde_json::json!({"refresh_token": "r", "access_token": text});
            let read = TokenPair::from_json(&stored.to_string()).map_err(drop);
            assert!(read.unwrap().access_in_place_of(None).is_none(), "{text:?}");
        }
    }

    #[test]
    fn an_access_token_is_taken_over_while_it_is_good() {
        let other = SecretString::from("another".to_owned());
        let own = SecretString::from("made-up-access".to_owned());
        for (lifetime, replaced, taken) in [
            (Some(MINUTE), None, true),
            (Some(MINUTE), Some(&other), true),
            (Some(MINUTE), Some(&own), false),
            (Some(Duration::from_secs(5)), None, false),
            (Some(Duration::ZERO), None, false),
            (Some(Duration::MAX), None, true),
            (None, None, true),
        ] {
            let access = pair(lifetime).access_in_place_of(replaced);
            assert_eq!(access.is_some(), taken, "{lifetime:?}");
        }
        assert!(TokenPair::new("r").access_in_place_of(None).is_none());
    }
}
