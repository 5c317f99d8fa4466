//! A list of candidates, served without any work for a page: all are made before the first is asked for.

use std::error::Error;
use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HOST, LINK, RETRY_AFTER,
};
use axum::http::{HeaderMap, HeaderName, Response, StatusCode};
use axum::routing::{get, post};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use tokio::io::AsyncReadExt as _;

use crate::{people, v3};

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");

/// As good as none. The service still has to name it: a client that hears of no limit has to guess one.
pub const NO_LIMIT: u32 = 1_000_000;

/// The version of the API that is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Version {
    /// Numbered pages of nested records.
    V1,
    /// Cursors, flat records, and a token service beside them.
    V3,
}

impl Version {
    /// As an argument, and in paths.
    pub fn name(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V3 => "v3",
        }
    }

    /// A page of the candidates with these numbers.
    pub fn page(self, numbers: &[usize]) -> Bytes {
        match self {
            Self::V1 => page_of(numbers, people::json),
            Self::V3 => page_of(numbers, v3::people::json),
        }
    }
}

fn page_of(numbers: &[usize], json: impl Fn(usize) -> Vec<u8>) -> Bytes {
    if numbers.is_empty() {
        return Bytes::from_static(b"[]");
    }
    let mut text = Vec::with_capacity(numbers.len() * (people::LENGTH + 1) + 2);
    for number in numbers {
        text.push(if text.is_empty() { b'[' } else { b',' });
        text.extend(json(*number));
    }
    text.push(b']');
    text.into()
}

/// How the service behaves.
#[derive(Clone, Debug, clap::Args)]
pub struct Manner {
    /// The version of the API.
    #[arg(long = "api-version", value_enum, default_value = "v1")]
    pub version: Version,
    /// How many candidates there are.
    #[arg(long, default_value_t = 20_000)]
    pub records: usize,
    /// How many of them make a page, whatever is asked for.
    #[arg(long, default_value_t = 500)]
    pub per_page: usize,
    /// How many bytes a candidate of v3 has; 0 is as many as it needs.
    #[arg(long, default_value_t = 0)]
    pub record_bytes: usize,
    /// Requests in a window, which begins with a request.
    #[arg(long, default_value_t = NO_LIMIT)]
    pub limit: u32,
    /// The length of a window, in milliseconds.
    #[arg(long, default_value_t = 10_000)]
    pub window_ms: u64,
    /// How long each answer takes, in milliseconds.
    #[arg(long, default_value_t = 0)]
    pub latency_ms: u64,
    /// Every so manieth answer is a 502; 0 is none.
    #[arg(long, default_value_t = 0)]
    pub fail_every: u64,
    /// Compress pages with gzip for a client that takes it.
    #[arg(long)]
    pub gzip: bool,
}

impl Manner {
    /// The arguments that make a server behave like this.
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["serve".to_owned()];
        for (name, value) in [
            ("api-version", self.version.name().to_owned()),
            ("records", self.records.to_string()),
            ("per-page", self.per_page.to_string()),
            ("record-bytes", self.record_bytes.to_string()),
            ("limit", self.limit.to_string()),
            ("window-ms", self.window_ms.to_string()),
            ("latency-ms", self.latency_ms.to_string()),
            ("fail-every", self.fail_every.to_string()),
        ] {
            arguments.push(format!("--{name}={value}"));
        }
        if self.gzip {
            arguments.push("--gzip".to_owned());
        }
        arguments
    }
}

/// What was asked of the service so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Counts {
    /// Pages that were handed out.
    pub accepted: u64,
    /// 429.
    pub refused: u64,
    /// 502.
    pub failed: u64,
    /// Tokens that were issued.
    pub tokens: u64,
    /// 401: requests without one of these tokens.
    pub unauthorized: u64,
    /// The bytes of all pages that were handed out, as they went over the wire.
    pub bytes: u64,
}

struct Service {
    manner: Manner,
    pages: Vec<Bytes>,
    /// The same, compressed. Empty if nothing is.
    compressed: Vec<Bytes>,
    state: Mutex<Books>,
}

#[derive(Default)]
struct Books {
    counts: Counts,
    /// When the window began, and the requests in it.
    window: Option<(Instant, u32)>,
    asked: u64,
}

/// What a request or a link asks for.
#[derive(Deserialize)]
struct Page {
    page: Option<usize>,
    per_page: Option<usize>,
    cursor: Option<String>,
    updated_after: Option<String>,
    updated_before: Option<String>,
}

