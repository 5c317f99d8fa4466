//! Back to the beginning.

use super::{Control, ControlError};
use crate::domain::access::Keys;
use crate::domain::oauth::demo;
use crate::domain::organization::refound;

impl Control {
    /// Makes everything what it was after the first start. Snapshots stay.
    pub(crate) fn reset(&self) -> Result<(), ControlError> {
        if let Some(state) = &self.state {
            state.store.write(|edit| {
                refound(edit)?;
                let id = Keys::add(edit, &self.start.key, crate::pipeline::state::DEMO_KEY)?;
                Keys::permit(edit, id, state.permissions.all())?;
                match &self.start.client {
                    Some(client) => demo::add(edit, client, state.scopes()),
                    None => Ok(()),
                }
            })?;
            state.store.clock.reset();
        }
        self.growth.clear();
        self.faults.replace(&self.start.faults);
        self.log.clear();
        self.webhooks.wake();
        Ok(())
    }
}
