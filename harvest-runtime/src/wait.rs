//! Announcements of long waits to a function of the user's own.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use crate::seconds::Seconds;
use crate::{Limiter, Operation};

/// Shorter waits are not announced.
const LONG: Duration = Duration::from_secs(1);

/// A wait of more than a second, as a function given to [`ClientBuilder::on_wait`](crate::ClientBuilder::on_wait) gets to
/// see it.
///
/// It prints as a sentence, `list_users (GET /v1/users): waits about 8.2 s for its turn under the rate limit`, and holds
/// nothing about a person.
#[derive(Debug, Clone)]
pub struct Wait {
    operation: Option<&'static Operation>,
    duration: Duration,
    reason: WaitReason,
}

/// The reason of a [`Wait`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaitReason {
    /// The requests that the service grants in a window are used up, by this call or by others that wait before it.
    Allowance,
    /// The service refused a request for now: with 429, or with another status and `Retry-After`.
    Pause,
    /// An attempt failed in a way that may pass, and is made again ([`retry`](crate::retry)).
    Retry,
    /// A record that was created cannot be read yet ([`PollOptions`](crate::PollOptions)).
    NotReady,
}

impl Wait {
    /// The operation that waits. `None` for the download of a file, which need not be the API's.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// How long it takes as a whole. For a [turn](WaitReason::Allowance) under the rate limit it is an estimate that can
    /// be short: others who use the same key can use up what comes back.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// Why it is waited for.
    pub fn reason(&self) -> WaitReason {
        self.reason
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operation {
            Some(operation) => write!(f, "{operation}: ")?,
            None => f.write_str("a file: ")?,
        }
        write!(f, "waits about {} ", Seconds(self.duration))?;
        f.write_str(match self.reason {
            WaitReason::Allowance => "for its turn under the rate limit",
            WaitReason::Pause => "because the service refused a request for now",
            WaitReason::Retry => "before it is sent again after a failure",
            WaitReason::NotReady => "for a record that is not ready yet",
        })
    }
}

type Listener = dyn Fn(&Wait) + Send + Sync;

/// The user's function, if there is one.
#[derive(Clone, Default)]
pub(crate) struct OnWait(Option<Arc<Listener>>);

impl OnWait {
    pub(crate) fn new(listener: impl Fn(&Wait) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.is_some()
    }

    /// A wait of this length begins.
    pub(crate) fn announce(
        &self,
        operation: Option<&'static Operation>,
        duration: Duration,
        reason: WaitReason,
    ) {
        if let Some(listener) = self.0.as_ref().filter(|_| duration > LONG) {
            listener(&Wait {
                operation,
                duration,
                reason,
            });
        }
    }

    /// Waits for a turn under the limit, and announces that once it is known to take long.
    pub(crate) async fn turn<F: Future>(
        &self,
        operation: &'static Operation,
        limiter: &Limiter,
        turn: F,
    ) -> F::Output {
        if !self.is_set() {
            return turn.await;
        }
        let foreseen = limiter.turn_behind(limiter.waiting());
        // How long others hold it up is not always to be foreseen.
        let silence = if foreseen > LONG {
            Duration::ZERO
        } else {
            LONG
        };
        after(silence, turn, || {
            let rest = limiter.turn_behind(0).max(Duration::from_millis(1));
            let reason = match limiter.snapshot().pause {
                Some(_) => WaitReason::Pause,
                None => WaitReason::Allowance,
            };
            self.announce(Some(operation), foreseen.max(silence + rest), reason);
        })
        .await
    }

    /// Waits for a token, and announces that if the service that issues it asked for a long pause.
    pub(crate) async fn token<F: Future>(
        &self,
        operation: &'static Operation,
        limiter: Option<&Limiter>,
        token: F,
    ) -> F::Output {
        let Some(limiter) = limiter.filter(|_| self.is_set()) else {
            return token.await;
        };
        after(LONG, token, || {
            if let Some(pause) = limiter.snapshot().pause {
                self.announce(Some(operation), pause, WaitReason::Pause);
            }
        })
        .await
    }
}

/// Awaits a future, and announces it if it takes longer than this.
async fn after<F: Future>(silence: Duration, future: F, announce: impl FnOnce()) -> F::Output {
    let mut future = pin!(future);
    if let Ok(output) = timeout(silence, future.as_mut()).await {
        return output;
    }
    announce();
    future.await
}