impl Page {
    /// Whether a candidate is among those that are asked for, by when it changed. All times are written alike.
    fn has(&self, number: usize) -> bool {
        let changed = people::changed_at(number);
        self.updated_after
            .as_ref()
            .is_none_or(|from| *from <= changed)
            && self.updated_before.as_ref().is_none_or(|to| changed < *to)
    }

    /// The filters, as a link has them.
    fn filters(&self) -> String {
        let filters = [
            ("updated_after", &self.updated_after),
            ("updated_before", &self.updated_before),
        ];
        let filters = filters.into_iter().filter_map(|(name, value)| {
            let value = value.as_ref()?.replace(':', "%3A");
            Some(format!("&{name}={value}"))
        });
        filters.collect()
    }
}

/// Before the number of a page in a cursor, which no client looks into.
const CURSOR: &str = "bm8tcGFnZS1pbi1oZXJl";
/// How an access token begins.
const TOKEN: &str = "made-up-token";

/// Serves until standard input ends, so that no server outlives who started it. The first line of output is the URL, the
/// second, at the end, what was asked: [`Counts`] as JSON.
///
/// # Errors
///
/// If there is no free port.
pub async fn serve(manner: Manner) -> Result<(), Box<dyn Error>> {
    let pages = pages(&manner);
    let compressed = if manner.gzip {
        pages.iter().map(gzip).collect::<Result<_, _>>()?
    } else {
        Vec::new()
    };
    let service = Arc::new(Service {
        manner,
        pages,
        compressed,
        state: Mutex::default(),
    });
    let app = Router::new()
        .fallback(get(page))
        .route("/token", post(token))
        .route("/endless/{*path}", get(endless))
        .with_state(Arc::clone(&service));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    let end = async {
        let _ = tokio::io::stdin().read_to_end(&mut Vec::new()).await;
    };
    tokio::select! {
        served = axum::serve(listener, app) => served?,
        () = end => {}
    }
    println!("{}", serde_json::to_string(&service.books().counts)?);
    Ok(())
}

fn pages(manner: &Manner) -> Vec<Bytes> {
    let numbers: Vec<_> = (0..manner.records).collect();
    let page = |numbers: &[usize]| match (manner.version, manner.record_bytes) {
        (version, 0) => version.page(numbers),
        (_, bytes) => page_of(numbers, |number| v3::people::json_of(number, bytes)),
    };
    numbers.chunks(manner.per_page.max(1)).map(page).collect()
}

/// As a web server does it: at its default level, page by page.
fn gzip(page: &Bytes) -> std::io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(page)?;
    encoder.finish().map(Bytes::from)
}

/// Blanks, as fast as they are taken.
async fn endless() -> Body {
    let blanks = Bytes::from(vec![b' '; 1_000_000]);
    let never_ends =
        std::iter::repeat_with(move || Ok::<_, std::convert::Infallible>(blanks.clone()));
    Body::from_stream(futures_util::stream::iter(never_ends))
}

/// A token, without a check of the credentials.
async fn token(State(service): State<Arc<Service>>) -> Response<Body> {
    let number = {
        let mut books = service.books();
        books.counts.tokens += 1;
        books.counts.tokens
    };
    // As long as it takes elsewhere, so that tasks come together.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let token = serde_json::json!({
        "token_type": "Bearer",
        "access_token": format!("{TOKEN}-{number}"),
        "expires_in": 3600,
    });
    let mut answer = Response::new(Body::from(token.to_string()));
    set(answer.headers_mut(), CONTENT_TYPE, "application/json");
    answer
}

