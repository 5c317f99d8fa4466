//! The task that delivers.

use std::time::Duration;

use tokio::task::{JoinHandle, JoinSet};

use super::Webhooks;

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
        let due = webhooks.book().due(webhooks.now());
        let free = MOST_AT_ONCE.saturating_sub(attempts.len());
        for id in due.into_iter().take(free) {
            let webhooks = webhooks.clone();
            attempts.spawn(async move { webhooks.attempt(id).await });
        }
        let is_waiting = webhooks.book().is_waiting();
        if is_waiting || !attempts.is_empty() {
            tokio::time::sleep(TICK).await;
        } else {
            webhooks.0.wake.notified().await;
        }
    }
}
