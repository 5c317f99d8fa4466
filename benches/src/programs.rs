//! What is measured, each in a process of its own.

use std::error::Error;
use std::time::Duration;

use harvest_generated::v1::Client;
use harvest_runtime::Limiter;
use harvest_runtime::retry::Never;
use reqwest::header::{HeaderMap, LINK};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use crate::people::FIRST_ID;
use crate::record::Candidate;

const KEY: &str = "a-key";

/// What a program found, printed as JSON in its last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Found {
    /// How many records came, or how many calls succeeded.
    pub records: u64,
    /// Each record came once, none was left out before the last, and all in order.
    pub in_order: bool,
    /// The most memory that the process had, in KiB; nothing where the system does not say.
    pub peak_kib: Option<u64>,
}

/// Counts records without keeping them. Their ids follow each other without a gap.
struct Seen {
    records: u64,
    next: i64,
    in_order: bool,
}

impl Seen {
    fn nothing() -> Self {
        Self {
            records: 0,
            next: FIRST_ID,
            in_order: true,
        }
    }

    fn add(&mut self, id: i64) {
        self.in_order &= id == self.next;
        self.next = id + 1;
        self.records += 1;
    }

    fn found(self) -> Found {
        Found {
            records: self.records,
            in_order: self.in_order,
            peak_kib: peak_kib(),
        }
    }
}

/// Reads all candidates with the client.
///
/// # Errors
///
/// If the list breaks off.
pub async fn items(
    url: &str,
    per_page: i32,
    concurrency: usize,
    window: Duration,
) -> Result<Found, Box<dyn Error>> {
    let client = client(url, window)?;
    let list = client.list_candidates().per_page(per_page).items();
    let mut candidates = list.concurrency(concurrency);
    let mut seen = Seen::nothing();
    while let Some(candidate) = candidates.next().await {
        seen.add(candidate?.id.0);
    }
    Ok(seen.found())
}

/// Reads all candidates with what one writes without a client: no retries, no limit, no check of anything.
///
/// # Errors
///
/// If anything goes wrong at all.
pub async fn bare(url: &str, per_page: i32) -> Result<Found, Box<dyn Error>> {
    let client = reqwest::Client::new();
    let mut page = Some(format!("{url}/v1/candidates?per_page={per_page}"));
    let mut seen = Seen::nothing();
    while let Some(url) = page {
        let request = client.get(url).basic_auth(KEY, None::<&str>);
        let answer = request.send().await?.error_for_status()?;
        page = next_page(answer.headers());
        let candidates: Vec<Candidate> = serde_json::from_slice(&answer.bytes().await?)?;
        for candidate in candidates {
            seen.add(candidate.id);
        }
    }
    Ok(seen.found())
}

fn next_page(headers: &HeaderMap) -> Option<String> {
    let links = headers.get(LINK)?.to_str().ok()?;
    let next = links
        .split(',')
        .find(|link| link.contains("rel=\"next\""))?;
    Some(next.split(['<', '>']).nth(1)?.to_owned())
}

/// Reads an answer that never ends, for so long at most, and says how much memory that took.
///
/// # Errors
///
/// If the client takes it for an answer.
pub async fn endless(url: &str, time: Duration) -> Result<Found, Box<dyn Error>> {
    let builder = Client::builder().base_url(format!("{url}/endless"));
    let builder = builder.credential(KEY).attempt_timeout(time).retry(Never);
    let result = builder.build()?.list_candidates().send().await;
    let Err(error) = result else {
        return Err("an answer that never ends was taken for one".into());
    };
    eprintln!("{error}");
    Ok(Found {
        records: 0,
        in_order: true,
        peak_kib: peak_kib(),
    })
}

/// Calls with so many tasks that share a client, without a break.
///
/// # Errors
///
/// If the client cannot be made, or a call fails before the time is over.
pub async fn tasks(
    url: &str,
    tasks: u32,
    time: Duration,
    window: Duration,
) -> Result<Found, Box<dyn Error>> {
    let client = client(url, window)?;
    let end = Instant::now() + time;
    let mut set = JoinSet::new();
    for _ in 0..tasks {
        let client = client.clone();
        set.spawn(async move {
            let mut calls = 0;
            // A call that is under way at the end is given up.
            while let Ok(answer) = timeout_at(end, client.list_candidates().send()).await {
                answer?;
                calls += 1;
            }
            Ok::<u64, harvest_runtime::Error>(calls)
        });
    }
    let mut records = 0;
    for calls in set.join_all().await {
        records += calls?;
    }
    Ok(Found {
        records,
        in_order: true,
        peak_kib: peak_kib(),
    })
}

/// With the limiter that every client has, unless the window is another than what that assumes.
fn client(url: &str, window: Duration) -> Result<Client, Box<dyn Error>> {
    let limiter = Limiter::new();
    let known = limiter.snapshot();
    let limiter = if window == known.window {
        limiter
    } else {
        Limiter::starting_with(1, window)
    };
    let builder = Client::builder().base_url(url).credential(KEY);
    Ok(builder.limiter(limiter).build()?)
}

/// The most memory that this process had until now.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