async fn page(
    State(service): State<Arc<Service>>,
    Query(query): Query<Page>,
    headers: HeaderMap,
) -> Response<Body> {
    let bearer = headers.get(AUTHORIZATION).and_then(|of| of.to_str().ok());
    let bearer = bearer.and_then(|of| of.strip_prefix("Bearer "));
    if service.manner.version == Version::V3 && !bearer.is_some_and(|of| of.starts_with(TOKEN)) {
        service.books().counts.unauthorized += 1;
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::UNAUTHORIZED;
        return answer;
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let takes_gzip = headers
        .get(ACCEPT_ENCODING)
        .is_some_and(|value| value == "gzip");
    let answer = service.answer(&query, host.unwrap_or_default(), takes_gzip);
    tokio::time::sleep(Duration::from_millis(service.manner.latency_ms)).await;
    answer
}

impl Service {
    fn books(&self) -> std::sync::MutexGuard<'_, Books> {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn answer(&self, asked: &Page, host: &str, takes_gzip: bool) -> Response<Body> {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = self.count(answer.headers_mut());
        if answer.status() != StatusCode::OK {
            return answer;
        }
        let cursor = asked.cursor.as_deref();
        let of_cursor = cursor.and_then(|of| of.strip_prefix(CURSOR)?.parse().ok());
        let number = of_cursor.or(asked.page).unwrap_or(1);
        let chosen = self.chosen(asked);
        let per_page = chosen
            .as_ref()
            .map_or(self.manner.per_page, |chosen| chosen.per_page);
        let last = chosen.as_ref().map_or(self.pages.len(), Chosen::pages);
        let link = |page: usize, rel: &str| {
            let query = match self.manner.version {
                Version::V1 => format!("page={page}&per_page={per_page}{}", asked.filters()),
                Version::V3 => format!("cursor={CURSOR}{page}"),
            };
            let version = self.manner.version.name();
            format!("<http://{host}/{version}/candidates?{query}>; rel=\"{rel}\"")
        };
        let mut links = Vec::new();
        if number < last {
            links.push(link(number + 1, "next"));
        }
        if self.manner.version == Version::V1 {
            links.push(link(last, "last"));
        }
        if !links.is_empty() {
            set(answer.headers_mut(), LINK, &links.join(","));
        }
        set(
            answer.headers_mut(),
            CONTENT_TYPE,
            "application/json;charset=utf-8",
        );
        if let Some(chosen) = &chosen {
            let page = self.page_with(chosen.page(number));
            self.books().counts.bytes += page.len() as u64;
            *answer.body_mut() = Body::from(page);
            return answer;
        }
        let pages = if takes_gzip && !self.compressed.is_empty() {
            set(answer.headers_mut(), CONTENT_ENCODING, "gzip");
            &self.compressed
        } else {
            &self.pages
        };
        let page = pages.get(number.wrapping_sub(1)).cloned();
        let page = page.unwrap_or(Bytes::from_static(b"[]"));
        self.books().counts.bytes += page.len() as u64;
        *answer.body_mut() = Body::from(page);
        answer
    }

    /// The candidates of v1 that are asked for, if that is less than all of them in pages of the usual size.
    fn chosen(&self, asked: &Page) -> Option<Chosen> {
        let per_page = asked.per_page.unwrap_or(usize::MAX);
        let is_all = asked.updated_after.is_none() && asked.updated_before.is_none();
        let is_usual = is_all && per_page >= self.manner.per_page;
        (self.manner.version == Version::V1 && !is_usual).then(|| Chosen {
            numbers: (0..self.manner.records)
                .filter(|number| is_all || asked.has(*number))
                .collect(),
            per_page: per_page.min(self.manner.per_page).max(1),
        })
    }

    /// A page of the candidates of v1 with these numbers, out of those that are there.
    fn page_with(&self, numbers: &[usize]) -> Bytes {
        let per_page = self.manner.per_page.max(1);
        page_of(numbers, |number| {
            let page = self.pages.get(number / per_page);
            let begin = 1 + number % per_page * (people::LENGTH + 1);
            let record = page.and_then(|page| page.get(begin..begin + people::LENGTH));
            record.unwrap_or_default().to_vec()
        })
    }

    /// What becomes of a request that arrives now.
    fn count(&self, headers: &mut HeaderMap) -> StatusCode {
        let (limit, window) = (
            self.manner.limit,
            Duration::from_millis(self.manner.window_ms),
        );
        let mut books = self.books();
        let now = Instant::now();
        let current = books.window.filter(|(began, _)| now - *began < window);
        let (began, used) = current.unwrap_or((now, 0));
        set(headers, LIMIT, &limit.to_string());
        set(
            headers,
            REMAINING,
            &limit.saturating_sub(used + 1).to_string(),
        );
        if used >= limit {
            let left = (began + window - now).as_secs_f64().ceil();
            set(headers, RETRY_AFTER, &left.to_string());
            books.counts.refused += 1;
            return StatusCode::TOO_MANY_REQUESTS;
        }
        books.window = Some((began, used + 1));
        books.asked += 1;
        let every = self.manner.fail_every;
        if every > 0 && books.asked.is_multiple_of(every) {
            books.counts.failed += 1;
            return StatusCode::BAD_GATEWAY;
        }
        books.counts.accepted += 1;
        StatusCode::OK
    }
}

/// Some of the candidates.
struct Chosen {
    numbers: Vec<usize>,
    per_page: usize,
}

impl Chosen {
    fn pages(&self) -> usize {
        self.numbers.len().div_ceil(self.per_page)
    }

    fn page(&self, number: usize) -> &[usize] {
        let mut pages = self.numbers.chunks(self.per_page);
        pages.nth(number.saturating_sub(1)).unwrap_or_default()
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = value.parse() {
        headers.insert(name, value);
    }
}
