//! The limiter against models of services, on tokio's paused clock.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use http::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use http::{HeaderName, StatusCode};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::Limiter;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");
const SECOND: Duration = Duration::from_secs(1);

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// When a service forgets requests.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// All at once, one window after the first of them.
    FromFirst,
    /// All at once, when the clock is at a multiple of the window.
    ByTheClock,
    /// Each by itself, one window after it came.
    Sliding,
}

const KINDS: [Kind; 3] = [Kind::FromFirst, Kind::ByTheClock, Kind::Sliding];

/// What a service says of the end of its window on each answer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reset {
    Nothing,
    /// A whole window from now, whatever is left of it.
    UpperBound,
    WhenItEnds,
}

/// Neither this nor what is left of the window shows in its clock, which is a day off.
#[derive(Clone, Copy)]
struct Service {
    kind: Kind,
    limit: u32,
    window: Duration,
    reset: Reset,
    /// Of the wall clock, when the test begins.
    phase: Duration,
    /// Least and most, one way.
    latency: (Duration, Duration),
    /// Says how many are left.
    tells: bool,
}

const SERVICE: Service = Service {
    kind: Kind::FromFirst,
    limit: 50,
    window: Duration::from_secs(10),
    reset: Reset::Nothing,
    phase: Duration::ZERO,
    latency: (Duration::ZERO, Duration::from_millis(5)),
    tells: true,
};

struct Running {
    service: Mutex<Service>,
    began: Instant,
    counted: Mutex<VecDeque<Instant>>,
    accepted: AtomicU32,
    refused: AtomicU32,
    random: Random,
}

impl Running {
    fn start(service: Service) -> Arc<Self> {
        Arc::new(Self {
            service: Mutex::new(service),
            began: Instant::now(),
            counted: Mutex::default(),
            accepted: AtomicU32::new(0),
            refused: AtomicU32::new(0),
            random: Random(Mutex::new(u64::from(service.limit) + 7)),
        })
    }

    fn service(&self) -> Service {
        *self.service.lock().unwrap()
    }

    fn accepted(&self) -> u32 {
        self.accepted.load(Ordering::Relaxed)
    }

    fn refused(&self) -> u32 {
        self.refused.load(Ordering::Relaxed)
    }

    /// When the current window began, unless it slides.
    fn begin(&self, counted: &VecDeque<Instant>, service: &Service, now: Instant) -> Instant {
        match service.kind {
            Kind::FromFirst => *counted.front().unwrap_or(&now),
            Kind::ByTheClock => {
                let clock = service.phase + (now - self.began);
                let into = clock.as_nanos() % service.window.as_nanos();
                let into = Duration::from_nanos(u64::try_from(into).unwrap());
                now.checked_sub(into).unwrap_or(self.began)
            }
            Kind::Sliding => now,
        }
    }

    /// One request arrives.
    fn count(&self) -> (StatusCode, HeaderMap) {
        let service = self.service();
        let now = Instant::now();
        let mut counted = self.counted.lock().unwrap();
        match service.kind {
            Kind::FromFirst => {
                if self.begin(&counted, &service, now) + service.window <= now {
                    counted.clear();
                }
            }
            Kind::ByTheClock => {
                let begin = self.begin(&counted, &service, now);
                counted.retain(|at| *at >= begin);
            }
            Kind::Sliding => counted.retain(|at| *at + service.window > now),
        }
        let limit = usize::try_from(service.limit).unwrap();
        let refused = counted.len() >= limit;
        if refused {
            self.refused.fetch_add(1, Ordering::Relaxed);
        } else {
            counted.push_back(now);
            self.accepted.fetch_add(1, Ordering::Relaxed);
        }
        let oldest = match service.kind {
            Kind::Sliding => *counted.front().unwrap(),
            _ => self.begin(&counted, &service, now),
        };
        let end = oldest + service.window;

        // Some time in 2026, as far from the truth as can be.
        let clock = Duration::from_secs(1_772_445_600)
            + service.phase
            + (now - self.began)
            + SECOND * 86_400;
        let mut headers = HeaderMap::new();
        let date = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::from_std(clock).unwrap();
        let date = date.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        headers.insert(DATE, HeaderValue::from_str(&date).unwrap());
        if service.tells {
            headers.insert(LIMIT, service.limit.into());
            let remaining = u64::try_from(limit.saturating_sub(counted.len())).unwrap();
            headers.insert(REMAINING, remaining.into());
        }
        let reset = match service.reset {
            Reset::Nothing => None,
            Reset::UpperBound => Some(clock + service.window),
            Reset::WhenItEnds => Some(clock + (end - now)),
        };
        if let Some(reset) = reset {
            headers.insert(RESET, rounded_up(reset).into());
        }
        if refused {
            headers.insert(RETRY_AFTER, rounded_up(end - now).max(1).into());
            return (StatusCode::TOO_MANY_REQUESTS, headers);
        }
        (StatusCode::OK, headers)
    }

