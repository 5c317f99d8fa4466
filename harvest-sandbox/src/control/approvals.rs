//! Standing in for those who approve: the API only lets them be asked.

use super::{Control, ControlError};

/// What all who were asked say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Approve,
    Reject,
}

impl Control {
    pub(crate) fn decide(&self, flow: i64, decision: Decision) -> Result<(), ControlError> {
        let state = self.state()?;
        let decide = state.behaviour.decide;
        if state.store.write(|edit| decide(edit, flow, decision))? {
            Ok(())
        } else {
            Err(ControlError::NotRequested { flow })
        }
    }
}
