//! Limiters that share a file, as if each were in a process of its own.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::service::{KINDS, Running, SERVICE, Service, used};
use super::{SECOND, headers, ms, refuse};
use crate::Limiter;
use crate::limit::moment::Clock;

/// The clock of a machine whose time is tokio's.
const CLOCK: Clock = Clock::Common(|| {
    static ZERO: LazyLock<std::time::Instant> = LazyLock::new(std::time::Instant::now);
    // Some time in 2026.
    let zero = Duration::from_secs(1_772_445_600);
    zero + Instant::now().into_std().saturating_duration_since(*ZERO)
});

/// A file that is gone with the test.
pub(super) struct Temporary(PathBuf);

impl Temporary {
    pub(super) fn new(name: &str) -> Self {
        let name = format!("harvest-limiter-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_file(&path);
        Self(path)
    }

    pub(super) fn limiter(&self) -> Limiter {
        Limiter::open(self.0.clone(), None, CLOCK).unwrap()
    }

    pub(super) fn knowing(&self, limit: u32, window: Duration) -> Limiter {
        Limiter::open(self.0.clone(), Some((limit, window)), CLOCK).unwrap()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// The clock stands still until the threads that write into the file have done so.
pub(super) async fn written() {
    sleep(ms(1)).await;
}

async fn accept(limiter: &Limiter) {
    super::accept(limiter, &[]).await;
    written().await;
}

#[tokio::test(start_paused = true)]
async fn three_use_the_allowance_of_one() {
    for kind in KINDS {
        let file = Temporary::new("three");
        let running = Running::start(Service { kind, ..SERVICE });
        let time = SECOND * 30;
        let mut set = JoinSet::new();
        for _ in 0..3 {
            let (running, limiter) = (Arc::clone(&running), file.limiter());
            set.spawn(async move { running.keep_busy(&limiter, 40, time).await });
        }
        set.join_all().await;
        let used = used(&running, time);
        let which = format!("{kind:?}: {used:.1} %, {} refused", running.refused());
        assert_eq!(running.refused(), 0, "{which}");
        assert!(used >= 95.0, "{which}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_one_learns_the_others_know() {
    let file = Temporary::new("learns");
    let (one, other) = (file.limiter(), file.limiter());
    super::accept(&one, &[("x-ratelimit-limit", "3")]).await;
    written().await;
    accept(&other).await;
    let known = other.snapshot();
    assert_eq!((known.limit, known.remaining), (3, 1));

    refuse(&one, &[("retry-after", "7")]).await;
    written().await;
    let began = Instant::now();
    accept(&other).await;
    assert!((SECOND * 7..SECOND * 8).contains(&began.elapsed()));
}

#[tokio::test(start_paused = true)]
async fn a_late_one_goes_on_where_the_others_stand() {
    let file = Temporary::new("late");
    let early = file.knowing(2, SECOND * 10);
    accept(&early).await;
    accept(&early).await;
    drop(early);
    let late = file.limiter();
    assert_eq!((late.snapshot().limit, late.snapshot().remaining), (2, 0));
    assert!(timeout(SECOND * 9, late.next()).await.is_err());
    let began = Instant::now();
    accept(&late).await;
    assert!(began.elapsed() <= SECOND * 2);
}

/// A process that is killed reports nothing of its requests any more.
#[tokio::test(start_paused = true)]
async fn requests_of_the_dead_count_for_a_while() {
    let file = Temporary::new("dead");
    let dead = file.knowing(2, SECOND * 10);
    for _ in 0..2 {
        std::mem::forget(dead.next().await);
    }
    let alive = file.limiter();
    let began = Instant::now();
    accept(&alive).await;
    let waited = began.elapsed();
    // Fifteen seconds for an answer, a second for being late, and the window.
    assert!((SECOND * 26..SECOND * 27).contains(&waited), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn who_leaves_before_the_turn_has_used_nothing() {
    let file = Temporary::new("leaves");
    let limiter = file.knowing(1, SECOND * 10);
    accept(&limiter).await;
    for _ in 0..3 {
        assert!(timeout(ms(100), limiter.next()).await.is_err());
    }
    // Some leave while the ledger are being asked.
    for wait in 0..200 {
        let asked = limiter.next();
        let _ = timeout(Duration::from_micros(wait), asked).await;
    }
    sleep(SECOND * 11).await;
    let began = Instant::now();
    accept(&limiter).await;
    assert!(began.elapsed() < SECOND, "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_file_that_is_torn_or_gone_is_begun_anew() {
    let file = Temporary::new("torn");
    let limiter = file.knowing(50, SECOND * 10);
    accept(&limiter).await;
    let whole = fs::read(&file.0).unwrap();
    let half = whole.len() / 2;
    let torn = [
        Vec::new(),
        vec![0; 512],
        whole[..half].to_vec(),
        [&whole[..half], b"\n", &whole[half..]].concat(),
        // The beginning of one write, and the end of another.
        String::from_utf8(whole.clone())
            .unwrap()
            .replacen("\"serial\":", "\"serial\":1", 1)
            .into_bytes(),
        String::from_utf8(whole.clone())
            .unwrap()
            .replace("\"limit\":50", "\"limit\":0")
            .into_bytes(),
    ];
    for content in torn {
        assert_ne!(content, whole);
        let permit = limiter.next().await;
        fs::write(&file.0, &content).unwrap();
        // Of ledger that are lost.
        limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), Instant::now());
        written().await;
        let other = file.limiter();
        accept(&other).await;
        let reported = headers(&[("x-ratelimit-limit", "50"), ("x-ratelimit-remaining", "30")]);
        let permit = other.next().await;
        other.observe(permit, StatusCode::OK, &reported, Instant::now());
        written().await;
        accept(&limiter).await;
        assert_eq!(limiter.snapshot().remaining, 29);
        sleep(SECOND * 60).await;
    }
    for _ in 0..3 {
        fs::remove_file(&file.0).unwrap();
        accept(&limiter).await;
        assert!(file.0.exists());
    }
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let file = Temporary::new("else");
    for (content, reason) in [
        ("dear diary", "something else"),
        ("{\"harvest_limiter\":2,\"x\":1}", "another version"),
    ] {
        fs::write(&file.0, content).unwrap();
        let error = Limiter::shared(&file.0).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
        assert!(error.contains(file.0.to_str().unwrap()), "{error}");
        assert_eq!(fs::read_to_string(&file.0).unwrap(), content);
    }
    assert!(Limiter::shared("/nowhere/at/all").is_err());
}

/// It becomes something else while it is used.
#[tokio::test(start_paused = true)]
async fn goes_on_alone_without_the_file() {
    let file = Temporary::new("alone");
    let limiter = file.knowing(3, SECOND * 10);
    accept(&limiter).await;
    let whole = fs::read(&file.0).unwrap();
    fs::write(&file.0, "dear diary").unwrap();
    accept(&limiter).await;
    accept(&limiter).await;
    assert!(timeout(SECOND * 9, limiter.next()).await.is_err());
    assert_eq!(fs::read_to_string(&file.0).unwrap(), "dear diary");
    accept(&limiter).await;
    fs::write(&file.0, whole).unwrap();
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_and_says_nothing() {
    use std::os::unix::fs::PermissionsExt as _;

    let file = Temporary::new("private");
    let _limiter = Limiter::shared(&file.0).unwrap();
    let mode = fs::metadata(&file.0).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

/// The clock of the wall goes back by an hour.
#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_back_stops_nobody() {
    let file = Temporary::new("clock");
    let early = file.knowing(1, SECOND * 10);
    accept(&early).await;
    sleep(SECOND * 5).await;
    let set_back = Clock::Common(|| {
        let Clock::Common(now) = CLOCK else {
            return Duration::ZERO;
        };
        now().saturating_sub(SECOND * 3600)
    });
    let late = Limiter::open(file.0.clone(), None, set_back).unwrap();
    let began = Instant::now();
    accept(&late).await;
    assert!(
        (SECOND * 9..SECOND * 11).contains(&began.elapsed()),
        "{:?}",
        began.elapsed()
    );
}