/// Prints whether there is one.
impl fmt::Debug for OnWait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OnWait").field(&self.is_set()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use http::{HeaderMap, StatusCode};
    use tokio::time::Instant;

    use super::*;
    use crate::limit::{Patience, Permit};
    use crate::{ActingUser, Method, Pagination};

    static READ: Operation = Operation {
        id: "read",
        method: Method::Get,
        path: "/read",
        tag: "reads",
        permission: "",
        pagination: Pagination::None,
        idempotent: true,
        acting_user: ActingUser::None,
        deprecated: false,
        replaced_by: None,
        statuses: &[200],
        documentation: "",
    };

    struct Heard {
        on_wait: OnWait,
        waits: Arc<Mutex<Vec<(Duration, Wait)>>>,
    }

    /// Remembers each wait, and when it was announced.
    fn listen() -> Heard {
        let begun = Instant::now();
        let waits = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&waits);
        let on_wait = OnWait::new(move |wait| {
            let mut heard = heard.lock().unwrap();
            heard.push((begun.elapsed(), wait.clone()));
        });
        Heard { on_wait, waits }
    }

    impl Heard {
        async fn turn(&self, limiter: &Limiter) -> Permit {
            let mut patience = Patience::endless();
            let turn = limiter.acquire(&mut patience);
            self.on_wait.turn(&READ, limiter, turn).await.unwrap()
        }

        async fn call(&self, limiter: &Limiter, status: StatusCode) {
            let permit = self.turn(limiter).await;
            limiter.observe(permit, status, &HeaderMap::new(), Instant::now());
        }

        /// When each was announced, how long it takes and why, in whole seconds.
        fn waits(&self) -> Vec<(u64, u64, WaitReason)> {
            let waits = self.waits.lock().unwrap();
            let seconds = |time: Duration| time.as_secs();
            waits
                .iter()
                .map(|(at, wait)| (seconds(*at), seconds(wait.duration), wait.reason))
                .collect()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_used_up_allowance_is_announced_when_the_wait_begins() {
        let heard = listen();
        let limiter = Limiter::starting_with(2, Duration::from_secs(30));
        for _ in 0..5 {
            heard.call(&limiter, StatusCode::OK).await;
        }
        let allowance = WaitReason::Allowance;
        assert_eq!(heard.waits(), [(0, 30, allowance), (30, 30, allowance)]);
        let text = heard.waits.lock().unwrap()[0].1.to_string();
        assert!(
            text.starts_with("read (GET /read): waits about 3"),
            "{text}"
        );
        assert!(
            text.ends_with(" s for its turn under the rate limit"),
            "{text}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn short_waits_are_not_announced() {
        let heard = listen();
        let limiter = Limiter::starting_with(1, Duration::from_millis(900));
        for _ in 0..5 {
            heard.call(&limiter, StatusCode::OK).await;
        }
        heard.call(&limiter, StatusCode::TOO_MANY_REQUESTS).await;
        heard.call(&limiter, StatusCode::OK).await;
        assert_eq!(heard.waits(), []);
        heard.on_wait.announce(Some(&READ), LONG, WaitReason::Retry);
        assert_eq!(heard.waits(), []);
    }

    #[tokio::test(start_paused = true)]
    async fn a_queue_is_foreseen() {
        let heard = Arc::new(listen());
        let limiter = Limiter::starting_with(2, Duration::from_secs(10));
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let (heard, limiter) = (Arc::clone(&heard), limiter.clone());
            tasks.spawn(async move { heard.call(&limiter, StatusCode::OK).await });
            tokio::task::yield_now().await;
        }
        tasks.join_all().await;
        let announced: Vec<_> = heard.waits().iter().map(|wait| (wait.0, wait.1)).collect();
        assert_eq!(announced, [(0, 10), (0, 10), (0, 20), (0, 20)]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_says_so() {
        let heard = listen();
        let limiter = Limiter::starting_with(50, Duration::from_secs(30));
        let permit = heard.turn(&limiter).await;
        let headers = [(http::header::RETRY_AFTER, "20".parse().unwrap())];
        let headers = HeaderMap::from_iter(headers);
        let status = StatusCode::TOO_MANY_REQUESTS;
        limiter.observe(permit, status, &headers, Instant::now());
        heard.call(&limiter, StatusCode::OK).await;
        assert_eq!(heard.waits(), [(0, 20, WaitReason::Pause)]);
    }

    /// The first request goes alone, and its answer decides when the others follow.
    #[tokio::test(start_paused = true)]
    async fn what_was_not_foreseen_is_announced_after_a_second() {
        let heard = listen();
        let limiter = Limiter::starting_with(1, Duration::from_millis(1));
        heard.call(&limiter, StatusCode::OK).await;
        let slow = heard.turn(&limiter).await;
        let later = async {
            tokio::time::sleep(Duration::from_secs(8)).await;
            let headers = HeaderMap::new();
            limiter.observe(slow, StatusCode::OK, &headers, Instant::now());
        };
        tokio::join!(heard.call(&limiter, StatusCode::OK), later);
        assert_eq!(heard.waits(), [(1, 1, WaitReason::Allowance)]);
    }
}
