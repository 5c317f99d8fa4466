//! Copies of all records, to go back to.

use super::{Control, ControlError};
use crate::store::is_snapshot_name;

/// The most snapshots.
const MOST: usize = 100;

impl Control {
    pub(crate) fn snapshot(&self, name: &str) -> Result<(), ControlError> {
        let state = self.state()?;
        if !is_snapshot_name(name) {
            return Err(ControlError::SnapshotName {
                name: name.to_owned(),
            });
        }
        // Each is as long as all records, and in memory if they are.
        let kept = state.store.snapshots()?;
        if kept.len() >= MOST && !kept.iter().any(|kept| kept == name) {
            return Err(ControlError::TooManySnapshots { limit: MOST });
        }
        Ok(state.store.take_snapshot(name)?)
    }

    pub(crate) fn restore(&self, name: &str) -> Result<(), ControlError> {
        let state = self.state()?;
        let found = is_snapshot_name(name) && state.store.restore_snapshot(name)?;
        self.webhooks.wake();
        found.then_some(()).ok_or_else(|| unknown(name))
    }

    pub(crate) fn forget_snapshot(&self, name: &str) -> Result<(), ControlError> {
        let state = self.state()?;
        let found = is_snapshot_name(name) && state.store.forget_snapshot(name)?;
        found.then_some(()).ok_or_else(|| unknown(name))
    }

    pub(crate) fn snapshots(&self) -> Result<Vec<String>, ControlError> {
        Ok(self.state()?.store.snapshots()?)
    }
}

fn unknown(name: &str) -> ControlError {
    ControlError::UnknownSnapshot {
        name: name.to_owned(),
    }
}
