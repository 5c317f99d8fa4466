//! Webhooks that the sandbox sends, and callbacks of bulk jobs: where to, what, and what became of it.
//!
//! The records of webhooks and the queue are those of `domain/webhooks`; payloads, and the queueing of events, belong to
//! the folder above. Callbacks are queued by the face that starts the job.
//!
//! | file | holds |
//! | --- | --- |
//! | `webhook.rs`, `delivery.rs` | webhooks and deliveries, as tests see them |
//! | `payload.rs` | payloads that tests make up |
//! | `send.rs` | one attempt |
//! | `turns.rs` | whose turn it is |
//! | `worker.rs` | the task that delivers |

mod delivery;
mod error;
mod payload;
mod send;
mod turns;
mod webhook;
mod worker;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::Notify;

pub use delivery::{Attempt, Delivery, DeliveryState};
pub use error::WebhookError;
pub use webhook::{NewWebhook, Webhook};
pub(crate) use worker::Running;

use crate::clock::{Moment, stamp};
use crate::domain::webhooks::{self as kept, MOST_WEBHOOKS, Purpose, WEBHOOK};
use crate::faces::webhooks::{Announcer, trigger};
use crate::http::endpoint::Endpoint;
use crate::http::hosts::Hosts;
use crate::json::Value;
use crate::refusal::Outcome;
use crate::store::{Edit, Store, View};
use turns::in_turn;

/// How long a delivery rests whose outcome could not be written down.
const PAUSE: Duration = Duration::from_secs(1);

/// The only status that is a success for an event. Nothing says that for callbacks.
const SUCCESS: u16 = 200;

/// The webhooks of a running sandbox: [`Sandbox::webhooks`](crate::Sandbox::webhooks).
///
/// Deliveries are signed, escaped and repeated as the service does it: seven attempts, by the
/// [clock](crate::Sandbox::clock) of the sandbox. They go to this computer, over plain HTTP, unless
/// [`Builder::webhook_hosts`](crate::Builder::webhook_hosts) names others. What changes records through the API
/// or in Dev Center sends the events of it, once the change is done;
/// [`trigger`](Self::trigger) sends an event without a change.
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
/// assert_eq!(webhooks.deliveries()?.len(), 1);
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
/// ```
#[derive(Clone)]
pub struct Webhooks(Arc<Shared>);

struct Shared {
    /// None if no records are kept. A task that ends a little later than the sandbox must not keep the database open.
    store: Option<Weak<Store>>,
    hosts: Hosts,
    /// There is something to deliver.
    wake: Arc<Notify>,
    /// An attempt has ended.
    ended: Notify,
    /// The deliveries that are on their way, with their webhooks. Callbacks have none.
    on_their_way: Mutex<HashMap<i64, Option<i64>>>,
}

impl Webhooks {
    /// Those of a store, whose events are delivered from now on. `base` is the beginning of links to the sandbox.
    pub(crate) fn new(hosts: Hosts, store: Option<&Arc<Store>>, base: &str) -> Self {
        let wake = Arc::new(Notify::new());
        if let Some(store) = store {
            store.announce_to(Announcer {
                base: base.to_owned(),
                wake: Arc::clone(&wake),
            });
        }
        Self(Arc::new(Shared {
            store: store.map(Arc::downgrade),
            hosts,
            wake,
            ended: Notify::new(),
            on_their_way: Mutex::default(),
        }))
    }

    /// Makes a webhook, and tries it with a ping. Unless that is answered with 200, the webhook is not active.
    ///
    /// # Errors
    ///
    /// If the address, the event or the secret cannot be one, or there are a hundred webhooks.
    pub async fn add(&self, new: NewWebhook) -> Result<Webhook, WebhookError> {
        new.check()?;
        self.check_url(&new.url)?;
        let count = self.read(|view| view.count(&WEBHOOK, None))?;
        if count >= MOST_WEBHOOKS {
            return Err(WebhookError::TooMany {
                limit: MOST_WEBHOOKS,
            });
        }
        let new = new.into_kept();
        let id = self.write(|edit| kept::create(edit, &new))?;
        self.pinged(id).await?;
        self.find(id)
    }

    /// Tries a webhook once more with a ping, and makes it active if that is answered with 200.
    ///
    /// # Errors
    ///
    /// If there is no such webhook.
    pub async fn enable(&self, id: i64) -> Result<Webhook, WebhookError> {
        self.find(id)?;
        self.write(|edit| kept::activate(edit, id))?;
        self.pinged(id).await?;
        self.find(id)
    }

    /// Switches a webhook off: nothing new is delivered by it.
    ///
    /// # Errors
    ///
    /// If there is no such webhook.
    pub fn disable(&self, id: i64) -> Result<Webhook, WebhookError> {
        self.find(id)?;
        self.write(|edit| kept::set_deactivated(edit, id, true))?;
        self.find(id)
    }

