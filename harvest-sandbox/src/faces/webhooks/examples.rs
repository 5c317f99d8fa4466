//! The events that are described, with their examples.

use std::sync::LazyLock;

use indexmap::IndexMap;

use super::body::object;
use crate::clock::short_stamp;
use crate::domain::webhooks::{PING, WEBHOOK, Webhook};
use crate::json::{Value, json};
use crate::refusal::Outcome;
use crate::store::View;

/// The payloads that the description has for examples, by event.
static EXAMPLES: LazyLock<IndexMap<String, Value>> = LazyLock::new(|| {
    // The description is embedded, and tests decode each example of it.
    let document: serde_json::Value =
        serde_json::from_str(harvest_spec::WEBHOOKS.json).unwrap_or_default();
    let events = document
        .get(harvest_openapi::EVENTS)
        .and_then(serde_json::Value::as_object);
    let examples = events.into_iter().flatten().filter_map(|(action, item)| {
        let example = item.pointer("/post/requestBody/content/application~1json/example/payload");
        Some((action.clone(), object(example?)))
    });
    examples.collect()
});

/// The payload that the description has for an example of an event, or of a ping.
pub(crate) fn example(action: &str) -> Option<&'static Value> {
    EXAMPLES.get(action)
}

/// The names of the events that a webhook can be for, in order.
pub(crate) fn events() -> impl Iterator<Item = &'static str> {
    let names = EXAMPLES.keys().map(String::as_str);
    names.filter(|name| is_event(name))
}

/// Whether a webhook can be for an event of this name. None is for the ping.
pub(crate) fn is_event(action: &str) -> bool {
    action != PING && EXAMPLES.contains_key(action)
}

/// The payload of a ping: the settings of its webhook.
pub(super) fn settings(view: &View<'_>, id: i64, webhook: &Webhook) -> Outcome<Value> {
    let times = view.times(&WEBHOOK, id)?;
    Ok(json!({
        "web_hook_id": id,
        "endpoint_url": webhook.endpoint_url,
        "created_at": times.created_at.as_deref().map(short_stamp),
        "updated_at": times.updated_at.as_deref().map(short_stamp),
        "name": webhook.name,
        "event": webhook.event,
        "active": !webhook.deactivated,
        "content-type": "application/json",
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_described_event_has_an_example() {
        assert_eq!(EXAMPLES.len(), 30);
        assert!(EXAMPLES.values().all(|it| matches!(it, Value::Object(_))));
        assert!(is_event("hire_candidate") && !is_event(PING) && !is_event("hired"));
    }
}
