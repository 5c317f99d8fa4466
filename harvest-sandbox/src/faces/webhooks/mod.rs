//! The face of webhooks: what deliveries say of events, in the documents that `harvest-spec/webhooks` describes.
//!
//! They are no version of the API, and have the same form whichever version made the change.
//!
//! | file | holds |
//! | --- | --- |
//! | `action.rs` | the names of events, and the payload of each |
//! | `causes.rs` | what each event is sent for, in words |
//! | `body.rs` | the bytes of a delivery, escaped and signed as the service does it |
//! | `application.rs`, `candidate.rs`, `job.rs`, `other.rs`, `values.rs` | documents |
//! | `deliveries/` | the task that sends them, and webhooks as tests see them |

mod action;
mod application;
mod body;
mod candidate;
mod causes;
pub(crate) mod deliveries;
mod examples;
mod job;
mod other;
mod values;

pub(crate) use causes::{CAUSES, Cause};
#[cfg(any(feature = "dev-center", test))]
pub(crate) use examples::events;
pub(crate) use examples::{example, is_event};

use std::any::Any;
use std::collections::HashSet;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::domain::events::Event;
use crate::domain::files;
use crate::domain::webhooks::{self, NewDelivery, PING, Purpose, Queue, WEBHOOK, Webhook};
use crate::http::files::Links;
use crate::json::Value;
use crate::refusal::{Outcome, broken};
use crate::store::{Edit, Outbox, View};

/// What a document needs beside the records.
struct Context<'a> {
    view: &'a View<'a>,
    links: &'a Links,
    /// The beginning of links to the sandbox.
    base: &'a str,
}

/// Queues a delivery for each event of a transaction and each webhook that is for it.
pub(crate) struct Announcer {
    /// The beginning of links to the sandbox.
    pub(crate) base: String,
    /// Wakes the task that delivers.
    pub(crate) wake: Arc<Notify>,
}

impl Outbox for Announcer {
    fn keep(&self, edit: &mut Edit<'_>, events: Vec<Box<dyn Any>>) -> Outcome<()> {
        let events = events.into_iter().map(<Box<dyn Any>>::downcast::<Event>);
        let events = events.collect::<Result<Vec<_>, _>>();
        let events = events.map_err(|_| broken("an event of another type"))?;
        let mut queue = None;
        let mut said: HashSet<_> = events.iter().filter_map(|event| event.made()).collect();
        for event in &events {
            if event.changed().is_none_or(|record| said.insert(record)) {
                self.announce(edit, event, &mut queue)?;
            }
        }
        match queue {
            Some(_) => webhooks::forget_old(edit),
            None => Ok(()),
        }
    }

    fn committed(&self) {
        self.wake.notify_one();
    }
}

impl Announcer {
    fn announce(
        &self,
        edit: &mut Edit<'_>,
        event: &Event,
        queue: &mut Option<Queue>,
    ) -> Outcome<()> {
        if let Event::WebhookSaved(id) = event {
            let webhook: Webhook = edit.get(&WEBHOOK, *id)?;
            let body = body::write(PING, &examples::settings(edit, *id, &webhook)?)?;
            return put(edit, (*id, &webhook), PING, &body, queue);
        }
        let Some(Receivers { action, webhooks }) = Receivers::of(edit, event)? else {
            return Ok(());
        };
        let links = Links::new(&files::secret(edit)?)?;
        let context = Context {
            view: edit,
            links: &links,
            base: &self.base,
        };
        let Some(payload) = action::payload(&context, event, action)? else {
            return Ok(());
        };
        let body = body::write(action, &payload)?;
        for (id, webhook) in &webhooks {
            put(edit, (*id, webhook), action, &body, queue)?;
        }
        Ok(())
    }
}

/// The webhooks that are for an event, with their ids.
struct Receivers {
    /// What the event is called to them.
    action: &'static str,
    webhooks: Vec<(i64, Webhook)>,
}

impl Receivers {
    /// None if no webhook is for the event.
    fn of(view: &View<'_>, event: &Event) -> Outcome<Option<Self>> {
        for action in action::names(view, event)? {
            let webhooks = webhooks::active_for(view, action)?;
            if !webhooks.is_empty() {
                return Ok(Some(Self { action, webhooks }));
            }
        }
        Ok(None)
    }
}

/// Queues an event that a test made up, for all webhooks that are for it, and says for how many.
pub(crate) fn trigger(edit: &mut Edit<'_>, action: &str, payload: &Value) -> Outcome<usize> {
    let webhooks = webhooks::active_for(edit, action)?;
    let body = body::write(action, payload)?;
    let mut queue = None;
    for (id, webhook) in &webhooks {
        put(edit, (*id, webhook), action, &body, &mut queue)?;
    }
    Ok(webhooks.len())
}

/// Queues one delivery. How full the queue is, is counted once for a transaction, and what it has no room for is not signed.
fn put(
    edit: &mut Edit<'_>,
    (webhook_id, webhook): (i64, &Webhook),
    action: &str,
    body: &str,
    queue: &mut Option<Queue>,
) -> Outcome<()> {
    let mut known = match queue.take() {
        Some(known) => known,
        None => Queue::of(edit)?,
    };
    let new = NewDelivery {
        purpose: Purpose::Webhook(webhook_id),
        action,
        url: &webhook.endpoint_url,
        body,
        due_at: None,
    };
    known.add(edit, &new, || {
        Some(body::signature(&webhook.secret_key, body.as_bytes()))
    })?;
    *queue = Some(known);
    Ok(())
}
