//! The tokens of a client: one for each acting user, fetched once for all who need it.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use tracing::Instrument as _;

use super::token::Token;
use super::{Authorization, Failure, Secrets, TokenError, TokenSource};
use crate::limit::{Limiter, Patience};
use crate::pulse::{BEAT, Pulse, Watch};
use crate::substrings::Substrings;

/// How long a call waits for a renewal while its token is still good.
const RENEWAL: Duration = Duration::from_secs(2);
/// How much longer than a fetch may take a call waits for its end.
const GRACE: Duration = Duration::from_secs(1);
/// In so many looks a fetch that is driven has shown it.
const SILENT_LOOKS: u32 = 10;
/// Users whose tokens are kept. Of more, those go that were not used for the longest time.
const MOST_USERS: usize = 1024;
/// The tokens of so many are looked for in a text one by one. For more, the text is read once.
const FEW_USERS: usize = 4;

/// The tokens of a client.
pub(crate) struct Tokens {
    source: Arc<dyn TokenSource>,
    /// What the source itself authorizes with, where that is known.
    secrets: Option<Arc<dyn Secrets + Send + Sync>>,
    /// The time in which a source has to answer.
    patience: Duration,
    /// The limit of the service that issues them, where that is known.
    limiter: Option<Limiter>,
    users: Mutex<Users>,
}

#[derive(Default)]
struct Users {
    slots: HashMap<Option<i64>, (Arc<Slot>, u64)>,
    uses: u64,
}

/// The token of one user.
#[derive(Default)]
struct Slot {
    state: Mutex<State>,
}

/// A fetch under way, and what comes of it. Who waits holds nothing that others wait for.
#[derive(Clone)]
struct Flight {
    landed: watch::Receiver<Option<Result<Authorization, TokenError>>>,
    pulse: Pulse,
}

/// The runtime of a fetch is not driven.
struct NotDriven;

#[derive(Default)]
struct State {
    token: Option<Token>,
    flight: Option<Flight>,
}

impl Tokens {
    pub(super) fn new(source: Arc<dyn TokenSource>, patience: Duration) -> Self {
        Self {
            source,
            secrets: None,
            patience,
            limiter: None,
            users: Mutex::default(),
        }
    }

    /// Of a source whose own secrets are not to be printed either.
    pub(super) fn with_secrets<S>(source: S, patience: Duration) -> Self
    where
        S: TokenSource + Secrets + 'static,
    {
        let source = Arc::new(source);
        Self {
            secrets: Some(Arc::clone(&source) as _),
            ..Self::new(source, patience)
        }
    }

    /// Tokens of a service with this limit.
    pub(super) fn paced_by(self, limiter: Limiter) -> Self {
        Self {
            limiter: Some(limiter),
            ..self
        }
    }

    pub(super) fn limiter(&self) -> Option<&Limiter> {
        self.limiter.as_ref()
    }

    /// A token for the user. Those who ask while one is fetched share what comes of it, but for those who do not wait as
    /// long as the service that issues them wants to be left alone.
    pub(super) async fn authorize(
        &self,
        user: Option<i64>,
        patience: &mut Patience,
    ) -> Result<Authorization, TokenError> {
        let slot = lock(&self.users).slot(user);
        if let Some(fresh) = slot.fresh() {
            return Ok(fresh);
        }
        let obtaining = async {
            match &self.limiter {
                Some(limiter) => self.unless_paused(limiter, &slot, user, patience).await,
                None => self.obtain(&slot, user).await,
            }
        };
        let mut obtaining = pin!(obtaining);
        // It was to be renewed before its end, and is good until then.
        if slot.valid().is_some() {
            match timeout(RENEWAL, obtaining.as_mut()).await {
                Ok(Ok(renewed)) => return Ok(renewed),
                Ok(Err(failure)) => return slot.valid().ok_or(failure),
                Err(_) => {
                    if let Some(good) = slot.valid() {
                        return Ok(good);
                    }
                }
            }
        }
        obtaining.await
    }

