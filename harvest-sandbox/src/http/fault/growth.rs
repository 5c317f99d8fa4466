//! Lists that grow while they are read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::effect::MOST_ROWS;

/// How many records were put at the front of each list since the sandbox was started, by the id of the operation that
/// lists them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Growth(Arc<Mutex<HashMap<String, usize>>>);

impl Growth {
    fn lists(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts so many records at the front, up to the most that a list takes.
    pub(crate) fn add(&self, list: &str, rows: usize) {
        let mut lists = self.lists();
        let grown = lists.entry(list.to_owned()).or_default();
        *grown = grown.saturating_add(rows).min(MOST_ROWS);
    }

    /// Lists are as long again as they were at the start.
    pub(crate) fn clear(&self) {
        self.lists().clear();
    }

    pub(crate) fn of(&self, list: &str) -> usize {
        self.lists().get(list).copied().unwrap_or_default()
    }
}
