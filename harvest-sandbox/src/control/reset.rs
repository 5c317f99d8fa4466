//! Back to the beginning.

use super::{Control, ControlError};
use crate::access::Keys;
use crate::organization::refound;

impl Control {
    /// Makes everything what it was after the first start. Snapshots stay.
    pub(crate) fn reset(&self) -> Result<(), ControlError> {
        if let Some(state) = &self.state {
            state.store.write(|edit| {
                refound(edit, state.behaviour.resources)?;
                let id = Keys::add(edit, &self.start.key, crate::state::DEMO_KEY)?;
                Keys::permit(edit, id, state.permissions.all())
            })?;
            state.store.clock.reset();
        }
        self.growth.clear();
        self.faults.replace(&self.start.faults);
        self.log.clear();
        Ok(())
    }
}