    /// Fetches a token or waits for one, for as long as the call waits in pauses. A fetch does not wait in long ones, since it
    /// holds up all calls, also those of other processes; but calls may.
    async fn unless_paused(
        &self,
        limiter: &Limiter,
        slot: &Arc<Slot>,
        user: Option<i64>,
        patience: &mut Patience,
    ) -> Result<Authorization, TokenError> {
        let paused = |pause| TokenError::from(Failure::Paused(pause));
        loop {
            let obtaining = limiter.unless_paused(patience, self.obtain(slot, user));
            let obtained = obtaining.await.map_err(paused)?;
            let pause = match &obtained {
                Err(error) => error.pause().copied(),
                Ok(_) => None,
            };
            let Some(pause) = pause else {
                return obtained;
            };
            limiter.wait_out(pause, patience).await.map_err(paused)?;
        }
    }

    /// Fetches a token, or waits for one that is being fetched.
    async fn obtain(
        &self,
        slot: &Arc<Slot>,
        user: Option<i64>,
    ) -> Result<Authorization, TokenError> {
        loop {
            let mut flight = {
                let mut state = slot.state();
                // Another call may have fetched one meanwhile.
                if let Some(fresh) = state.fresh() {
                    return Ok(fresh);
                }
                match state.under_way() {
                    Some(flight) => flight,
                    None => self.fetch(slot, &mut state, user),
                }
            };
            match flight.land(self.patience.saturating_add(GRACE)).await {
                Ok(Some(landed)) => return landed,
                // The source panicked, or the runtime is shut down.
                Ok(None) => return Err(Failure::Interrupted.into()),
                // The runtime of its task is not driven, and this one is.
                Err(NotDriven) => slot.state().forget(&flight),
            }
        }
    }

    /// Fetches a token in a task of its own: if the call that asked for it is given up, others still get it, and what the
    /// source does is done to its end.
    fn fetch(&self, slot: &Arc<Slot>, state: &mut State, user: Option<i64>) -> Flight {
        let (landed, landing) = watch::channel(None);
        let flight = Flight {
            landed: landing,
            pulse: Pulse::default(),
        };
        state.flight = Some(flight.clone());
        let (source, slot, patience) = (Arc::clone(&self.source), Arc::clone(slot), self.patience);
        let own = flight.clone();
        let fetch = async move {
            let asked_at = Instant::now();
            let token = timeout(patience, source.token(user));
            let token = own.pulse.of(token, || ()).await;
            let token = token.unwrap_or_else(|_| Err(Failure::Late(patience).into()));
            let token = token.and_then(|token| Token::of(token, asked_at));
            let mut state = slot.state();
            state.forget(&own);
            landed.send_replace(Some(state.settle(token)));
        };
        tokio::spawn(fetch.in_current_span());
        flight
    }

    /// Forgets a token that was refused, unless another one took its place already.
    pub(super) fn invalidate(&self, user: Option<i64>, refused: &Authorization) {
        let slot = lock(&self.users).slot(user);
        let token = &mut slot.state().token;
        if token.as_ref().is_some_and(|token| token.is(refused)) {
            *token = None;
        }
    }
}

impl Secrets for Tokens {
    fn is_in_lowercase(&self, text: &str) -> bool {
        if self
            .secrets
            .as_ref()
            .is_some_and(|it| it.is_in_lowercase(text))
        {
            return true;
        }
        // Every call takes this lock, and a search takes long.
        let slots: Vec<_> = lock(&self.users).slots.values().cloned().collect();
        let tokens = slots.iter().filter_map(|(slot, _)| slot.authorization());
        if slots.len() <= FEW_USERS {
            return tokens.into_iter().any(|token| token.is_in_lowercase(text));
        }
        let substrings = Substrings::of(text.as_bytes());
        tokens.into_iter().any(|token| token.is_among(&substrings))
    }
}

