//! Visitors of the pages, and the sessions of those who signed in.
//!
//! Only signing in keeps something. A visitor who did not has a cookie that means nothing to anyone else, so that visits
//! without one, however many, push no session out.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::access::{Credential, fresh};
use crate::http::refusal::Outcome;

/// The thing that a secret belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    Credential(Credential),
    Webhook(i64),
}

impl From<Credential> for Holder {
    fn from(credential: Credential) -> Self {
        Self::Credential(credential)
    }
}

/// How long a session lasts without being used.
const IDLE: Duration = Duration::from_secs(12 * 60 * 60);
/// More are not kept at once: the one that was idle for longest has to go.
const MOST: usize = 1_000;

/// The sessions. They are kept in memory, so that they end with the sandbox.
#[derive(Default)]
pub(super) struct Sessions(Mutex<HashMap<String, Session>>);

struct Session {
    user_id: i64,
    last_seen: Instant,
    /// What is to be said on the next page.
    notice: Option<String>,
    /// A key or a client secret that was made and not shown yet.
    new_secret: Option<(Holder, String)>,
    /// The user as whom the organization is looked at, if not as oneself.
    view_as: Option<i64>,
}

/// Someone who looks at the pages.
#[derive(Clone, Debug)]
pub(super) struct Visitor {
    /// What the cookie holds.
    pub(super) token: String,
    /// As whom they are signed in, if they are.
    pub(super) user_id: Option<i64>,
    /// Whether the browser does not have the cookie yet.
    pub(super) is_new: bool,
}

impl Sessions {
    /// The visitor with this cookie, if it is one.
    pub(super) fn visitor(&self, cookie: Option<&str>, now: Instant) -> Outcome<Visitor> {
        match cookie.filter(|cookie| is_token(cookie)) {
            Some(token) => Ok(Visitor {
                user_id: self.find(token, now),
                token: token.to_owned(),
                is_new: false,
            }),
            None => Ok(Visitor {
                token: fresh()?,
                user_id: None,
                is_new: true,
            }),
        }
    }

    /// Begins a session with a token of its own.
    pub(super) fn begin(&self, user_id: i64, now: Instant) -> Outcome<Visitor> {
        let token = fresh()?;
        self.keep(&token, user_id, now);
        Ok(Visitor {
            token,
            user_id: Some(user_id),
            is_new: true,
        })
    }

    /// Keeps a session for a token, unless there is one.
    pub(super) fn keep(&self, token: &str, user_id: i64, now: Instant) {
        let mut sessions = self.all();
        if sessions.contains_key(token) {
            return;
        }
        if sessions.len() >= MOST {
            let idlest = sessions.iter().min_by_key(|(_, session)| session.last_seen);
            if let Some(token) = idlest.map(|(token, _)| token.clone()) {
                sessions.remove(&token);
            }
        }
        let session = Session {
            user_id,
            last_seen: now,
            notice: None,
            new_secret: None,
            view_as: None,
        };
        sessions.insert(token.to_owned(), session);
    }

    /// As whom the visitor with this token is signed in, unless the session has ended.
    fn find(&self, token: &str, now: Instant) -> Option<i64> {
        let mut sessions = self.all();
        let session = sessions.get_mut(token)?;
        if now.saturating_duration_since(session.last_seen) >= IDLE {
            sessions.remove(token);
            return None;
        }
        session.last_seen = now;
        Some(session.user_id)
    }

    pub(super) fn end(&self, token: &str) {
        self.all().remove(token);
    }

    /// Says something on the next page.
    pub(super) fn notify(&self, token: &str, notice: impl Into<String>) {
        if let Some(session) = self.all().get_mut(token) {
            session.notice = Some(notice.into());
        }
    }

    pub(super) fn take_notice(&self, token: &str) -> Option<String> {
        self.all().get_mut(token)?.notice.take()
    }

    /// Says as whom the organization is looked at.
    pub(super) fn set_view_as(&self, token: &str, user_id: Option<i64>) {
        if let Some(session) = self.all().get_mut(token) {
            session.view_as = user_id;
        }
    }

