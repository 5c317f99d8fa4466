//! The faults of a running sandbox.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Fault, FaultError};

/// The most faults at once: each request is held against all of them.
const MOST: usize = 1_000;

/// The faults of a running sandbox: [`Sandbox::faults`](crate::Sandbox::faults). Clones are the same set.
#[derive(Clone)]
pub struct Faults(Arc<Inner>);

struct Inner {
    /// The ids there are.
    operations: Vec<String>,
    armed: Mutex<Vec<Armed>>,
}

struct Armed {
    fault: Fault,
    /// How many requests it was meant for so far.
    seen: u64,
}

impl Faults {
    pub(crate) fn new(operations: Vec<String>) -> Self {
        Self(Arc::new(Inner {
            operations,
            armed: Mutex::default(),
        }))
    }

    fn armed(&self) -> MutexGuard<'_, Vec<Armed>> {
        // Nothing panics while it is held.
        self.0.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a fault to those there are. It counts requests from now on.
    ///
    /// # Errors
    ///
    /// If it could never happen, as on an operation that is not there; if its numbers are too large; and if there are
    /// 1,000 faults already.
    pub fn add(&self, fault: Fault) -> Result<(), FaultError> {
        fault.check(&self.0.operations)?;
        let mut armed = self.armed();
        if armed.len() >= MOST {
            return Err(FaultError::TooMany { limit: MOST });
        }
        armed.push(Armed { fault, seen: 0 });
        Ok(())
    }

    /// Takes all of them away. Requests that were hit stay hit.
    pub fn clear(&self) {
        self.armed().clear();
    }

    /// Replaces all faults by these, which were validated before.
    pub(crate) fn replace(&self, faults: &[Fault]) {
        let fresh = faults.iter().map(|fault| Armed {
            fault: fault.clone(),
            seen: 0,
        });
        *self.armed() = fresh.collect();
    }

    /// Those there are, in the order in which they were added.
    pub fn all(&self) -> Vec<Fault> {
        let armed = self.armed();
        armed.iter().map(|armed| armed.fault.clone()).collect()
    }

    /// The faults that hit a request. Each fault that it is for counts it, whether or not another one hits it.
    pub(crate) fn strike(&self, operation: Option<&str>) -> Vec<Fault> {
        let mut armed = self.armed();
        let mut faults = Vec::new();
        for armed in armed.iter_mut().filter(|a| a.fault.is_for(operation)) {
            armed.seen = armed.seen.saturating_add(1);
            if armed.fault.which.hits(armed.seen) {
                faults.push(armed.fault.clone());
            }
        }
        faults
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.all()).finish()
    }
}
