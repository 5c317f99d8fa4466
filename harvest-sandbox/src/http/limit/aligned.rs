//! Windows that begin by the clock on the wall.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{Counted, Rule};
use crate::domain::access::Credential;

/// The counts of all credentials in the current window. They are forgotten when the next one begins, so there are never
/// more than there are credentials.
#[derive(Default)]
pub(super) struct Aligned(Mutex<Window>);

#[derive(Default)]
struct Window {
    /// Windows since 1970.
    number: u128,
    used: HashMap<Option<Credential>, u32>,
}

impl Aligned {
    pub(super) fn count(
        &self,
        rule: Rule,
        now: SystemTime,
        credential: Option<Credential>,
        count: bool,
    ) -> Counted {
        let length = rule.window.as_millis().max(1);
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let (number, into) = (now.as_millis() / length, now.as_millis() % length);
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if window.number != number {
            window.number = number;
            window.used.clear();
        }
        let before = window.used.get(&credential).copied().unwrap_or_default();
        let mut after = before;
        if count {
            after = before.saturating_add(1).min(rule.requests);
            window.used.insert(credential, after);
        }
        let left = u64::try_from(length - into).unwrap_or(u64::MAX);
        Counted {
            before,
            after,
            left: Duration::from_millis(left),
        }
    }
}
