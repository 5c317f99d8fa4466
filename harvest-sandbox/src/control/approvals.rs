//! Standing in for those who approve: the API only lets them be asked.

use super::{Control, ControlError};
use crate::domain::approvals::{Decision, decide};

impl Control {
    pub(crate) fn decide(&self, flow: i64, decision: Decision) -> Result<(), ControlError> {
        let state = self.state()?;
        if state.store.write(|edit| decide(edit, flow, decision))? {
            Ok(())
        } else {
            Err(ControlError::NotRequested { flow })
        }
    }
}
