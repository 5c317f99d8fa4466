//! Tokens for tests that ask no token service.

use super::{Control, ControlError};
use crate::domain::oauth::{Integrations, for_integration};

impl Control {
    pub(crate) fn access_token(&self, user_id: Option<i64>) -> Result<String, ControlError> {
        let state = self.state()?;
        let client = self.start.client.as_ref();
        let client = client.ok_or(ControlError::NoRecords {})?;
        let user = user_id.map(|id| id.to_string());
        let granted = state.store.write(|edit| {
            let Some(integration) = Integrations::find(edit, &client.client_id)? else {
                return Ok(None);
            };
            let granted = for_integration(edit, &integration, user.as_deref(), None)?;
            Ok(granted.ok())
        })?;
        let granted = granted.ok_or(ControlError::NotGranted {})?;
        Ok(granted.access_token)
    }
}