    /// The webhooks, in the order in which they were made.
    ///
    /// # Errors
    ///
    /// If the records cannot be read, or none are kept.
    pub fn all(&self) -> Result<Vec<Webhook>, WebhookError> {
        self.read(|view| select(view, "true ORDER BY id", []))
    }

    /// Sends an event to all active webhooks that are for it, with the payload that the description has for an example,
    /// and says to how many.
    ///
    /// # Errors
    ///
    /// If no event of this name is described.
    pub fn trigger(&self, action: &str) -> Result<usize, WebhookError> {
        self.emit(action, payload::example(action)?)
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
        let count = self.write(|edit| trigger(edit, action, payload))?;
        self.wake();
        Ok(count)
    }

    /// What was delivered, and what is to be: the latest 200, the oldest first. The callbacks of bulk jobs are among them.
    ///
    /// # Errors
    ///
    /// If the records cannot be read, or none are kept.
    pub fn deliveries(&self) -> Result<Vec<Delivery>, WebhookError> {
        let latest = self.read(kept::Delivery::latest)?;
        Ok(latest.into_iter().map(Delivery::from).collect())
    }

    /// Delivers once more, with the same id and the same bytes: a receiver that handles each event once does nothing.
    ///
    /// # Errors
    ///
    /// If there is no such delivery any more, or it is on its way.
    pub fn send_again(&self, delivery_id: i64) -> Result<(), WebhookError> {
        let id = delivery_id;
        let is_claimed = self.on_their_way().contains_key(&id);
        let problem = self.write(|edit| match kept::Delivery::find(edit, id)? {
            Some(delivery) if is_claimed && delivery.due_at.is_some() => {
                Ok(Some(WebhookError::OnItsWay { id }))
            }
            // The body of one for which the queue had no room was not kept.
            Some(delivery) if !delivery.body.is_empty() && is_known(edit, delivery.purpose)? => {
                delivery.again(edit)?;
                Ok(None)
            }
            _ => Ok(Some(WebhookError::Unknown { id })),
        })?;
        self.wake();
        problem.map_or(Ok(()), Err)
    }

    /// Looks at the queue: it may be another one now.
    pub(crate) fn wake(&self) {
        self.0.wake.notify_one();
    }

    fn find(&self, id: i64) -> Result<Webhook, WebhookError> {
        let found = self.read(|view| select(view, "id = ?1", [id]))?.pop();
        found.ok_or(WebhookError::Unknown { id })
    }

    /// Refuses an address that nothing can be delivered to.
    pub(crate) fn check_url(&self, url: &str) -> Result<(), WebhookError> {
        let checked = Endpoint::parse(url).and_then(|endpoint| self.0.hosts.check(&endpoint));
        checked.map_err(|problem| WebhookError::Url {
            problem: problem.to_owned(),
        })
    }

    /// Waits until the ping of a webhook was answered, or was not.
    async fn pinged(&self, id: i64) -> Result<(), WebhookError> {
        loop {
            let ended = self.0.ended.notified();
            tokio::pin!(ended);
            ended.as_mut().enable();
            match self.read(|view| kept::Delivery::pending_ping(view, id))? {
                None => return Ok(()),
                Some(ping) if self.attempt(ping, Some(id)).await => {}
                // The task that delivers is at it.
                Some(_) => ended.await,
            }
        }
    }

    /// The deliveries that are due and not on their way, and when another one is due. None if the records are gone.
    async fn due(&self) -> Option<kept::Due> {
        let store = self.store()?;
        let read = tokio::task::spawn_blocking(move || store.read(kept::Delivery::due)).await;
        // What cannot be read is read again when there is something new.
        let mut due = read.ok()?.unwrap_or_default();
        due.ids = in_turn(due.ids, &self.on_their_way());
        Some(due)
    }

    /// Makes one attempt of a delivery, and writes down what came of it. `false` if another one is being made.
    async fn attempt(&self, id: i64, webhook_id: Option<i64>) -> bool {
        let Some(_claim) = Claim::take(self, id, webhook_id) else {
            return false;
        };
        let found = self
            .blocking(move |store| store.read(|view| to_send(view, id)))
            .await;
        let mut is_written = found.is_some();
        if let Some((delivery, webhook, at)) = found.flatten() {
            let result = send::send(&self.0.hosts, webhook.as_ref(), &delivery).await;
            let is_delivered = result.as_ref().is_ok_and(|sent| match delivery.purpose {
                Purpose::Webhook(_) => sent.status == SUCCESS,
                Purpose::BulkRequest(_) => (200..300).contains(&sent.status),
            });
            let (status, answer, problem) = match result {
                Ok(sent) => (Some(sent.status), sent.answer, None),
                Err(problem) => (None, String::new(), Some(problem)),
            };
            let attempt = kept::Attempt {
                at,
                status,
                answer,
                problem,
            };
            let event_id = delivery.event_id;
            let written = self.blocking(move |store| {
                store.write(|edit| match kept::Delivery::find(edit, id)? {
                    // After a reset another delivery may have its id.
                    Some(known) if known.event_id == event_id => {
                        known.tried(edit, attempt, is_delivered)
                    }
                    _ => Ok(()),
                })
            });
            is_written = written.await.is_some();
        }
        if !is_written {
            // It is due as before, and would be sent again at once for as long as the disk is full.
            tokio::time::sleep(PAUSE).await;
        }
        true
    }