    pub(super) fn view_as(&self, token: &str) -> Option<i64> {
        self.all().get(token)?.view_as
    }

    /// Keeps the secret of something that was just made until it is shown.
    pub(super) fn keep_secret(&self, token: &str, of: impl Into<Holder>, secret: String) {
        if let Some(session) = self.all().get_mut(token) {
            session.new_secret = Some((of.into(), secret));
        }
    }

    /// The secret of it, the first time that it is asked for.
    pub(super) fn take_secret(&self, token: &str, holder: impl Into<Holder>) -> Option<String> {
        let holder = holder.into();
        let mut sessions = self.all();
        let new_secret = &mut sessions.get_mut(token)?.new_secret;
        let found = new_secret.take_if(|(of, _)| *of == holder);
        found.map(|(_, secret)| secret)
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a text can be one that was handed out.
fn is_token(text: &str) -> bool {
    text.len() == 40
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_end() {
        let sessions = Sessions::default();
        let start = Instant::now();
        let token = sessions.begin(7, start).unwrap().token;
        let later = start + IDLE / 2;
        assert_eq!(sessions.find(&token, later), Some(7));
        // Being used keeps it alive.
        assert_eq!(sessions.find(&token, start + IDLE), Some(7));
        assert_eq!(sessions.find(&token, start + 3 * IDLE), None);
        assert_eq!(sessions.find(&token, start), None);
        assert_eq!(sessions.find("", start), None);
        let token = sessions.begin(7, start).unwrap().token;
        sessions.end(&token);
        assert_eq!(sessions.find(&token, start), None);
    }

    #[test]
    fn there_are_never_too_many() {
        let sessions = Sessions::default();
        let start = Instant::now();
        let first = sessions.begin(7, start).unwrap().token;
        let second = sessions.begin(7, start + IDLE / 2).unwrap().token;
        for _ in 1..MOST {
            sessions.begin(7, start + IDLE / 2).unwrap();
        }
        assert_eq!(sessions.all().len(), MOST);
        assert_eq!(sessions.find(&first, start), None);
        assert_eq!(sessions.find(&second, start), Some(7));
    }

    #[test]
    fn visits_keep_nothing() {
        let sessions = Sessions::default();
        let now = Instant::now();
        let visitor = sessions.visitor(None, now).unwrap();
        assert!(visitor.is_new && visitor.user_id.is_none() && is_token(&visitor.token));
        // The cookie is good for another visit.
        let again = sessions.visitor(Some(&visitor.token), now).unwrap();
        assert!(!again.is_new && again.token == visitor.token);
        for odd in ["", "x", &"0".repeat(41), &"G".repeat(40), &"é".repeat(20)] {
            let visitor = sessions.visitor(Some(odd), now).unwrap();
            assert!(visitor.is_new && visitor.token != odd, "{odd}");
        }
        sessions.notify(&visitor.token, "Lost");
        sessions.keep_secret(&visitor.token, Credential::Key(3), "lost".to_owned());
        assert!(sessions.all().is_empty());
    }

    #[test]
    fn notices_and_keys_are_shown_once() {
        let sessions = Sessions::default();
        let token = sessions.begin(7, Instant::now()).unwrap().token;
        sessions.notify(&token, "Saved");
        sessions.keep(&token, 8, Instant::now());
        assert_eq!(sessions.take_notice(&token).as_deref(), Some("Saved"));
        assert_eq!(sessions.take_notice(&token), None);
        sessions.keep_secret(&token, Credential::Key(3), "k".to_owned());
        assert_eq!(
            sessions.take_secret(&token, Credential::Integration(3)),
            None
        );
        assert_eq!(sessions.take_secret(&token, Credential::Key(4)), None);
        assert_eq!(
            sessions.take_secret(&token, Credential::Key(3)).as_deref(),
            Some("k")
        );
        assert_eq!(sessions.take_secret(&token, Credential::Key(3)), None);
    }
}
