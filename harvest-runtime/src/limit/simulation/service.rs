//! Models of services.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use http::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use http::{HeaderName, StatusCode};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::SECOND;
use crate::Limiter;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// When a service forgets requests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// All at once, one window after the first of them.
    FromFirst,
    /// All at once, when the clock is at a multiple of the window.
    ByTheClock,
    /// Each individually, one window after it came.
    Sliding,
}

pub(super) const KINDS: [Kind; 3] = [Kind::FromFirst, Kind::ByTheClock, Kind::Sliding];

/// What a service says of the end of its window on each answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reset {
    Nothing,
    /// A whole window from now, whatever is left of it.
    UpperBound,
    WhenItEnds,
}

/// Neither this nor what is left of the window shows in its clock, which is a day off.
#[derive(Clone, Copy)]
pub(super) struct Service {
    pub(super) kind: Kind,
    pub(super) limit: u32,
    pub(super) window: Duration,
    pub(super) reset: Reset,
    /// Of the wall clock, when the test begins.
    pub(super) phase: Duration,
    /// Least and most, one way.
    pub(super) latency: (Duration, Duration),
    /// Says how many are left.
    pub(super) tells: bool,
}

pub(super) const SERVICE: Service = Service {
    kind: Kind::FromFirst,
    limit: 50,
    window: Duration::from_secs(10),
    reset: Reset::Nothing,
    phase: Duration::ZERO,
    latency: (Duration::ZERO, Duration::from_millis(5)),
    tells: true,
};

pub(super) struct Running {
    pub(super) service: Mutex<Service>,
    began: Instant,
    counted: Mutex<VecDeque<Instant>>,
    accepted: AtomicU32,
    refused: AtomicU32,
    random: Random,
}

impl Running {
    pub(super) fn start(service: Service) -> Arc<Self> {
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

    pub(super) fn accepted(&self) -> u32 {
        self.accepted.load(Ordering::Relaxed)
    }

    pub(super) fn refused(&self) -> u32 {
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
    pub(super) fn count(&self) -> (StatusCode, HeaderMap) {
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
    pub(super) async fn call(&self, limiter: &Limiter) -> StatusCode {
        let permit = limiter.next().await;
        let (least, most) = self.service().latency;
        sleep(self.random.between(least, most)).await;
        let (status, headers) = self.count();
        sleep(self.random.between(least, most)).await;
        limiter.observe(permit, status, &headers, Instant::now());
        status
    }

    /// Tasks that call without a break until the time is over.
    pub(super) async fn keep_busy(self: &Arc<Self>, limiter: &Limiter, tasks: u32, time: Duration) {
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
pub(super) struct Random(pub(super) Mutex<u64>);

impl Random {
    fn next(&self) -> u64 {
        let mut state = self.0.lock().unwrap();
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&self, end: u64) -> u64 {
        self.next() % end
    }

    pub(super) fn between(&self, least: Duration, most: Duration) -> Duration {
        let span = u64::try_from(most.saturating_sub(least).as_micros()).unwrap();
        least + Duration::from_micros(self.below(span + 1))
    }
}

/// The share of the allowance that was used in whole windows, in percent.
pub(super) fn used(running: &Running, time: Duration) -> f64 {
    let service = running.service();
    let windows = time.as_secs_f64() / service.window.as_secs_f64();
    100.0 * f64::from(running.accepted()) / (f64::from(service.limit) * windows)
}
