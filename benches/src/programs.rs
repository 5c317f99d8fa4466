//! The measured programs, each run in a process of its own.

mod exports;

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use harvest_generated::{v1, v3};
use harvest_runtime::retry::Never;
use harvest_runtime::{Api, ClientBuilder, Identity, Items, Limiter, List, StatusCode};
use reqwest::RequestBuilder;
use reqwest::header::{HeaderMap, LINK};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use crate::people::FIRST_ID;
use crate::record::Candidate;
use crate::service::Version;
use crate::v3::record::Candidate as FlatCandidate;

pub use self::exports::{Form, export};

const KEY: &str = "a-key";
const SECRET: &str = "a-secret";
/// The users that tasks act for.
const USERS: [i64; 3] = [4_020_117, 4_020_233, 4_020_391];

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
    version: Version,
    per_page: i32,
    concurrency: usize,
    window: Duration,
) -> Result<Found, Box<dyn Error>> {
    match version {
        Version::V1 => {
            let client: v1::Client = set_up(url, window).credential(KEY).build()?;
            let list = client.list_candidates().per_page(per_page).items();
            read_all(list.concurrency(concurrency), |of| of.id.0).await
        }
        Version::V3 => {
            let client: v3::Client = authorized(url, window).build()?;
            let list = client.list_candidates().per_page(per_page).items();
            read_all(list, |of| of.id.map_or(0, |id| id.0)).await
        }
    }
}

async fn read_all<T>(mut items: Items<T>, id: impl Fn(&T) -> i64) -> Result<Found, Box<dyn Error>>
where
    T: DeserializeOwned + Identity + Send + 'static,
{
    let mut seen = Seen::nothing();
    while let Some(item) = items.next().await {
        seen.add(id(&item?));
    }
    Ok(seen.found())
}

/// Reads all candidates with what one writes without a client: no retries, no limit, no check of anything.
///
/// # Errors
///
/// If anything goes wrong at all.
pub async fn bare(url: &str, version: Version, per_page: i32) -> Result<Found, Box<dyn Error>> {
    let first = format!("{url}/{}/candidates?per_page={per_page}", version.name());
    match version {
        Version::V1 => {
            let authorize = |request: RequestBuilder| request.basic_auth(KEY, None::<&str>);
            bare_loop(first, authorize, |of: &Candidate| of.id).await
        }
        Version::V3 => {
            let client = reqwest::Client::new();
            let request = client.post(format!("{url}/token"));
            let answer = request.basic_auth(KEY, Some(SECRET)).send().await?;
            let issued: Value = serde_json::from_slice(&answer.bytes().await?)?;
            let token = issued["access_token"].as_str().unwrap_or_default();
            let authorize = |request: RequestBuilder| request.bearer_auth(token);
            bare_loop(first, authorize, |of: &FlatCandidate| of.id).await
        }
    }
}

async fn bare_loop<T: DeserializeOwned>(
    first: String,
    authorize: impl Fn(RequestBuilder) -> RequestBuilder,
    id: impl Fn(&T) -> i64,
) -> Result<Found, Box<dyn Error>> {
    let client = reqwest::Client::new();
    let mut page = Some(first);
    let mut seen = Seen::nothing();
    while let Some(url) = page {
        let request = authorize(client.get(url));
        let answer = request.send().await?.error_for_status()?;
        page = next_page(answer.headers());
        let candidates: Vec<T> = serde_json::from_slice(&answer.bytes().await?)?;
        for candidate in candidates {
            seen.add(id(&candidate));
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

/// Decodes one page so many times, without a server, for tools that count instructions:
/// `valgrind --tool=callgrind harvest-benches decode --api-version v3`, and the same with `--bare`.
///
/// # Errors
///
/// If a page does not decode.
pub fn decode(version: Version, bare: bool, times: usize) -> Result<Found, Box<dyn Error>> {
    let page = version.page(&(0..500).collect::<Vec<_>>());
    let decode = match (version, bare) {
        (Version::V1, false) => decode_list::<v1::types::Candidate>,
        (Version::V3, false) => decode_list::<v3::types::Candidate>,
        (Version::V1, true) => decode_bare::<Candidate>,
        (Version::V3, true) => decode_bare::<FlatCandidate>,
    };
    let mut records = 0;
    for _ in 0..times {
        records += decode(&page)?;
    }
    Ok(Found {
        records: records as u64,
        in_order: true,
        peak_kib: peak_kib(),
    })
}

fn decode_list<T: DeserializeOwned>(page: &[u8]) -> Result<usize, Box<dyn Error>> {
    let list: List<T> = harvest_runtime::decode::json(StatusCode::OK, black_box(page))?;
    Ok(list.len())
}

fn decode_bare<T: DeserializeOwned>(page: &[u8]) -> Result<usize, Box<dyn Error>> {
    let list: Vec<T> = serde_json::from_slice(black_box(page))?;
    Ok(list.len())
}

/// Reads an answer that never ends, for so long at most, and says how much memory that took.
///
/// # Errors
///
/// If the client takes it for an answer.
pub async fn endless(url: &str, time: Duration) -> Result<Found, Box<dyn Error>> {
    let builder = v1::Client::builder().base_url(format!("{url}/endless"));
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

/// Calls with so many tasks that share a client, without a break. Of v3, they act for three users.
///
/// # Errors
///
/// If the client cannot be made, or a call fails before the time is over.
pub async fn tasks(
    url: &str,
    version: Version,
    tasks: u32,
    time: Duration,
    window: Duration,
) -> Result<Found, Box<dyn Error>> {
    let end = Instant::now() + time;
    let mut set = JoinSet::new();
    match version {
        Version::V1 => {
            let client: v1::Client = set_up(url, window).credential(KEY).build()?;
            for _ in 0..tasks {
                let client = client.clone();
                set.spawn(until(end, move || client.list_candidates().send()));
            }
        }
        Version::V3 => {
            let client: v3::Client = authorized(url, window).build()?;
            for task in 0..tasks {
                let client = client.with_acting_user(USERS[task as usize % USERS.len()]);
                set.spawn(until(end, move || client.list_candidates().send()));
            }
        }
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

/// Calls without a break, and counts.
async fn until<T, F>(end: Instant, call: impl Fn() -> F) -> Result<u64, harvest_runtime::Error>
where
    F: Future<Output = Result<T, harvest_runtime::Error>>,
{
    let mut calls = 0;
    // A call that is under way at the end is given up.
    while let Ok(answer) = timeout_at(end, call()).await {
        answer?;
        calls += 1;
    }
    Ok(calls)
}

fn authorized(url: &str, window: Duration) -> ClientBuilder<v3::Client> {
    set_up(url, window)
        .token_url(format!("{url}/token"))
        .client_credentials(KEY, SECRET)
}

/// With the limiter that every client has, unless the window is another than what that assumes.
fn set_up<C: Api>(url: &str, window: Duration) -> ClientBuilder<C> {
    let limiter = Limiter::new();
    let known = limiter.snapshot();
    let limiter = if window == known.window {
        limiter
    } else {
        Limiter::starting_with(1, window)
    };
    ClientBuilder::new().base_url(url).limiter(limiter)
}

/// The most memory that this process had until now.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
