//! Windows that begin with a request.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::{Counted, Rule};

/// The window for all credentials. It begins with the first request after the last one ended.
#[derive(Default)]
pub(super) struct SinceFirst(Mutex<Window>);

#[derive(Clone, Copy, Default)]
struct Window {
    /// `None` before the first request.
    began: Option<Instant>,
    used: u32,
}

impl SinceFirst {
    pub(super) fn count(&self, rule: Rule, now: Instant, count: bool) -> Counted {
        // A thread that panicked can't have left a window half written.
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left = window
            .began
            .and_then(|began| {
                rule.window
                    .checked_sub(now.saturating_duration_since(began))
            })
            .unwrap_or_default();
        if left.is_zero() {
            *window = Window::default();
            left = rule.window;
        }
        let before = window.used;
        if count {
            window.began.get_or_insert(now);
            window.used = before.saturating_add(1).min(rule.requests);
        }
        Counted {
            before,
            after: window.used,
            left,
        }
    }
}