    /// Does something with the records where it may block; none if it failed.
    async fn blocking<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Store) -> Outcome<T> + Send + 'static,
    ) -> Option<T> {
        let store = self.store()?;
        let done = tokio::task::spawn_blocking(move || act(&store)).await;
        done.ok()?.ok()
    }

    fn store(&self) -> Option<Arc<Store>> {
        self.0.store.as_ref()?.upgrade()
    }

    fn now(&self) -> Option<Moment> {
        Some(self.store()?.clock.now())
    }

    fn read<T>(&self, read: impl FnOnce(&View<'_>) -> Outcome<T>) -> Result<T, WebhookError> {
        let store = self.store().ok_or(WebhookError::NoRecords {})?;
        Ok(store.read(read)?)
    }

    fn write<T>(&self, write: impl FnOnce(&mut Edit<'_>) -> Outcome<T>) -> Result<T, WebhookError> {
        let store = self.store().ok_or(WebhookError::NoRecords {})?;
        Ok(store.write(write)?)
    }

    /// The map is consistent after each step, so a poisoned lock is usable.
    fn on_their_way(&self) -> MutexGuard<'_, HashMap<i64, Option<i64>>> {
        let locked = self.0.on_their_way.lock();
        locked.unwrap_or_else(PoisonError::into_inner)
    }
}

/// A delivery that one task sends. It is free again when this is dropped.
struct Claim<'a> {
    webhooks: &'a Webhooks,
    id: i64,
}

impl<'a> Claim<'a> {
    fn take(webhooks: &'a Webhooks, id: i64, webhook_id: Option<i64>) -> Option<Self> {
        let mut on_their_way = webhooks.on_their_way();
        if on_their_way.contains_key(&id) {
            return None;
        }
        on_their_way.insert(id, webhook_id);
        drop(on_their_way);
        Some(Self { webhooks, id })
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        self.webhooks.on_their_way().remove(&self.id);
        // It may have been asked for again meanwhile.
        self.webhooks.wake();
        self.webhooks.0.ended.notify_waiters();
    }
}

/// A delivery that is due, with its webhook, if it has one, and the time.
fn to_send(view: &View<'_>, id: i64) -> Outcome<Option<ToSend>> {
    let delivery = kept::Delivery::find(view, id)?;
    let now = stamp(view.now());
    // The queue may have been read before an attempt that has ended since. A ping is waited for, whatever the clock says.
    let is_due = |it: &kept::Delivery| {
        let due = it.due_at.as_ref();
        due.is_some_and(|due| *due <= now || it.action == kept::PING)
    };
    let Some(delivery) = delivery.filter(is_due) else {
        return Ok(None);
    };
    let webhook = match delivery.purpose {
        Purpose::Webhook(id) => match view.find(&WEBHOOK, id)? {
            // It was deleted meanwhile.
            None => return Ok(None),
            found => found,
        },
        Purpose::BulkRequest(_) => None,
    };
    Ok(Some((delivery, webhook, now)))
}

type ToSend = (kept::Delivery, Option<kept::Webhook>, String);

/// Whether there still is what a delivery is for. A callback needs no more than the delivery has.
fn is_known(view: &View<'_>, purpose: Purpose) -> Outcome<bool> {
    match purpose {
        Purpose::Webhook(id) => view.exists(&WEBHOOK, id),
        Purpose::BulkRequest(_) => Ok(true),
    }
}

fn select(
    view: &View<'_>,
    condition: &str,
    parameters: impl rusqlite::Params,
) -> Outcome<Vec<Webhook>> {
    let all: Vec<(i64, kept::Webhook)> = view.states(&WEBHOOK, condition, parameters)?;
    let all = all.into_iter().map(|(id, it)| {
        let times = view.times(&WEBHOOK, id)?;
        Ok(Webhook {
            id,
            name: it.name,
            url: it.endpoint_url,
            action: it.event,
            active: !it.deactivated,
            created_at: times.created_at.unwrap_or_default(),
            updated_at: times.updated_at.unwrap_or_default(),
        })
    });
    all.collect()
}

impl std::fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhooks").finish_non_exhaustive()
    }
}
