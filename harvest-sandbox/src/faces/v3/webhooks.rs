//! Webhooks, as v3 shows and changes them. An integration has those that it made.

use serde::Deserialize;

use super::deleted::Deleted;
use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::access::Credential;
use crate::domain::oauth::Integrations;
use crate::domain::patch::{Change, replace};
use crate::domain::webhooks::{self, WEBHOOK, Webhook};
use crate::faces::list::List;
use crate::faces::webhooks::is_event;
use crate::faces::{Call, Handler, Reading, Resource, Writing};
use crate::http::endpoint::{Endpoint, headers};
use crate::http::refusal::{Outcome, worded};
use crate::json::json;
use crate::refusal::{Problems, Refusal};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&WEBHOOK, document)],
    operations: &[
        ("list_webhooks", Handler::Read(list)),
        ("create_webhook", Handler::Write(create)),
        ("update_webhook", Handler::Write(update)),
        ("delete_webhook", Handler::Write(delete)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("last_delivered", Means::Column("last_delivered")),
    ("deactivated", Means::Column("deactivated")),
    ("event_action_type", Means::Column("event")),
];

/// Without the secret and the password.
fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Webhook = row.state()?;
    let properties = json!({
        "name": it.name,
        "endpoint_url": it.endpoint_url,
        "event_action_type": it.event,
        "max_attempts": it.max_attempts,
        "additional_headers": it.additional_headers,
        "error_recipient_email": it.error_recipient_email,
        "deactivated": it.deactivated,
        "last_delivered": it.last_delivered,
        "client_id": it.client_id,
    });
    dated(view, &WEBHOOK, row, properties)
}

fn list(cx: &Reading<'_>) -> Outcome {
    let client_id = client_id(cx, cx.call)?.unwrap_or_default();
    let own = List::of(&WEBHOOK).where_is("client_id = ?", client_id);
    list::narrowed(cx, own, MEANINGS)
}

#[derive(Deserialize)]
struct Create {
    endpoint_url: String,
    name: String,
    event_action_type: String,
    secret_key: String,
    max_attempts: i64,
    #[serde(flatten)]
    optional: Optional,
}

#[derive(Deserialize)]
struct Update {
    endpoint_url: Option<String>,
    name: Option<String>,
    event_action_type: Option<String>,
    secret_key: Option<String>,
    max_attempts: Option<i64>,
    #[serde(flatten)]
    optional: Optional,
}

#[derive(Deserialize)]
struct Optional {
    deactivated: Option<bool>,
    #[serde(default)]
    basic_auth_username: Change<String>,
    #[serde(default)]
    basic_auth_password: Change<String>,
    #[serde(default)]
    additional_headers: Change<String>,
    #[serde(default)]
    error_recipient_email: Change<String>,
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    cx.user.require_site_admin()?;
    let body: Create = cx.call.body()?;
    let mut webhook = Webhook {
        name: body.name,
        endpoint_url: body.endpoint_url,
        event: body.event_action_type,
        secret_key: body.secret_key,
        basic_auth_username: None,
        basic_auth_password: None,
        additional_headers: None,
        max_attempts: body.max_attempts,
        error_recipient_email: None,
        deactivated: false,
        last_delivered: None,
        client_id: client_id(cx, cx.call)?,
    };
    body.optional.apply(&mut webhook);
    check(&webhook)?;
    let id = webhooks::create(cx, &webhook)?;
    cx.created(&WEBHOOK, id)
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut webhook) = own(cx)?;
    let body: Update = cx.call.body()?;
    replace(&mut webhook.endpoint_url, body.endpoint_url);
    replace(&mut webhook.name, body.name);
    replace(&mut webhook.event, body.event_action_type);
    replace(&mut webhook.secret_key, body.secret_key);
    replace(&mut webhook.max_attempts, body.max_attempts);
    body.optional.apply(&mut webhook);
    check(&webhook)?;
    webhooks::save(cx, id, &webhook)?;
    cx.changed(&WEBHOOK, id)
}

fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, _) = own(cx)?;
    let deleted = Deleted::of(cx, &WEBHOOK, id)?;
    webhooks::delete(cx, id)?;
    Ok(deleted.answer("Webhook"))
}

impl Optional {
    fn apply(self, webhook: &mut Webhook) {
        replace(&mut webhook.deactivated, self.deactivated);
        self.basic_auth_username
            .apply(&mut webhook.basic_auth_username);
        self.basic_auth_password
            .apply(&mut webhook.basic_auth_password);
        self.additional_headers
            .apply(&mut webhook.additional_headers);
        self.error_recipient_email
            .apply(&mut webhook.error_recipient_email);
    }
}

/// What can be seen to be wrong without sending anything. Whether the address can be reached, the ping finds out.
fn check(webhook: &Webhook) -> Outcome<()> {
    let mut problems = Problems::default();
    if let Err(problem) = Endpoint::parse(&webhook.endpoint_url) {
        problems.add(
            "endpoint_url",
            worded(format!("Is no address to deliver to: {problem}")),
        );
    }
    if !is_event(&webhook.event) {
        problems.add(
            "event_action_type",
            worded("Is no event that can be delivered"),
        );
    }
    if let Err(problem) = headers(webhook.additional_headers.as_deref().unwrap_or_default()) {
        let words = format!("Cannot be sent: {problem}");
        problems.add("additional_headers", worded(words));
    }
    problems.check()
}

/// The webhook that the path names, if the integration made it.
fn own(cx: &Writing<'_, '_>) -> Outcome<(i64, Webhook)> {
    cx.user.require_site_admin()?;
    let (id, webhook) = cx.record_in_path::<Webhook>(&WEBHOOK, "id")?;
    let client_id = client_id(cx, cx.call)?;
    if client_id.is_some() && webhook.client_id == client_id {
        Ok((id, webhook))
    } else {
        Err(Refusal::not_found())
    }
}

/// The client id of the integration that asks.
fn client_id(view: &View<'_>, call: &Call<'_>) -> Outcome<Option<String>> {
    let integration = match call.credential {
        Some(Credential::Integration(id)) => Integrations::get(view, id)?,
        Some(Credential::Key(_)) | None => None,
    };
    Ok(integration.map(|integration| integration.client_id))
}
