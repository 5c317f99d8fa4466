//! Webhooks: addresses that want to know of one kind of event each, and the queue of what is to be delivered to them and
//! to those that want to know of the end of a bulk job.
//!
//! Bodies and addresses are texts here: what is sent, and how, is for the layers above.

mod queue;

pub(crate) use queue::{
    Attempt, CALLBACK, Delivery, Due, MOST_TO_ONE, NewDelivery, PING, Purpose, Queue, Status,
    forget_old,
};

use serde::{Deserialize, Serialize};

use crate::domain::access::Visibility;
use crate::domain::events::Event;
use crate::domain::{Resource, names};
use crate::refusal::{Outcome, Problems, Refusal, Rule, WebhookRule};
use crate::store::{Edit, Kind, View};

/// A new organization has none.
pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&WEBHOOK],
    seed: |_| Ok(()),
};

pub(crate) static WEBHOOK: Kind = Kind {
    table: "webhook",
    first_id: 4_061_500_003,
    visibility: Visibility::EVERYONE,
};

/// How many webhooks there can be.
pub(crate) const MOST_WEBHOOKS: usize = 100;
/// The longest address, secret or set of headers, in bytes.
pub(crate) const LONGEST_TEXT: usize = 2_048;
/// How many attempts a delivery can have.
pub(crate) const MOST_ATTEMPTS: i64 = 7;

/// What is known about a webhook. No `Debug`: it holds secrets.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Webhook {
    pub(crate) name: String,
    pub(crate) endpoint_url: String,
    /// The name of the event that it is for, as deliveries have it.
    pub(crate) event: String,
    /// What deliveries are signed with.
    pub(crate) secret_key: String,
    pub(crate) basic_auth_username: Option<String>,
    pub(crate) basic_auth_password: Option<String>,
    /// One a line, as `Name: value`.
    pub(crate) additional_headers: Option<String>,
    /// From 1 to [`MOST_ATTEMPTS`].
    pub(crate) max_attempts: i64,
    pub(crate) error_recipient_email: Option<String>,
    pub(crate) deactivated: bool,
    /// When an event was delivered last.
    pub(crate) last_delivered: Option<String>,
    /// The integration that made it, if it was made through the API.
    pub(crate) client_id: Option<String>,
}

impl Webhook {
    fn check(&self) -> Outcome<()> {
        let mut problems = Problems::default();
        names::check("name", &self.name, &mut problems);
        if self.secret_key.is_empty() {
            problems.add("secret_key", Rule::Webhook(WebhookRule::NoSecret));
        }
        if !(1..=MOST_ATTEMPTS).contains(&self.max_attempts) {
            let rule = Rule::Webhook(WebhookRule::Attempts(MOST_ATTEMPTS));
            problems.add("max_attempts", rule);
        }
        for (at, text) in [
            ("endpoint_url", Some(&self.endpoint_url)),
            ("secret_key", Some(&self.secret_key)),
            ("additional_headers", self.additional_headers.as_ref()),
            ("error_recipient_email", self.error_recipient_email.as_ref()),
        ] {
            if text.is_some_and(|text| text.len() > LONGEST_TEXT) {
                problems.add(at, Rule::Webhook(WebhookRule::TooLong(LONGEST_TEXT)));
            }
        }
        problems.check()
    }
}

/// Adds a webhook, which is tried with a ping, and says under which id.
pub(crate) fn create(edit: &mut Edit<'_>, webhook: &Webhook) -> Outcome<i64> {
    webhook.check()?;
    if edit.count(&WEBHOOK, None)? >= MOST_WEBHOOKS {
        let rule = Rule::Webhook(WebhookRule::TooMany(MOST_WEBHOOKS));
        return Err(Refusal::whole(rule));
    }
    let id = edit.insert(&WEBHOOK, webhook)?;
    Event::WebhookSaved(id).record(edit);
    Ok(id)
}

/// Keeps a webhook that was changed. It is not tried.
pub(crate) fn save(edit: &mut Edit<'_>, id: i64, webhook: &Webhook) -> Outcome<()> {
    webhook.check()?;
    edit.save(&WEBHOOK, id, webhook)
}

/// Switches a webhook on, and tries it: a ping that fails switches it off again.
pub(crate) fn activate(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    set_deactivated(edit, id, false)?;
    Event::WebhookSaved(id).record(edit);
    Ok(())
}

/// Switches a webhook on or off. What waits already is still delivered.
pub(crate) fn set_deactivated(edit: &mut Edit<'_>, id: i64, deactivated: bool) -> Outcome<()> {
    let mut webhook: Webhook = edit.get(&WEBHOOK, id)?;
    webhook.deactivated = deactivated;
    edit.save(&WEBHOOK, id, &webhook)
}

/// Removes a webhook, with what waits to be delivered by it. Its log stays.
pub(crate) fn delete(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    queue::withdraw(edit, id)?;
    edit.delete(&WEBHOOK, id)
}

/// The webhooks that want to know of an event.
pub(crate) fn active_for(view: &View<'_>, event: &str) -> Outcome<Vec<(i64, Webhook)>> {
    view.states(
        &WEBHOOK,
        "event = ?1 AND NOT deactivated ORDER BY id",
        [event],
    )
}
