//! Deliveries, as they are shown.

use std::fmt;

use crate::domain::webhooks as kept;

/// A delivery: a request, each attempt to send it, and whether it will be sent again.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Delivery {
    /// By which it is named.
    pub id: i64,
    /// The value of the header `Greenhouse-Event-ID`: all attempts have it in common, and no other delivery has it. A callback
    /// is sent without it.
    pub event_id: String,
    /// The webhook that it is for; none for a callback.
    pub webhook_id: Option<i64>,
    /// The bulk job whose end it reports to the job's `callback_url`.
    pub bulk_request_id: Option<i64>,
    /// The event; `bulk_callback` for a callback.
    pub action: String,
    /// The address that it goes to.
    pub url: String,
    /// The value of the header `Signature`. A callback is not signed, nor is what the queue had no room for.
    pub signature: Option<String>,
    /// The body, as it is sent.
    pub body: String,
    /// The attempts so far.
    pub attempts: Vec<Attempt>,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it is sent again, by the clock of the sandbox: `2026-02-11T09:14:05.120Z`.
    pub next_at: Option<String>,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeliveryState {
    /// It is on its way, or waits for its turn.
    Waiting,
    /// It was answered with 200, or any 2xx if it is a callback.
    Delivered,
    /// No attempt was, and none follows.
    Failed,
}

/// An attempt to send a delivery.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Attempt {
    /// When it began, by the clock of the sandbox.
    pub at: String,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// The answer's body, up to 4 KiB.
    pub answer: String,
    /// Why there is no answer.
    pub problem: Option<String>,
}

/// Without what was sent.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("id", &self.id)
            .field("webhook_id", &self.webhook_id)
            .field("bulk_request_id", &self.bulk_request_id)
            .field("action", &self.action)
            .field("attempts", &self.attempts)
            .field("state", &self.state)
            .field("next_at", &self.next_at)
            .finish_non_exhaustive()
    }
}

/// Without what was answered.
impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("at", &self.at)
            .field("status", &self.status)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

impl From<kept::Delivery> for Delivery {
    fn from(it: kept::Delivery) -> Self {
        let attempts = it.attempts.into_iter().map(|attempt| Attempt {
            at: attempt.at,
            status: attempt.status,
            answer: attempt.answer,
            problem: attempt.problem,
        });
        Self {
            id: it.id,
            event_id: it.event_id,
            webhook_id: it.purpose.webhook_id(),
            bulk_request_id: it.purpose.bulk_request_id(),
            action: it.action,
            url: it.url,
            signature: it.signature,
            body: it.body,
            attempts: attempts.collect(),
            state: match it.status {
                kept::Status::Waiting => DeliveryState::Waiting,
                kept::Status::Delivered => DeliveryState::Delivered,
                kept::Status::Failed => DeliveryState::Failed,
            },
            next_at: it.due_at,
        }
    }
}