impl Users {
    fn slot(&mut self, user: Option<i64>) -> Arc<Slot> {
        self.uses += 1;
        let now = self.uses;
        if let Some((slot, used)) = self.slots.get_mut(&user) {
            *used = now;
            return Arc::clone(slot);
        }
        if self.slots.len() >= MOST_USERS {
            let oldest = self.slots.iter().min_by_key(|(_, (_, used))| *used);
            if let Some(oldest) = oldest.map(|(user, _)| *user) {
                self.slots.remove(&oldest);
            }
        }
        let slot = Arc::<Slot>::default();
        self.slots.insert(user, (Arc::clone(&slot), now));
        slot
    }
}

impl Slot {
    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    fn fresh(&self) -> Option<Authorization> {
        self.state().fresh()
    }

    fn authorization(&self) -> Option<Authorization> {
        let state = self.state();
        state.token.as_ref().map(Token::authorization).cloned()
    }

    fn valid(&self) -> Option<Authorization> {
        self.state().token.as_ref().and_then(Token::valid)
    }
}

impl Flight {
    /// What comes of it, if its task does not end before.
    ///
    /// # Errors
    ///
    /// If the task is past its own deadline, or shows no more that it is driven. That is looked at many times, so that a source
    /// which blocks its thread for some seconds is not asked again meanwhile.
    async fn land(
        &mut self,
        longest: Duration,
    ) -> Result<Option<Result<Authorization, TokenError>>, NotDriven> {
        let looking = async {
            let mut watch = Watch::default();
            while watch.look(&self.pulse) < SILENT_LOOKS {
                let landed = self.landed.wait_for(Option::is_some);
                if let Ok(landed) = timeout(BEAT, landed).await {
                    return Ok(landed.ok().and_then(|it| it.clone()));
                }
            }
            Err(NotDriven)
        };
        timeout(longest, looking).await.unwrap_or(Err(NotDriven))
    }
}

impl State {
    fn fresh(&self) -> Option<Authorization> {
        self.token.as_ref().and_then(Token::fresh)
    }

    /// The fetch that is under way, unless its task was ended before it could say so.
    fn under_way(&self) -> Option<Flight> {
        let flight = self.flight.as_ref();
        flight.filter(|it| it.landed.has_changed().is_ok()).cloned()
    }

    /// A fetch came to its end, or is given up.
    fn forget(&mut self, flight: &Flight) {
        self.flight
            .take_if(|known| known.landed.same_channel(&flight.landed));
    }

    fn settle(&mut self, token: Result<Token, TokenError>) -> Result<Authorization, TokenError> {
        let token = token?;
        let authorization = token.authorization().clone();
        self.token = Some(token);
        Ok(authorization)
    }
}

