//! `harvest webhooks trigger`: an event, sent by a sandbox in the process.

use std::io::Write;
use std::time::Duration;

use harvest_generated::runtime::reqwest::Url;
use harvest_sandbox::{Delivery, DeliveryState, NewWebhook, Sandbox, WebhookError};

use super::secrets;
use crate::arguments::Trigger;
use crate::command::field::read_text;
use crate::failure::{Exit, Failure, printable};
use crate::output;

/// How long an attempt is waited for: longer than it may take.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(20);

pub(super) async fn run(trigger: Trigger) -> Result<(), Failure> {
    let secret = secrets(&trigger.secret)?.swap_remove(0);
    let payload = trigger.payload.as_deref().map(read_text).transpose()?;
    let url = Url::parse(&trigger.to);
    let host = url.ok().and_then(|it| it.host_str().map(str::to_owned));
    let host = host.ok_or_else(|| Failure::usage(format!("{} is no URL", trigger.to)))?;
    // Who names a host wants it to be delivered to.
    let sandbox = Sandbox::builder().webhook_hosts([host]).start().await;
    let sandbox = sandbox.map_err(|error| Failure::new(Exit::Failed, error.to_string()))?;
    let webhooks = sandbox.webhooks();
    let new = NewWebhook::new(&trigger.to, &trigger.event, secret);
    let webhook = webhooks.add(new).await.map_err(|error| usage(&error))?;
    if let Some(ping) = latest(&sandbox, webhook.id)? {
        print(&ping)?;
        if !webhook.active {
            return Err(Failure::new(
                Exit::Failed,
                "the receiver did not answer the ping with success, so that the service would \
                 switch the webhook off",
            ));
        }
    }
    match payload {
        None => webhooks.trigger(&trigger.event),
        Some(payload) => webhooks.trigger_with(&trigger.event, &payload),
    }
    .map_err(|error| usage(&error))?;
    let tried = tokio::time::timeout(PATIENCE, async {
        loop {
            let delivery = latest(&sandbox, webhook.id)?;
            let delivery =
                delivery.filter(|it| it.action == trigger.event && !it.attempts.is_empty());
            if let Some(delivery) = delivery {
                return Ok::<_, Failure>(delivery);
            }
            tokio::time::sleep(PAUSE).await;
        }
    });
    let delivery = tried
        .await
        .map_err(|_| Failure::new(Exit::Failed, "the event was not sent"))??;
    print(&delivery)?;
    match delivery.state {
        DeliveryState::Delivered => Ok(()),
        _ => Err(Failure::new(
            Exit::Failed,
            "the receiver did not answer with success; the service would send it again",
        )),
    }
}

/// What was last delivered by a webhook.
fn latest(sandbox: &Sandbox, webhook_id: i64) -> Result<Option<Delivery>, Failure> {
    let all = sandbox
        .webhooks()
        .deliveries()
        .map_err(|error| usage(&error))?;
    Ok(all
        .into_iter()
        .rfind(|it| it.webhook_id == Some(webhook_id)))
}

fn print(delivery: &Delivery) -> Result<(), Failure> {
    let outcome = delivery.attempts.last().map(|attempt| {
        let status = attempt.status.map(|it| it.to_string());
        status
            .or_else(|| attempt.problem.clone())
            .unwrap_or_default()
    });
    let outcome = outcome.unwrap_or_else(|| "not sent".to_owned());
    let line = format!("{}  {}  {outcome}", delivery.action, delivery.event_id);
    let mut out = output::standard();
    writeln!(out, "{}", printable(&line))?;
    Ok(out.flush()?)
}

fn usage(error: &WebhookError) -> Failure {
    Failure::usage(error.to_string())
}
