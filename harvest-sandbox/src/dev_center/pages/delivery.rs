//! A delivery: the request, each answer, and "send again".

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::webhooks::{Delivery, Purpose, WEBHOOK, Webhook};
use crate::http::endpoint::headers;
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;

const PATH: &str = "/configure/dev_center/deliveries";

#[derive(Template)]
#[template(path = "delivery.html")]
struct Shown {
    frame: Frame,
    delivery: Delivery,
    /// With its id; none if it was deleted, or the delivery is a callback.
    webhook: Option<(i64, Webhook)>,
    /// The names of headers whose values may be secrets.
    more_headers: Vec<String>,
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>, id: i64) -> Outcome {
    let found = visit.read(|view| Delivery::find(view, id))?;
    let delivery = found.ok_or_else(Refusal::not_found)?;
    let webhook = match delivery.purpose {
        Purpose::Webhook(id) => {
            let webhook: Option<Webhook> = visit.read(|view| view.find(&WEBHOOK, id))?;
            webhook.map(|webhook| (id, webhook))
        }
        Purpose::BulkRequest(_) => None,
    };
    let mut more_headers = Vec::new();
    if let Some((_, webhook)) = &webhook {
        if webhook.basic_auth_username.is_some() || webhook.basic_auth_password.is_some() {
            more_headers.push("authorization".to_owned());
        }
        let text = webhook.additional_headers.as_deref().unwrap_or_default();
        let more = headers(text).unwrap_or_default().into_iter();
        more_headers.extend(more.map(|(name, _)| name.to_string()));
    }
    page(&Shown {
        frame: Frame::new(visit, "Delivery", Section::DevCenter)?,
        delivery,
        webhook,
        more_headers,
    })
}

pub(in crate::dev_center) fn send_again(visit: &Visit<'_>, id: i64) -> Outcome {
    let notice = match visit.control.webhooks.send_again(id) {
        Ok(()) => "It is sent once more, with the same id and the same bytes.".to_owned(),
        Err(error) => format!("It was not sent again: {error}."),
    };
    visit.done(&format!("{PATH}/{id}"), notice)
}
