//! Webhooks: one event and one address each.

use std::fmt;

use super::WebhookError;
use super::payload;
use crate::json::Value;

/// The longest address, secret or name, in bytes.
const LONGEST: usize = 2_048;

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
        payload::example(&self.action)?;
        if self.action == super::PING {
            // It is sent when a webhook is made, and none is for it.
            let action = self.action.clone();
            return Err(WebhookError::Action { action });
        }
        if self.secret.is_empty() {
            return Err(WebhookError::NoSecret {});
        }
        let texts = [&self.name, &self.url, &self.secret];
        if texts.iter().any(|text| text.len() > LONGEST) {
            return Err(WebhookError::TooLong { bytes: LONGEST });
        }
        Ok(())
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

/// A webhook with what is needed to deliver.
pub(super) struct Hook {
    pub(super) shown: Webhook,
    pub(super) secret: String,
    pub(super) target: super::Target,
}

impl Hook {
    /// The payload of a ping.
    pub(super) fn settings(&self) -> Value {
        let Webhook {
            id,
            name,
            url,
            action,
            active,
            created_at,
            updated_at,
        } = &self.shown;
        payload::object(&serde_json::json!({
            "web_hook_id": id,
            "endpoint_url": url,
            "created_at": crate::clock::short_stamp(created_at),
            "updated_at": crate::clock::short_stamp(updated_at),
            "name": name,
            "event": action,
            "active": active,
            "content-type": "application/json",
        }))
    }
}
