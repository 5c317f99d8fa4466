//! Webhooks: the list with the latest deliveries, a new one, and a single one.

use std::collections::HashMap;

use askama::Template;
use data_encoding::HEXLOWER;

use crate::dev_center::layout::{Frame, Section, invalid, page};
use crate::dev_center::session::Holder;
use crate::dev_center::visit::{Visit, redirect};
use crate::domain::random::random;
use crate::domain::webhooks::{self, Delivery, MOST_ATTEMPTS, Purpose, Status, WEBHOOK, Webhook};
use crate::faces::webhooks::{events, is_event};
use crate::http::endpoint::headers;
use crate::http::refusal::{COMMON, Outcome};
use crate::refusal::Refusal;

const PATH: &str = "/configure/dev_center/webhooks";

#[derive(Template)]
#[template(path = "webhooks.html")]
struct Webhooks {
    frame: Frame,
    webhooks: Vec<(i64, Webhook)>,
    deliveries: Vec<Delivery>,
}

#[derive(Template)]
#[template(path = "webhook.html")]
struct Shown {
    frame: Frame,
    id: i64,
    webhook: Webhook,
    /// What deliveries are signed with, right after the webhook was made.
    secret: Option<String>,
    deliveries: Vec<Delivery>,
}

#[derive(Template)]
#[template(path = "new_webhook.html")]
struct NewWebhook<'a> {
    frame: Frame,
    visit: &'a Visit<'a>,
    events: Vec<&'static str>,
    /// By field.
    problems: HashMap<String, String>,
}

impl NewWebhook<'_> {
    fn field(&self, name: &str) -> &str {
        self.visit.field(name)
    }
}

pub(in crate::dev_center) fn list(visit: &Visit<'_>) -> Outcome {
    page(&Webhooks {
        frame: Frame::new(visit, "Webhooks", Section::DevCenter)?,
        webhooks: visit.read(|view| view.states(&WEBHOOK, "true ORDER BY id", []))?,
        deliveries: visit.read(Delivery::listed)?,
    })
}

pub(in crate::dev_center) fn form(visit: &Visit<'_>) -> Outcome {
    page(&filled(visit, HashMap::new())?)
}

pub(in crate::dev_center) fn create(visit: &Visit<'_>) -> Outcome {
    let text = |name: &str| Some(visit.field(name).to_owned()).filter(|it| !it.is_empty());
    // As it was typed: spaces may be a part of it.
    let typed = visit.form.last("secret_key").filter(|it| !it.is_empty());
    let secret = match typed {
        Some(secret) => secret.to_owned(),
        None => HEXLOWER.encode(&random::<32>()?),
    };
    let webhook = Webhook {
        name: text("name").unwrap_or_else(|| visit.field("event").to_owned()),
        endpoint_url: visit.field("endpoint_url").to_owned(),
        event: visit.field("event").to_owned(),
        secret_key: secret.clone(),
        basic_auth_username: text("basic_auth_username"),
        basic_auth_password: Some(visit.password("basic_auth_password"))
            .filter(|it| !it.is_empty()),
        additional_headers: text("additional_headers"),
        max_attempts: MOST_ATTEMPTS,
        error_recipient_email: None,
        deactivated: false,
        last_delivered: None,
        client_id: None,
    };
    let mut problems = HashMap::new();
    if !is_event(&webhook.event) {
        problems.insert("event".to_owned(), "Choose an event".to_owned());
    }
    if let Err(error) = visit.control.webhooks.check_url(&webhook.endpoint_url) {
        problems.insert("endpoint_url".to_owned(), error.to_string());
    }
    if let Err(problem) = headers(webhook.additional_headers.as_deref().unwrap_or_default()) {
        problems.insert("additional_headers".to_owned(), problem);
    }
    if !problems.is_empty() {
        return invalid(&filled(visit, problems)?);
    }
    match visit.write(|edit| webhooks::create(edit, &webhook)) {
        Ok(id) => {
            let token = &visit.visitor.token;
            visit
                .site
                .sessions
                .keep_secret(token, Holder::Webhook(id), secret);
            redirect(&format!("{PATH}/{id}"))
        }
        Err(refusal @ Refusal::Invalid(_)) => invalid(&filled(visit, refusal.by_field(COMMON))?),
        Err(refusal) => Err(refusal),
    }
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>, id: i64) -> Outcome {
    let webhook = visit.read(|view| view.get(&WEBHOOK, id))?;
    let secret = if visit.is_head() {
        None
    } else {
        let sessions = &visit.site.sessions;
        sessions.take_secret(&visit.visitor.token, Holder::Webhook(id))
    };
    let mut deliveries = visit.read(Delivery::listed)?;
    deliveries.retain(|delivery| delivery.purpose == Purpose::Webhook(id));
    page(&Shown {
        frame: Frame::new(visit, "Webhook", Section::DevCenter)?,
        id,
        webhook,
        secret,
        deliveries,
    })
}

/// Switches a webhook on or off, or deletes it.
pub(in crate::dev_center) fn change(visit: &Visit<'_>, id: i64) -> Outcome {
    let webhook: Webhook = visit.read(|view| view.get(&WEBHOOK, id))?;
    let (name, one) = (webhook.name, format!("{PATH}/{id}"));
    match visit.field("do") {
        "switch_on" => {
            visit.write(|edit| webhooks::activate(edit, id))?;
            let notice = format!(
                "{name} is on. A ping is on its way: unless it is answered with 200, the webhook \
                 is off again."
            );
            visit.done(&one, notice)
        }
        "switch_off" => {
            visit.write(|edit| webhooks::set_deactivated(edit, id, true))?;
            visit.done(
                &one,
                format!("{name} is off: nothing new is delivered by it."),
            )
        }
        "delete" => {
            visit.write(|edit| webhooks::delete(edit, id))?;
            visit.done(
                PATH,
                format!("{name} is deleted, and so is what waited to be delivered by it."),
            )
        }
        _ => Err(Refusal::not_found()),
    }
}

fn filled<'a>(visit: &'a Visit<'a>, problems: HashMap<String, String>) -> Outcome<NewWebhook<'a>> {
    Ok(NewWebhook {
        frame: Frame::new(visit, "New webhook", Section::DevCenter)?,
        visit,
        events: events().collect(),
        problems,
    })
}

/// In words, with the class of it.
impl Status {
    pub(in crate::dev_center) fn shown(self) -> (&'static str, &'static str) {
        match self {
            Self::Waiting => ("Waiting", "s4"),
            Self::Delivered => ("Delivered", "s2"),
            Self::Failed => ("Failed", "s5"),
        }
    }
}
