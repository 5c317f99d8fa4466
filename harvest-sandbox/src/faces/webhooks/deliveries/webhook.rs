//! Webhooks, as a test makes them and sees them: one event and one address each.

use std::fmt;

use super::WebhookError;
use crate::domain::webhooks::{self as kept, LONGEST_TEXT, MOST_ATTEMPTS};
use crate::faces::webhooks::is_event;

/// A webhook to be made.
#[derive(Clone)]
pub struct NewWebhook {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) action: String,
    pub(super) secret: String,
}

impl NewWebhook {
    /// One that delivers the event `action` to an address, signed with a secret.
    pub fn new(
        url: impl Into<String>,
        action: impl Into<String>,
        secret: impl Into<String>,
    ) -> Self {
        let action = action.into();
        Self {
            name: action.clone(),
            url: url.into(),
            action,
            secret: secret.into(),
        }
    }

    /// What the webhook is called, if not like its event.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    pub(super) fn check(&self) -> Result<(), WebhookError> {
        if !is_event(&self.action) {
            let action = self.action.clone();
            return Err(WebhookError::Action { action });
        }
        if self.secret.is_empty() {
            return Err(WebhookError::NoSecret {});
        }
        let texts = [&self.name, &self.url, &self.secret];
        if texts.iter().any(|text| text.len() > LONGEST_TEXT) {
            return Err(WebhookError::TooLong {
                bytes: LONGEST_TEXT,
            });
        }
        Ok(())
    }

    pub(super) fn into_kept(self) -> kept::Webhook {
        kept::Webhook {
            name: self.name,
            endpoint_url: self.url,
            event: self.action,
            secret_key: self.secret,
            basic_auth_username: None,
            basic_auth_password: None,
            additional_headers: None,
            max_attempts: MOST_ATTEMPTS,
            error_recipient_email: None,
            deactivated: false,
            last_delivered: None,
            client_id: None,
        }
    }
}

/// Without the secret.
impl fmt::Debug for NewWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewWebhook")
            .field("name", &self.name)
            .field("url", &self.url)
            .field("action", &self.action)
            .finish_non_exhaustive()
    }
}

/// A webhook as it is kept. Its secret is not shown.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Webhook {
    /// By which it is named.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Where it delivers.
    pub url: String,
    /// The event that it is for.
    pub action: String,
    /// Whether it delivers.
    pub active: bool,
    /// When it was made, as `2026-02-11T09:14:05.120Z`.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}
