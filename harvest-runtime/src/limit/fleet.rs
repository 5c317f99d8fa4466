//! One allowance for processes of several machines: a ledger in Redis or Valkey.
//!
//! It is the ledger of one process, and what is done with it is done here. Two scripts read it with the server's clock, and
//! put its next state in its place unless another process did so in between (compare-and-swap); then it is read again.

mod ledger_key;

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, Mac as _};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use sha2::Sha256;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

pub(super) use self::ledger_key::LedgerKey;
use super::ledger::{Ledger, Ticket};
use super::not_yet::NotYet;
use super::outcome::Outcome;
use super::{GUESSED, LedgerStore, Limiter, Permit, Shared, Unbooked};
use crate::RateWindow;

/// There is no notification when another process changes the ledger: the next task in the queue asks this often.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// How long a server that cannot be asked is asked again, before calls fail.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a call asks at the least.
const LEAST_TRIES: u32 = 1;
/// The pause between two tries.
const RETRY: Duration = Duration::from_millis(100);
/// How long one answer of the server is waited for.
const ANSWER: Duration = Duration::from_secs(2);
/// What a credential signs, so that the name of its key reveals nothing of it.
const LABEL: &[u8] = b"harvest-runtime: the limiter of this credential";

impl Limiter {
    /// Shares one allowance with all processes that name the same server and the same credential, on any machine. Needs the
    /// feature `redis`. On one machine, a [file](Self::shared) does the same without a server.
    ///
    /// The server is Redis (7.0 or later) or Valkey: `redis://host:6379/0`, `redis+unix:///run/redis.sock`. (For `rediss://`,
    /// add the crate `redis` with a feature for TLS to your program.) The credential is what the service counts by: an API
    /// key, or the secret of a client. The name of the key in Redis is an HMAC of it.
    ///
    /// ```no_run
    /// # #[cfg(feature = "redis")] {
    /// use harvest_runtime::{CallOptions, Limiter};
    ///
    /// # async fn options(key: &str) -> std::io::Result<CallOptions> {
    /// let limiter = Limiter::redis("redis://limits.internal:6379", key).await?;
    /// let options = CallOptions::new().limiter(limiter);
    /// # Ok(options)
    /// # }
    /// # }
    /// ```
    ///
    /// # What it relies on
    ///
    /// - The clock of the server alone, and none of the machines.
    /// - It fails closed: while the server cannot be asked, nothing is sent. After five seconds of that, calls fail
    ///   ([`Error::is_unbooked`](crate::Error::is_unbooked)).
    /// - A server that was started again, or whose key is gone, may have forgotten requests: for one window, nothing is
    ///   sent. So it is when a key is used for the first time. Persistence is not needed.
    /// - A process can end at any time. A request of which it had no answer yet counts as one without an answer after 15
    ///   seconds.
    /// - In the key are times and counts, and nothing about the requests or their answers. It has no end, and a few
    ///   kilobytes: remove it with the credential. A server that evicts keys (`maxmemory-policy`) makes calls wait for a
    ///   window each time.
    /// - [`snapshot`](Self::snapshot) is what this process saw last. Places of bulk jobs are counted by each process
    ///   for itself.
    ///
    /// # Errors
    ///
    /// If the URL makes no sense, or the server cannot be reached or used.
    pub async fn redis(url: &str, credential: &str) -> io::Result<Self> {
        Self::in_redis(url, credential, None).await
    }

    /// Shares one allowance, and begins with a limit that you know, as [`starting_with`](Self::starting_with) does. It
    /// takes the place of what the server has.
    ///
    /// # Errors
    ///
    /// As those of [`redis`](Self::redis).
    pub async fn redis_starting_with(
        url: &str,
        credential: &str,
        limit: u32,
        window: Duration,
    ) -> io::Result<Self> {
        Self::in_redis(url, credential, Some((limit, window))).await
    }