    /// One request there and back, paced.
    async fn call(&self, limiter: &Limiter) -> StatusCode {
        let permit = limiter.acquire().await;
        let (least, most) = self.service().latency;
        sleep(self.random.between(least, most)).await;
        let (status, headers) = self.count();
        sleep(self.random.between(least, most)).await;
        limiter.observe(permit, status, &headers, Instant::now());
        status
    }

    /// Tasks that call without a break until the time is over.
    async fn keep_busy(self: &Arc<Self>, limiter: &Limiter, tasks: u32, time: Duration) {
        let mut set = JoinSet::new();
        let end = Instant::now() + time;
        for _ in 0..tasks {
            let (running, limiter) = (Arc::clone(self), limiter.clone());
            set.spawn(async move {
                let _ = tokio::time::timeout_at(end, async {
                    loop {
                        running.call(&limiter).await;
                    }
                })
                .await;
            });
        }
        set.join_all().await;
    }
}

fn rounded_up(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

/// Small and repeatable (splitmix64).
struct Random(Mutex<u64>);

impl Random {
    fn next(&self) -> u64 {
        let mut state = self.0.lock().unwrap();
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&self, end: u64) -> u64 {
        self.next() % end
    }

    fn between(&self, least: Duration, most: Duration) -> Duration {
        let span = u64::try_from(most.saturating_sub(least).as_micros()).unwrap();
        least + Duration::from_micros(self.below(span + 1))
    }
}

/// The share of the allowance that was used in whole windows, in percent.
fn used(running: &Running, time: Duration) -> f64 {
    let service = running.service();
    let windows = time.as_secs_f64() / service.window.as_secs_f64();
    100.0 * f64::from(running.accepted()) / (f64::from(service.limit) * windows)
}

#[tokio::test(start_paused = true)]
async fn uses_the_allowance_of_any_service_without_a_refusal() {
    for kind in KINDS {
        for (limit, seconds, reset) in [
            (50, 10, Reset::Nothing),
            (20, 10, Reset::Nothing),
            (150, 30, Reset::UpperBound),
            (150, 30, Reset::WhenItEnds),
            (7, 10, Reset::UpperBound),
        ] {
            for (latency, tasks) in [
                ((ms(0), ms(0)), 200),
                ((ms(0), ms(5)), 200),
                ((ms(20), ms(120)), 200),
                ((ms(100), ms(100)), 8),
            ] {
                for phase in [ms(0), ms(7_300)] {
                    let service = Service {
                        kind,
                        limit,
                        window: SECOND * seconds,
                        reset,
                        latency,
                        phase,
                        ..SERVICE
                    };
                    let running = Running::start(service);
                    let time = SECOND * 60;
                    running.keep_busy(&Limiter::new(), tasks, time).await;
                    let used = used(&running, time);
                    let which = format!(
                        "{kind:?} {limit}/{seconds} {reset:?} {latency:?} {phase:?}: {used:.1} %, {} refused",
                        running.refused()
                    );
                    assert_eq!(running.refused(), 0, "{which}");
                    assert!(used >= 97.0, "{which}");
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn goes_on_like_that_for_an_hour() {
    for kind in KINDS {
        let running = Running::start(Service { kind, ..SERVICE });
        let time = SECOND * 3600;
        running.keep_busy(&Limiter::new(), 60, time).await;
        let used = used(&running, time);
        assert_eq!(running.refused(), 0, "{kind:?}");
        assert!(used >= 99.0, "{kind:?} {used}");
    }
}

/// Forty pages, one after the other or in parallel.
async fn forty_pages(service: Service, concurrency: u32) -> (Duration, u32) {
    let running = Running::start(service);
    let limiter = Limiter::new();
    let began = Instant::now();
    let call = async |running: &Running, limiter: &Limiter| {
        assert_eq!(running.call(limiter).await, StatusCode::OK);
    };
    // The first page tells how many there are.
    call(&running, &limiter).await;
    let mut set = JoinSet::new();
    for _ in 1..40 {
        if set.len() == concurrency as usize {
            set.join_next().await.unwrap().unwrap();
        }
        let (running, limiter) = (Arc::clone(&running), limiter.clone());
        set.spawn(async move { assert_eq!(running.call(&limiter).await, StatusCode::OK) });
    }
    set.join_all().await;
    (began.elapsed(), running.refused())
}

#[tokio::test(start_paused = true)]
async fn forty_pages_under_twenty_in_ten_seconds() {
    for kind in KINDS {
        for phase in [ms(0), ms(4_000)] {
            let near = Service {
                kind,
                phase,
                limit: 20,
                ..SERVICE
            };
            let (took, refused) = forty_pages(near, 1).await;
            assert_eq!(refused, 0, "{kind:?}");
            assert!(took <= ms(10_500), "{kind:?} {took:?}");

            let far = Service {
                latency: (ms(100), ms(100)),
                ..near
            };
            let (took, refused) = forty_pages(far, 8).await;
            assert_eq!(refused, 0, "{kind:?}");
            // One window, and three rounds of eight after it.
            assert!(took <= ms(10_600).mul_f64(1.05), "{kind:?} {took:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn finds_out_that_the_window_is_longer() {
    for kind in KINDS {
        for (seconds, tasks) in [(30, 200), (30, 4), (12, 50), (60, 50)] {
            let running = Running::start(Service {
                kind,
                window: SECOND * seconds,
                ..SERVICE
            });
            let limiter = Limiter::new();
            running.keep_busy(&limiter, tasks, SECOND * 540).await;
            let used = used(&running, SECOND * 540);
            let which = format!(
                "{kind:?} {seconds} s, {tasks} tasks: {used:.1} %, {} refused, {limiter:?}",
                running.refused()
            );
            assert!(running.refused() <= 2, "{which}");
            assert!(used >= 85.0, "{which}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn follows_a_limit_that_changes() {
    for kind in KINDS {
        let running = Running::start(Service { kind, ..SERVICE });
        let limiter = Limiter::new();
        running.keep_busy(&limiter, 100, SECOND * 60).await;
        assert_eq!(running.refused(), 0, "{kind:?}");

        running.service.lock().unwrap().limit = 20;
        running.keep_busy(&limiter, 100, SECOND * 30).await;
        // Those that were sent before the first answer with the new limit.
        assert!(running.refused() <= 50, "{kind:?} {}", running.refused());
        assert_eq!(limiter.snapshot().limit, 20);
        let (accepted, refused) = (running.accepted(), running.refused());
        running.keep_busy(&limiter, 100, SECOND * 100).await;
        assert_eq!(running.refused(), refused, "{kind:?}");
        let more = running.accepted() - accepted;
        assert!((194..=220).contains(&more), "{kind:?} {more}");

        running.service.lock().unwrap().limit = 80;
        running.keep_busy(&limiter, 100, SECOND * 20).await;
        let accepted = running.accepted();
        running.keep_busy(&limiter, 100, SECOND * 100).await;
        assert_eq!(running.refused(), refused, "{kind:?}");
        let more = running.accepted() - accepted;
        assert!((776..=880).contains(&more), "{kind:?} {more}");
    }
}

/// Another program takes two fifths.
#[tokio::test(start_paused = true)]
async fn leaves_room_for_others_with_the_same_key() {
    for kind in KINDS {
        let running = Running::start(Service { kind, ..SERVICE });
        let other = tokio::spawn({
            let running = Arc::clone(&running);
            async move {
                let mut refused = 0;
                for _ in 0..600 {
                    sleep(ms(500)).await;
                    let (status, _) = running.count();
                    refused += u32::from(status != StatusCode::OK);
                }
                refused
            }
        });
        let time = SECOND * 300;
        let limiter = Limiter::new();
        running.keep_busy(&limiter, 40, time).await;
        let others_refused = other.await.unwrap();
        let ours = running.refused() - others_refused;
        let used = used(&running, time);
        let which = format!("{kind:?}: {used:.1} %, {ours} of ours and {others_refused} of others");
        println!("{which}");
        assert!(ours <= running.accepted() / 20, "{which}");
        assert!(used >= 85.0, "{which}");
    }
}

/// 429 without a limit, a reset or a wait.
#[tokio::test(start_paused = true)]
async fn a_service_that_says_nothing() {
    let running = Running::start(Service {
        tells: false,
        ..SERVICE
    });
    let limiter = Limiter::new();
    running.keep_busy(&limiter, 100, SECOND * 60).await;
    assert_eq!(running.refused(), 0);
    assert!(used(&running, SECOND * 60) >= 97.0);
}

#[tokio::test(start_paused = true)]
async fn first_come_first_served() {
    let limiter = Limiter::starting_with(3, SECOND);
    let served = Arc::new(Mutex::new(Vec::new()));
    let mut set = JoinSet::new();
    for number in 0..50 {
        let (limiter, served) = (limiter.clone(), Arc::clone(&served));
        set.spawn(async move {
            // They ask one after the other, some of them while others wait and there is allowance again.
            sleep(ms(number * 37)).await;
            let permit = limiter.acquire().await;
            served.lock().unwrap().push(number);
            limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), Instant::now());
        });
    }
    sleep(ms(900)).await;
    assert_eq!(limiter.snapshot().waiting, 22);
    set.join_all().await;
    assert_eq!(*served.lock().unwrap(), (0..50).collect::<Vec<_>>());
    assert_eq!(limiter.snapshot().waiting, 0);
}

#[tokio::test(start_paused = true)]
async fn who_leaves_the_queue_gives_the_place_back() {
    let limiter = Limiter::starting_with(1, SECOND);
    drop(limiter.acquire().await);
    let ask = |limiter: &Limiter| {
        let limiter = limiter.clone();
        tokio::spawn(async move {
            let permit = limiter.acquire().await;
            let at = Instant::now();
            limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), at);
            at
        })
    };
    let began = Instant::now();
    let leaves = [ask(&limiter), ask(&limiter)];
    let stays = ask(&limiter);
    sleep(ms(100)).await;
    assert_eq!(limiter.snapshot().waiting, 3);
    // The first is the one that is next.
    for task in leaves {
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    }
    assert_eq!(limiter.snapshot().waiting, 1);
    // A second for the request that was given up, and another for its being late.
    let waited = stays.await.unwrap() - began;
    assert!(
        (SECOND * 2..SECOND * 2 + ms(10)).contains(&waited),
        "{waited:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn who_is_cancelled_while_sending_has_used_the_permit() {
    for fail in [false, true] {
        let limiter = Limiter::starting_with(2, SECOND * 10);
        let permit = limiter.acquire().await;
        assert_eq!(limiter.snapshot().remaining, 1);
        if fail {
            limiter.failed(permit);
        } else {
            drop(permit);
        }
        assert_eq!(limiter.snapshot().remaining, 1);
        sleep(SECOND * 10).await;
        assert_eq!(limiter.snapshot().remaining, 1, "may be late");
        sleep(ms(1_010)).await;
        assert_eq!(limiter.snapshot().remaining, 2);
    }
}

/// The first request is never answered; the others must not wait for it.
#[tokio::test(start_paused = true)]
async fn goes_on_without_the_answer_of_the_first() {
    let limiter = Limiter::new();
    let began = Instant::now();
    let first = limiter.acquire().await;
    let second = limiter.acquire().await;
    assert_eq!(began.elapsed(), SECOND);
    drop(first);
    let third = limiter.acquire().await;
    // The second is the one that goes alone now.
    assert_eq!(began.elapsed(), SECOND * 2);
    limiter.observe(
        second,
        StatusCode::OK,
        &headers(&[("X-RateLimit-Limit", "20")]),
        Instant::now(),
    );
    let permits = [
        limiter.acquire().await,
        limiter.acquire().await,
        limiter.acquire().await,
    ];
    assert_eq!(began.elapsed(), SECOND * 2);
    drop((third, permits));
    assert_eq!(limiter.snapshot().limit, 20);
}

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let pairs = pairs.iter().map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        (name, HeaderValue::from_static(value))
    });
    pairs.collect()
}

async fn accept(limiter: &Limiter, pairs: &[(&'static str, &'static str)]) {
    let permit = limiter.acquire().await;
    limiter.observe(permit, StatusCode::OK, &headers(pairs), Instant::now());
}

#[tokio::test(start_paused = true)]
async fn sees_others_in_what_remains() {
    let limiter = Limiter::starting_with(10, SECOND * 10);
    accept(&limiter, &[("x-ratelimit-remaining", "2")]).await;
    assert_eq!(limiter.snapshot().remaining, 2);
    // They may stop, and their requests are forgotten like ours.
    sleep(SECOND * 5).await;
    accept(&limiter, &[("x-ratelimit-remaining", "9")]).await;
    assert_eq!(limiter.snapshot().remaining, 9);
    sleep(SECOND * 11).await;
    assert_eq!(limiter.snapshot().remaining, 10);
}

#[tokio::test(start_paused = true)]
async fn sees_in_what_remains_that_the_window_is_longer() {
    let limiter = Limiter::new();
    for remaining in ["49", "48", "47"] {
        accept(&limiter, &[("x-ratelimit-remaining", remaining)]).await;
    }
    sleep(SECOND * 14).await;
    assert_eq!(limiter.snapshot().remaining, 50);
    accept(&limiter, &[("x-ratelimit-remaining", "46")]).await;
    let known = limiter.snapshot();
    assert_eq!((known.window, known.remaining), (SECOND * 14, 46));
    // Once a window is known, it is others.
    sleep(SECOND * 16).await;
    accept(&limiter, &[("x-ratelimit-remaining", "49")]).await;
    sleep(SECOND * 16).await;
    accept(&limiter, &[("x-ratelimit-remaining", "48")]).await;
    let known = limiter.snapshot();
    assert_eq!((known.window, known.remaining), (SECOND * 14, 48));
}

async fn refuse(limiter: &Limiter, pairs: &[(&'static str, &'static str)]) {
    let permit = limiter.acquire().await;
    let status = StatusCode::TOO_MANY_REQUESTS;
    limiter.observe(permit, status, &headers(pairs), Instant::now());
}

#[tokio::test(start_paused = true)]
async fn all_wait_after_a_refusal_and_then_one_goes_alone() {
    let limiter = Limiter::starting_with(50, SECOND * 10);
    let date = ("Date", "Mon, 02 Mar 2026 10:00:00 GMT");
    for (told, seconds) in [
        (("Retry-After", "7"), 7),
        (("retry-after", "Mon, 02 Mar 2026 10:00:04 GMT"), 4),
        (("X-RateLimit-Reset", "1772445603"), 3),
        (("X-RATELIMIT-RESET", "1772445603000"), 3),
        (("x-ratelimit-reset", "Mon, 02 Mar 2026 10:00:05 GMT"), 5),
        (("x-ratelimit-reset", "6"), 6),
    ] {
        let began = Instant::now();
        refuse(&limiter, &[date, told]).await;
        assert_eq!(limiter.snapshot().remaining, 0);
        let alone = limiter.acquire().await;
        assert_eq!(began.elapsed(), SECOND * seconds, "{told:?}");
        let next = limiter.acquire();
        assert!(timeout(ms(900), next).await.is_err(), "{told:?}");
        let told = headers(&[("x-ratelimit-remaining", "3"), ("x-ratelimit-limit", "4")]);
        limiter.observe(alone, StatusCode::OK, &told, Instant::now());
        let permits = [
            limiter.acquire().await,
            limiter.acquire().await,
            limiter.acquire().await,
        ];
        assert!(timeout(ms(900), limiter.acquire()).await.is_err());
        for permit in permits {
            limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), Instant::now());
        }
        sleep(SECOND * 100).await;
    }
}

/// Nothing that a service could send stops it for good or makes it panic.
#[tokio::test(start_paused = true)]
async fn odd_headers() {
    for (name, value) in [
        ("x-ratelimit-limit", "0"),
        ("x-ratelimit-limit", "4294967295"),
        ("x-ratelimit-limit", "-5"),
        ("x-ratelimit-remaining", "4294967295"),
        ("x-ratelimit-remaining", "many"),
        ("x-ratelimit-reset", "9223372036854775807"),
        ("x-ratelimit-reset", "-62135596800"),
        ("x-ratelimit-reset", "soon"),
        ("retry-after", "18446744073709551615"),
        ("retry-after", "1e300"),
        ("retry-after", "0"),
        ("retry-after", "-1"),
        ("retry-after", ""),
    ] {
        let limiter = Limiter::new();
        for _ in 0..3 {
            let permit = limiter.acquire().await;
            limiter.observe(
                permit,
                StatusCode::OK,
                &headers(&[(name, value)]),
                Instant::now(),
            );
            refuse(&limiter, &[(name, value)]).await;
        }
        let wait = timeout(SECOND * 86_401, limiter.acquire()).await;
        assert!(wait.is_ok(), "{name}: {value}");
        assert!(limiter.snapshot().limit > 0);
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_without_a_time_make_pauses_that_grow() {
    let limiter = Limiter::starting_with(50, SECOND * 10);
    let mut pauses = Vec::new();
    for _ in 0..7 {
        refuse(&limiter, &[]).await;
        let began = Instant::now();
        let permit = limiter.acquire().await;
        pauses.push(began.elapsed().as_millis());
        limiter.observe(
            permit,
            StatusCode::TOO_MANY_REQUESTS,
            &HeaderMap::new(),
            Instant::now(),
        );
    }
    assert_eq!(&pauses[..3], &[500, 2_000, 8_000]);
    assert_eq!(pauses.last(), Some(&10_000));
}

#[tokio::test(start_paused = true)]
async fn unlimited_never_waits() {
    let limiter = Limiter::unlimited();
    let began = Instant::now();
    for _ in 0..200 {
        refuse(&limiter, &[("retry-after", "10")]).await;
    }
    assert_eq!(began.elapsed(), Duration::ZERO);
}

/// Requests that come, fail, are cancelled and refused at random. The books never let more go than the limit in any
/// window, and everybody is served in the end.
#[tokio::test(start_paused = true)]
async fn whatever_happens() {
    for seed in 0..40 {
        let random = Arc::new(Random(Mutex::new(seed)));
        let limit = 1 + u32::try_from(random.below(10)).unwrap();
        let window = SECOND * (1 + u32::try_from(random.below(5)).unwrap());
        let limiter = Limiter::starting_with(limit, window);
        let arrivals = Arc::new(Mutex::new(Vec::new()));
        let mut set = JoinSet::new();
        let mut cancelled = Vec::new();
        for number in 0..120_u64 {
            let (limiter, arrivals, random) =
                (limiter.clone(), Arc::clone(&arrivals), Arc::clone(&random));
            let handle = set.spawn(async move {
                sleep(ms(random.below(20_000))).await;
                let permit = limiter.acquire().await;
                let began = Instant::now();
                // It is counted at any time until it is answered, and if not answered, up to a second later.
                let counted = began + random.between(ms(0), ms(300));
                arrivals.lock().unwrap().push(counted);
                sleep_until(counted).await;
                sleep(random.between(ms(0), ms(300))).await;
                let now = Instant::now();
                match random.below(4) {
                    0 => limiter.failed(permit),
                    1 => drop(permit),
                    _ => limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), now),
                }
            });
            if number % 3 == 0 {
                cancelled.push(handle);
            }
        }
        for handle in cancelled {
            sleep(ms(random.below(900))).await;
            handle.abort();
        }
        let all = timeout(SECOND * 3600, async {
            while let Some(result) = set.join_next().await {
                assert!(result.is_ok() || result.unwrap_err().is_cancelled());
            }
        });
        all.await.expect("everybody is served");
        assert_eq!(limiter.snapshot().waiting, 0);

        let mut times = arrivals.lock().unwrap().clone();
        times.sort();
        let limit = usize::try_from(limit).unwrap();
        assert!(times.len() >= 80);
        for pair in times.windows(limit + 1) {
            assert!(pair[limit] - pair[0] >= window, "seed {seed}");
        }
        sleep(window + SECOND * 2).await;
        let left = limiter.snapshot().remaining;
        assert_eq!(usize::try_from(left).unwrap(), limit, "seed {seed}");
    }
}
