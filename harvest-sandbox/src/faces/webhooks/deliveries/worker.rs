//! The task that delivers.

use std::future::pending;
use std::time::Duration;

use tokio::task::{JoinHandle, JoinSet};

use super::Webhooks;
use crate::clock::{Moment, moment};

/// How many deliveries are on their way at a time.
const MOST_AT_ONCE: usize = 16;

/// How often the clock of the sandbox is looked at while something waits for its time: a test can set it.
const TICK: Duration = Duration::from_millis(20);

/// The task, which ends with this.
pub(crate) struct Running(JoinHandle<()>);

impl Running {
    /// Delivers from now on.
    pub(crate) fn start(webhooks: Webhooks) -> Self {
        Self(tokio::spawn(work(webhooks)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn work(webhooks: Webhooks) {
    let mut attempts = JoinSet::new();
    loop {
        while attempts.try_join_next().is_some() {}
        let Some(due) = webhooks.due().await else {
            return;
        };
        let free = MOST_AT_ONCE.saturating_sub(attempts.len());
        for (id, webhook_id) in due.ids.into_iter().take(free) {
            let webhooks = webhooks.clone();
            attempts.spawn(async move { webhooks.attempt(id, webhook_id).await });
        }
        let next = due.next.as_deref().and_then(moment);
        tokio::select! {
            () = webhooks.0.wake.notified() => {}
            () = its_time(&webhooks, next) => {}
            Some(_) = attempts.join_next(), if !attempts.is_empty() => {}
        }
    }
}

/// Waits for a time by the clock of the sandbox; indefinitely if there is none.
async fn its_time(webhooks: &Webhooks, next: Option<Moment>) {
    let Some(next) = next else {
        return pending().await;
    };
    while webhooks.now().is_some_and(|now| now < next) {
        tokio::time::sleep(TICK).await;
    }
}