    async fn in_redis(
        url: &str,
        credential: &str,
        known: Option<(u32, Duration)>,
    ) -> io::Result<Self> {
        let failed = |kind, error: &redis::RedisError| {
            // The text of an error may repeat the URL, with a password.
            io::Error::new(kind, Unbooked::new(ledger_key::reason(error)).to_string())
        };
        let client = redis::Client::open(url);
        let client = client.map_err(|error| failed(ErrorKind::InvalidInput, &error))?;
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_connection_timeout(Some(ANSWER))
            .set_response_timeout(Some(ANSWER));
        let connection = ConnectionManager::new_with_config(client, config).await;
        let connection =
            connection.map_err(|error| failed(ErrorKind::ConnectionRefused, &error))?;
        let guess = known.map_or(GUESSED, |(requests, window)| RateWindow {
            requests,
            window,
            aligned: false,
        });
        let mut beginning = Ledger::guessing(guess);
        if let Some((limit, window)) = known {
            beginning.know(limit, window);
        }
        let store = LedgerKey::new(connection, key_name(credential)?, beginning);
        let opened = store.update(|ledger, _| {
            if let Some((limit, window)) = known {
                ledger.know(limit, window);
            }
        });
        opened
            .await
            .map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Self::of(LedgerStore::Fleet(Arc::new(store)), true))
    }
}

/// The name of the key of a credential, which does not lead back to it.
fn key_name(credential: &str) -> io::Result<String> {
    let mac = Hmac::<Sha256>::new_from_slice(credential.as_bytes());
    let mut mac = mac.map_err(|_| io::Error::from(ErrorKind::InvalidInput))?;
    mac.update(LABEL);
    let digest = mac.finalize().into_bytes();
    let digits = digest.iter().map(|byte| format!("{byte:02x}"));
    Ok(format!("harvest:limiter:{}", digits.collect::<String>()))
}

impl Shared {
    /// A permit, or when to ask again.
    ///
    /// # Errors
    ///
    /// If the server could not be asked for a while.
    pub(super) async fn ask_fleet(
        self: &Arc<Self>,
        store: &Arc<LedgerKey>,
    ) -> Result<Result<Permit, NotYet<Instant>>, Unbooked> {
        let mut tries = 0;
        loop {
            let (shared, theirs) = (Arc::clone(self), Arc::clone(store));
            // In a task of its own: should who waits for it be gone, the permit is dropped on the way, unsent.
            let ask = tokio::spawn(async move {
                let verdict = theirs.update(|ledger, now| shared.verdict(ledger, now));
                let verdict = verdict.await?;
                Ok::<_, Unbooked>(verdict.map(|ticket| shared.permit(ticket)))
            });
            let verdict = match ask.await {
                Ok(verdict) => verdict,
                Err(error) => match error.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    // The runtime ends, and this task with it.
                    Err(_) => return Ok(Err(NotYet::LATER)),
                },
            };
            match verdict {
                Ok(verdict) => {
                    return Ok(verdict.map_err(|later| {
                        let later = later.map(|moment| store.clock().instant(moment));
                        later.by(Instant::now() + LOOK_AGAIN)
                    }));
                }
                // The first one finds out that the connection is gone, and the second one waits for another.
                Err(error) if tries >= LEAST_TRIES && store.is_away_for(PATIENCE) => {
                    store.give_up(error.clone());
                    return Err(error);
                }
                Err(_) => {
                    tries += 1;
                    sleep(RETRY).await;
                }
            }
        }
    }

    pub(super) fn tell_fleet(
        self: &Arc<Self>,
        store: &Arc<LedgerKey>,
        ticket: Ticket,
        outcome: Outcome,
    ) {
        store.note(ticket, outcome);
        let (shared, theirs) = (Arc::clone(self), Arc::clone(store));
        // Not waited for: the next caller reports it first.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                theirs.write_notes().await;
                shared.publish_pause();
                shared.changed.notify_one();
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_keys_do_not_lead_back() {
        let name = key_name("a-key").unwrap();
        assert_eq!(name, key_name("a-key").unwrap());
        assert_ne!(name, key_name("b-key").unwrap());
        assert!(!name.contains("a-key") && name.len() == 80, "{name}");
    }
}
