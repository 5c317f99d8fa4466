//! Who is looking at the pages.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::access::fresh;
use crate::refusal::Outcome;

/// How long a session lasts without being used.
const IDLE: Duration = Duration::from_secs(12 * 60 * 60);
/// More are not kept at once: the one that was idle for longest has to go.
const MOST: usize = 1_000;

/// The sessions. They are kept in memory, so that they end with the sandbox.
#[derive(Default)]
pub(super) struct Sessions(Mutex<HashMap<String, Session>>);

struct Session {
    visitor: Visitor,
    last_seen: Instant,
    /// What is to be said on the next page.
    notice: Option<String>,
    /// A key that was made and not shown yet, with its id.
    new_key: Option<(i64, String)>,
}

/// Someone with a session.
#[derive(Clone)]
pub(super) struct Visitor {
    /// What the cookie holds.
    pub(super) token: String,
    /// What each form has to hold.
    pub(super) csrf: String,
    /// As whom they are signed in, if they are.
    pub(super) user_id: Option<i64>,
}

impl Sessions {
    /// Begins a session.
    pub(super) fn begin(&self, user_id: Option<i64>, now: Instant) -> Outcome<Visitor> {
        let visitor = Visitor {
            token: fresh()?,
            csrf: fresh()?,
            user_id,
        };
        let mut sessions = self.all();
        if sessions.len() >= MOST {
            let idlest = sessions.iter().min_by_key(|(_, session)| session.last_seen);
            if let Some(token) = idlest.map(|(token, _)| token.clone()) {
                sessions.remove(&token);
            }
        }
        let session = Session {
            visitor: visitor.clone(),
            last_seen: now,
            notice: None,
            new_key: None,
        };
        sessions.insert(visitor.token.clone(), session);
        Ok(visitor)
    }

    /// Who has this token, unless their session has ended.
    pub(super) fn find(&self, token: &str, now: Instant) -> Option<Visitor> {
        let mut sessions = self.all();
        let session = sessions.get_mut(token)?;
        if now.saturating_duration_since(session.last_seen) >= IDLE {
            sessions.remove(token);
            return None;
        }
        session.last_seen = now;
        Some(session.visitor.clone())
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

    /// Keeps a key that was just made until it is shown.
    pub(super) fn keep_key(&self, token: &str, id: i64, key: String) {
        if let Some(session) = self.all().get_mut(token) {
            session.new_key = Some((id, key));
        }
    }

    /// The key with this id, the first time that it is asked for.
    pub(super) fn take_key(&self, token: &str, id: i64) -> Option<String> {
        let mut sessions = self.all();
        let new_key = &mut sessions.get_mut(token)?.new_key;
        new_key.take_if(|(of, _)| *of == id).map(|(_, key)| key)
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_end() {
        let sessions = Sessions::default();
        let start = Instant::now();
        let visitor = sessions.begin(Some(7), start).unwrap();
        let later = start + IDLE / 2;
        assert_eq!(
            sessions.find(&visitor.token, later).unwrap().user_id,
            Some(7)
        );
        // Being used keeps it alive.
        assert!(sessions.find(&visitor.token, start + IDLE).is_some());
        assert!(sessions.find(&visitor.token, start + 3 * IDLE).is_none());
        assert!(sessions.find(&visitor.token, start).is_none());
        assert!(sessions.find("", start).is_none());
        let visitor = sessions.begin(None, start).unwrap();
        sessions.end(&visitor.token);
        assert!(sessions.find(&visitor.token, start).is_none());
    }

    #[test]
    fn there_are_never_too_many() {
        let sessions = Sessions::default();
        let start = Instant::now();
        let first = sessions.begin(None, start).unwrap();
        let second = sessions.begin(None, start + IDLE / 2).unwrap();
        for _ in 1..MOST {
            sessions.begin(None, start + IDLE / 2).unwrap();
        }
        assert_eq!(sessions.all().len(), MOST);
        assert!(sessions.find(&first.token, start).is_none());
        assert!(sessions.find(&second.token, start).is_some());
    }

    #[test]
    fn notices_and_keys_are_shown_once() {
        let sessions = Sessions::default();
        let token = sessions.begin(None, Instant::now()).unwrap().token;
        sessions.notify(&token, "Saved");
        assert_eq!(sessions.take_notice(&token).as_deref(), Some("Saved"));
        assert_eq!(sessions.take_notice(&token), None);
        sessions.keep_key(&token, 3, "k".to_owned());
        assert_eq!(sessions.take_key(&token, 4), None);
        assert_eq!(sessions.take_key(&token, 3).as_deref(), Some("k"));
        assert_eq!(sessions.take_key(&token, 3), None);
    }
}
