//! Webhooks that the sandbox sends: where to, what, and what became of it.
//!
//! | file | holds |
//! | --- | --- |
//! | `webhook.rs` | one event and one address |
//! | `payload.rs` | the bytes of a delivery, escaped and signed as the service does it |
//! | `target.rs` | which addresses may be delivered to |
//! | `send.rs` | one attempt |
//! | `delivery.rs`, `book.rs` | what was delivered, and what is to be |
//! | `worker.rs` | the task that delivers |

mod book;
mod delivery;
mod error;
mod payload;
mod send;
mod target;
mod webhook;
mod worker;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

pub use delivery::{Attempt, Delivery, DeliveryState};
pub use error::WebhookError;
pub use webhook::{NewWebhook, Webhook};
pub(crate) use worker::Running;

use crate::clock::{Moment, stamp};
use crate::json::Value;
use book::Book;
use payload::Payload;
use target::{Hosts, Target};

/// What the service calls the event that tries a webhook.
const PING: &str = "ping";

/// The webhooks of a running sandbox: [`Sandbox::webhooks`](crate::Sandbox::webhooks).
///
/// Deliveries are signed, escaped and repeated as the service does it: seven attempts, by the
/// [clock](crate::Sandbox::clock) of the sandbox. They go to this computer, over plain HTTP, unless
/// [`Builder::webhook_hosts`](crate::Builder::webhook_hosts) names others. What is written through the API sends nothing yet:
/// an event is sent by [`trigger`](Self::trigger).
///
/// ```
/// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
/// use harvest_sandbox::{NewWebhook, Sandbox};
///
/// let sandbox = Sandbox::start().await?;
/// let webhooks = sandbox.webhooks();
/// let url = "http://127.0.0.1:1/greenhouse";
/// let webhook = webhooks.add(NewWebhook::new(url, "hire_candidate", "nest of wrens")).await?;
/// // Nothing listens there, so that the ping failed.
/// assert!(!webhook.active);
/// assert_eq!(webhooks.trigger("hire_candidate")?, 0);
/// assert_eq!(webhooks.deliveries().len(), 1);
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
/// ```
#[derive(Clone)]
pub struct Webhooks(Arc<Shared>);

struct Shared {
    book: Mutex<Book>,
    hosts: Hosts,
    now: Box<dyn Fn() -> Moment + Send + Sync>,
    /// There is something to deliver.
    wake: Notify,
}

impl Webhooks {
    /// None yet. `now` is the clock by which deliveries are repeated.
    pub(crate) fn new(
        hosts: impl IntoIterator<Item = String>,
        now: impl Fn() -> Moment + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Shared {
            book: Mutex::default(),
            hosts: Hosts::new(hosts),
            now: Box::new(now),
            wake: Notify::new(),
        }))
    }

    /// Makes a webhook, and tries it with a ping. Unless that is answered with 200, the webhook is not active.
    ///
    /// # Errors
    ///
    /// If the address, the event or the secret cannot be one, or there are a hundred webhooks.
    pub async fn add(&self, new: NewWebhook) -> Result<Webhook, WebhookError> {
        new.check()?;
        let target = Target::parse(&new.url, &self.0.hosts)?;
        let id = self.book().add(new, target, self.now())?;
        self.enable(id).await
    }

    /// Tries a webhook once more with a ping, and makes it active if that is answered with 200.
    ///
    /// # Errors
    ///
    /// If there is no such webhook.
    pub async fn enable(&self, id: i64) -> Result<Webhook, WebhookError> {
        let settings = self.book().find(id)?.settings();
        let delivery = self.deliver(id, PING, &settings, None)?;
        self.attempt(delivery).await;
        let now = self.now();
        let mut book = self.book();
        let is_active = book.is_delivered(delivery);
        book.set_active(id, is_active, now)
    }

    /// Switches a webhook off: nothing new is delivered by it.
    ///
    /// # Errors
    ///
    /// If there is no such webhook.
    pub fn disable(&self, id: i64) -> Result<Webhook, WebhookError> {
        let now = self.now();
        self.book().set_active(id, false, now)
    }

    /// The webhooks, in the order in which they were made.
    pub fn all(&self) -> Vec<Webhook> {
        self.book().webhooks()
    }

    /// Sends an event to all active webhooks that are for it, with the payload that the description has for an example,
    /// and says to how many.
    ///
    /// # Errors
    ///
    /// If no event of this name is described.
    pub fn trigger(&self, action: &str) -> Result<usize, WebhookError> {
        self.emit(action, &payload::example(action)?)
    }

    /// Sends an event with a payload of your own, which is the JSON that stands under `payload`.
    ///
    /// # Errors
    ///
    /// If no event of this name is described, or the payload is no JSON object of up to 256 KiB.
    pub fn trigger_with(&self, action: &str, payload: &str) -> Result<usize, WebhookError> {
        payload::example(action)?;
        self.emit(action, &payload::parse(payload)?)
    }

    fn emit(&self, action: &str, payload: &Value) -> Result<usize, WebhookError> {
        let ids = self.book().active_for(action);
        for id in &ids {
            self.deliver(*id, action, payload, Some(self.now()))?;
        }
        self.0.wake.notify_one();
        Ok(ids.len())
    }

    fn deliver(
        &self,
        id: i64,
        action: &str,
        payload: &Value,
        due: Option<Moment>,
    ) -> Result<i64, WebhookError> {
        let mut book = self.book();
        let payload = Payload::of(action, payload)?.sign(&book.find(id)?.secret);
        book.deliver(id, action, payload, due)
    }

    /// What was delivered, and what is to be: the latest 200, the oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.book().deliveries()
    }

    /// Delivers once more, with the same id and the same bytes: a receiver that handles each event once does nothing.
    ///
    /// # Errors
    ///
    /// If there is no such delivery any more, or it is on its way.
    pub fn send_again(&self, delivery_id: i64) -> Result<(), WebhookError> {
        let now = self.now();
        self.book().again(delivery_id, now)?;
        self.0.wake.notify_one();
        Ok(())
    }

    /// Forgets all webhooks and deliveries. Ids go on, so that an answer that is still on its way is no other delivery's.
    pub(crate) fn clear(&self) {
        self.book().clear();
    }

    fn now(&self) -> Moment {
        (self.0.now)()
    }

    /// A book is consistent after each step, so a poisoned lock is usable.
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes one attempt of a delivery, and writes down what came of it.
    async fn attempt(&self, delivery_id: i64) {
        let Some((target, request)) = self.book().begin(delivery_id) else {
            return;
        };
        let at = stamp(self.now());
        let result = send::send(&self.0.hosts, &target, request).await;
        let now = self.now();
        self.book().end(delivery_id, at, result, now);
    }
}

impl std::fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhooks").finish_non_exhaustive()
    }
}