/// What the locks guard is whole at any time.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::time::advance;

    use super::*;
    use crate::limit::NoTurn;
    use crate::{AccessToken, TokenFuture};

    const SECOND: Duration = Duration::from_secs(1);

    /// Issues tokens of this lifetime, and fails from some number on.
    struct Source(Option<Duration>, usize, AtomicUsize);

    impl TokenSource for Source {
        fn token(&self, _: Option<i64>) -> TokenFuture<'_> {
            let number = self.2.fetch_add(1, Ordering::Relaxed);
            let mut token = AccessToken::new(format!("token-{number}"));
            token.lifetime = self.0;
            let result = if number < self.1 {
                Ok(token)
            } else {
                Err(TokenError::new("no more"))
            };
            Box::pin(async move { result })
        }
    }

    fn tokens(lifetime: Option<Duration>, most: usize) -> (Tokens, Arc<Source>) {
        let source = Arc::new(Source(lifetime, most, AtomicUsize::new(0)));
        (Tokens::new(Arc::clone(&source) as _, SECOND), source)
    }

    #[tokio::test(start_paused = true)]
    async fn renewal_before_the_end() {
        for (lifetime, first, last) in [
            (Some(3600), 3539, 3541),
            // A tenth of a short one.
            (Some(100), 89, 91),
            // What ended before it came is used all the same for a while, for clocks may differ.
            (Some(0), 8, 10),
            (None, 539, 541),
            (Some(u64::MAX), 24 * 3600 - 61, 24 * 3600 - 59),
        ] {
            let (tokens, source) = tokens(lifetime.map(Duration::from_secs), usize::MAX);
            for (wait, fetched) in [(0, 1), (first, 1), (last - first, 2)] {
                advance(Duration::from_secs(wait)).await;
                assert!(
                    tokens
                        .authorize(None, &mut Patience::endless())
                        .await
                        .is_ok()
                );
                let count = source.2.load(Ordering::Relaxed);
                assert_eq!(count, fetched, "{lifetime:?}, {wait}");
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_token_that_cannot_be_renewed_is_good_until_its_end() {
        let (tokens, _) = tokens(Some(100 * SECOND), 1);
        for (wait, good) in [(0, true), (95, true), (6, false)] {
            advance(wait * SECOND).await;
            assert_eq!(
                tokens
                    .authorize(None, &mut Patience::endless())
                    .await
                    .is_ok(),
                good,
                "{wait}"
            );
        }
    }

    /// A fetch does not wait as long as the service wants to be left alone, and is made again after that.
    struct Impatient(Limiter, AtomicUsize, Duration);

    impl TokenSource for Impatient {
        fn token(&self, _: Option<i64>) -> TokenFuture<'_> {
            self.1.fetch_add(1, Ordering::Relaxed);
            Box::pin(async move {
                let mut patience = Patience::new(None, self.2);
                let permit = self.0.acquire(&mut patience).await;
                let paused = |no_turn| match no_turn {
                    NoTurn::Paused(pause) => Failure::Paused(pause),
                    NoTurn::Unbooked(reason) => unreachable!("{reason}"),
                };
                drop(permit.map_err(paused)?);
                Ok(AccessToken::new("a-token"))
            })
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_may_wait_longer_than_a_fetch_does() {
        for (max_pause, waits) in [(3_600, true), (399, false), (300, false)] {
            let limiter = Limiter::new();
            let permit = limiter.acquire(&mut Patience::endless()).await;
            let headers = [(http::header::RETRY_AFTER, "400".parse().unwrap())];
            let headers = http::HeaderMap::from_iter(headers);
            let status = http::StatusCode::TOO_MANY_REQUESTS;
            limiter.observe(permit.unwrap(), status, &headers, Instant::now());
            let source = Arc::new(Impatient(
                limiter.clone(),
                AtomicUsize::new(0),
                300 * SECOND,
            ));
            let tokens = Tokens::new(Arc::clone(&source) as _, 600 * SECOND).paced_by(limiter);
            let begun = Instant::now();
            let mut patience = Patience::new(None, max_pause * SECOND);
            let token = tokens.authorize(None, &mut patience).await;
            let asked = source.1.load(Ordering::Relaxed);
            if waits {
                assert!(token.is_ok());
                assert_eq!((begun.elapsed().as_secs(), asked), (400, 2));
                assert!(patience.paused() >= 399 * SECOND);
            } else {
                let error = token.map(drop).unwrap_err();
                assert!(error.is_paused() && begun.elapsed() < SECOND);
                assert!(
                    error
                        .to_string()
                        .contains(&format!("more than {max_pause} s"))
                );
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_turn_that_is_put_off_beyond_the_deadline_is_not_waited_for() {
        for seconds in [6, 199, 260] {
            let limiter = Limiter::new();
            let permit = limiter.acquire(&mut Patience::endless()).await;
            let headers = [("limit", "1"), ("remaining", "0"), ("reset", "200")];
            let headers = headers.map(|(name, value)| {
                let name = http::HeaderName::try_from(format!("x-ratelimit-{name}"));
                (name.unwrap(), value.parse().unwrap())
            });
            let headers = http::HeaderMap::from_iter(headers);
            limiter.observe(
                permit.unwrap(),
                http::StatusCode::OK,
                &headers,
                Instant::now(),
            );
            let source = Arc::new(Impatient(limiter.clone(), AtomicUsize::new(0), SECOND));
            let tokens = Tokens::new(source, 600 * SECOND).paced_by(limiter);
            let begun = Instant::now();
            let mut patience = Patience::new(Some(begun + seconds * SECOND), 300 * SECOND);
            let token = tokens.authorize(None, &mut patience).await;
            if seconds > 200 {
                assert!(token.is_ok());
                continue;
            }
            let error = token.map(drop).unwrap_err();
            assert!(error.is_paused() && begun.elapsed() < SECOND, "{error}");
            let text = error.to_string();
            let says = "takes requests again at";
            assert!(
                text.contains(says) && text.contains("raise ClientBuilder::timeout"),
                "{text}"
            );
        }
    }

    /// Issues the first token at once, and no other.
    struct Stuck(AtomicUsize);

    impl TokenSource for Stuck {
        fn token(&self, _: Option<i64>) -> TokenFuture<'_> {
            let is_first = self.0.fetch_add(1, Ordering::Relaxed) == 0;
            Box::pin(async move {
                if !is_first {
                    std::future::pending::<()>().await;
                }
                let mut token = AccessToken::new("a-token");
                token.lifetime = Some(100 * SECOND);
                Ok(token)
            })
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_token_that_is_good_is_used_while_its_renewal_takes_long() {
        let source = Arc::new(Stuck(AtomicUsize::new(0)));
        let tokens = Tokens::new(Arc::clone(&source) as _, 600 * SECOND);
        assert!(
            tokens
                .authorize(None, &mut Patience::endless())
                .await
                .is_ok()
        );
        advance(92 * SECOND).await;
        for asked in [2, 2] {
            let begun = Instant::now();
            assert!(
                tokens
                    .authorize(None, &mut Patience::endless())
                    .await
                    .is_ok()
            );
            assert_eq!(begun.elapsed(), RENEWAL);
            assert_eq!(source.0.load(Ordering::Relaxed), asked);
        }
    }

    /// Never issues the first token, and all others.
    struct Lost(AtomicUsize);

    impl TokenSource for Lost {
        fn token(&self, _: Option<i64>) -> TokenFuture<'_> {
            let is_first = self.0.fetch_add(1, Ordering::Relaxed) == 0;
            Box::pin(async move {
                if is_first {
                    std::future::pending::<()>().await;
                }
                Ok(AccessToken::new("a-token"))
            })
        }
    }

    /// Its deadline does not end it: that is a timer of the same runtime.
    #[test]
    fn a_fetch_on_an_idle_runtime_is_repeated_by_others() {
        let runtime = || {
            let mut builder = tokio::runtime::Builder::new_current_thread();
            builder.enable_all().build().unwrap()
        };
        // By its deadline, or where that is far, since it does not show that it is driven.
        for (patience, most) in [(SECOND / 10, 5 * SECOND), (600 * SECOND, 20 * SECOND)] {
            let source = Arc::new(Lost(AtomicUsize::new(0)));
            let tokens = Tokens::new(Arc::clone(&source) as _, patience);
            let (first, second) = (runtime(), runtime());
            let authorize = async || {
                tokens
                    .authorize(None, &mut Patience::endless())
                    .await
                    .map(drop)
            };
            let given_up = first.block_on(async { timeout(SECOND / 100, authorize()).await });
            assert!(given_up.is_err());
            let begun = std::time::Instant::now();
            assert!(second.block_on(authorize()).is_ok());
            assert!(begun.elapsed() < most);
            assert_eq!(source.0.load(Ordering::Relaxed), 2);
        }
    }

    /// A call that is not polled blocks no other, wherever it waits.
    #[tokio::test(start_paused = true)]
    async fn an_unpolled_call_does_not_block_a_token() {
        let (tokens, _) = tokens(None, 1);
        let (mut first, mut second) = (Patience::endless(), Patience::endless());
        let first = tokens.authorize(None, &mut first);
        let mut second = Box::pin(tokens.authorize(None, &mut second));
        tokio::select! {
            biased;
            _ = first => unreachable!("the fetch was not even begun"),
            _ = &mut second => unreachable!("nor this one"),
            () = std::future::ready(()) => {}
        }
        for _ in 0..2 {
            let mut patience = Patience::endless();
            let other = tokens.authorize(None, &mut patience);
            let other = timeout(SECOND, other).await;
            assert!(other.expect("it hangs").is_ok());
        }
        assert!(second.await.is_ok());
    }

    #[tokio::test]
    async fn only_so_many_users_are_kept() {
        let (tokens, source) = tokens(None, usize::MAX);
        let users = i64::try_from(MOST_USERS).unwrap();
        for user in 0..=users {
            assert!(
                tokens
                    .authorize(Some(user), &mut Patience::endless())
                    .await
                    .is_ok()
            );
        }
        assert_eq!(lock(&tokens.users).slots.len(), MOST_USERS);
        let fetched = source.2.load(Ordering::Relaxed);
        tokens
            .authorize(Some(users), &mut Patience::endless())
            .await
            .map_err(drop)
            .unwrap();
        assert_eq!(
            source.2.load(Ordering::Relaxed),
            fetched,
            "the last one is kept"
        );
        tokens
            .authorize(Some(0), &mut Patience::endless())
            .await
            .map_err(drop)
            .unwrap();
        assert_eq!(
            source.2.load(Ordering::Relaxed),
            fetched + 1,
            "the first one went"
        );
    }

    /// Issues tokens and is slow to compare with a text: they differ from it at their ends.
    struct Alike;

    impl TokenSource for Alike {
        fn token(&self, user: Option<i64>) -> TokenFuture<'_> {
            let token = format!("{}{}", "a".repeat(16_000), user.unwrap_or_default());
            Box::pin(async move { Ok(AccessToken::new(token)) })
        }
    }

    #[tokio::test]
    async fn a_search_for_many_tokens_takes_no_longer_than_they_are() {
        let tokens = Tokens::new(Arc::new(Alike), SECOND);
        for user in 1..=20 {
            let token = tokens.authorize(Some(user), &mut Patience::endless()).await;
            assert!(token.is_ok());
        }
        let begun = std::time::Instant::now();
        assert!(!tokens.is_in(&"a".repeat(65_000)));
        assert!(begun.elapsed() < 5 * SECOND, "{:?}", begun.elapsed());
        assert!(tokens.is_in(&format!("{}7", "A".repeat(65_000))));
    }

    /// The time of the text, and not that for each token.
    #[tokio::test]
    async fn a_text_is_read_once_for_all_tokens() {
        let (tokens, _) = tokens(None, usize::MAX);
        for user in 1..=1000 {
            let token = tokens.authorize(Some(user), &mut Patience::endless()).await;
            assert!(token.is_ok());
        }
        let text = "token ".repeat(10_000);
        let time = || {
            let times = (0..5).map(|_| {
                let begun = std::time::Instant::now();
                assert!(!tokens.is_in(&text));
                begun.elapsed()
            });
            times.min().unwrap()
        };
        let many = time();
        let few = |user: &Option<i64>| user.is_some_and(|user| user <= 10);
        lock(&tokens.users).slots.retain(|user, _| few(user));
        // A search for each would take a hundred times as long.
        let few = time();
        assert!(many < 20 * few, "{many:?}, {few:?}");
        assert!(tokens.is_in(&format!("{text}-TOKEN-9-")));
    }

    #[tokio::test]
    async fn secrets_are_found_and_refused_tokens_forgotten() {
        let (tokens, source) = tokens(None, usize::MAX);
        let first = tokens
            .authorize(None, &mut Patience::endless())
            .await
            .map_err(drop)
            .unwrap();
        assert!(tokens.is_in("id-TOKEN-0-x") && !tokens.is_in("token-1"));
        tokens.invalidate(None, &first);
        tokens
            .authorize(None, &mut Patience::endless())
            .await
            .map_err(drop)
            .unwrap();
        assert!(!tokens.is_in("token-0") && tokens.is_in("token-1"));
        // It is not the one that is used now.
        tokens.invalidate(None, &first);
        tokens
            .authorize(None, &mut Patience::endless())
            .await
            .map_err(drop)
            .unwrap();
        assert_eq!(source.2.load(Ordering::Relaxed), 2);
    }
}
