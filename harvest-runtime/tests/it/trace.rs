//! Events and spans, and that nothing private is in them.

use std::cell::RefCell;
use std::fmt::{self, Write as _};
use std::sync::Once;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use harvest_runtime::retry::{ExponentialBackoff, RetryPolicy as _, Standard};
use harvest_runtime::{CallOptions, Core, Limiter, Method, RawRequest, decode};
use serde_json::json;
use tokio::net::TcpListener;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::server::{CREATE_USER, GET_TAG, Refusing, Server, reply, reply_with};

const KEY: &str = "K3Y-SECRET";
const MARKS: [&str; 4] = [KEY, "SzNZLVNFQ1JFVD", "PERSONAL-MARK", "471147114711"];

thread_local! {
    /// `None` while nothing is recorded.
    static LOG: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Writes down everything, from every crate and at every level.
struct Everything(AtomicU64);

impl Everything {
    fn write(what: &str, metadata: Option<&Metadata<'_>>, record: impl FnOnce(&mut Line)) {
        let mut line = Line(what.to_owned());
        if let Some(metadata) = metadata {
            let (level, name) = (metadata.level(), metadata.name());
            let name = if metadata.is_span() { name } else { "" };
            write!(line.0, " {level} {} {name}", metadata.target()).unwrap();
        }
        record(&mut line);
        note(&line.0);
    }
}

fn note(line: &str) {
    LOG.with_borrow_mut(|log| {
        if let Some(log) = log {
            log.push_str(line);
            log.push('\n');
        }
    });
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        Self::write("span", Some(span.metadata()), |line| span.record(line));
        Id::from_u64(self.0.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        Self::write("record", None, |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        Self::write("event", Some(event.metadata()), |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What goes to `log`, as reqwest's words do.
struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        note(&format!("log {} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

/// All that is traced and logged on this thread while the future runs. Servers on it are in, too.
async fn traced(future: impl Future<Output = ()>) -> String {
    // For all threads and for good: subscribers that come and go on several threads make `tracing` miss some.
    static SET_UP: Once = Once::new();
    SET_UP.call_once(|| {
        tracing::subscriber::set_global_default(Everything(AtomicU64::new(1))).unwrap();
        log::set_logger(&Logger).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
    LOG.set(Some(String::new()));
    future.await;
    LOG.take().unwrap_or_default()
}

fn marked(core: &Core) -> harvest_runtime::Request {
    let mut request = core.request(&GET_TAG);
    request.path("id", &471_147_114_711_i64);
    request.path("tag", "PERSONAL-MARK");
    request.query("email", "PERSONAL-MARK");
    request.header("X-Extra", "PERSONAL-MARK");
    request.acting_user(471_147_114_711);
    request.json(&json!({ "name": "PERSONAL-MARK" }));
    request
}

#[tokio::test]
async fn where_an_undescribed_request_goes_is_not_told() {
    let server = Server::start(|_, _| reply_with(200, ID, "[]")).await;
    let text = traced(async {
        let core = client(&server);
        let request = RawRequest::new(&core, Method::Post, "/v9/PERSONAL-MARK/{id}");
        request
            .path("id", 471_147_114_711_i64)
            .query("email", "PERSONAL-MARK")
            .header("X-Extra", "PERSONAL-MARK")
            .json(&json!({ "name": "PERSONAL-MARK" }))
            .on_behalf_of(471_147_114_711_i64)
            .send()
            .await
            .unwrap();
    })
    .await;
    for part in [
        "otel.name=POST /… otel.kind=\"client\"",
        "harvest.operation=\"undescribed\"",
        "http.request.method=\"POST\" url.template=\"/…\"",
    ] {
        assert!(text.contains(part), "{part} not in:\n{text}");
    }
    for mark in MARKS {
        assert!(!text.contains(mark), "{mark} in:\n{text}");
    }
}

fn options() -> CallOptions {
    CallOptions::new()
        .retry(Standard.with_attempt_limit(3))
        .backoff(ExponentialBackoff::new().with_maximum(Duration::from_millis(5)))
        .limiter(Limiter::unlimited())
}

fn client(server: &Server) -> Core {
    let builder = server.builder().credential(KEY);
    builder.build().unwrap().0.with_options(options())
}

const ID: &[(&str, &str)] = &[
    ("x-request-id", "r-1"),
    ("x-extra", "PERSONAL-MARK"),
    (
        "link",
        "</v1/users?email=PERSONAL-MARK&page=2>; rel=\"next\"",
    ),
];

#[tokio::test]
async fn a_success() {
    let server = Server::start(|_, _| reply_with(200, ID, "[]")).await;
    let text = traced(async {
        marked(&client(&server)).send(decode::empty).await.unwrap();
    })
    .await;
    let host = format!(
        "server.address=\"127.0.0.1\" server.port={}",
        server.address.port()
    );
    for part in [
        "span INFO harvest harvest.call",
        "span DEBUG harvest harvest.attempt",
        "otel.name=GET /v1/users/{id}/tags/{tag} otel.kind=\"client\"",
        "harvest.operation=\"get_tag\"",
        "http.request.method=\"GET\" url.template=\"/v1/users/{id}/tags/{tag}\"",
        &host,
        "record http.response.status_code=200",
        "record harvest.request_id=\"r-1\"",
        "record harvest.attempts=1",
        "record harvest.wait_ms=0",
        "record harvest.duration_ms=",
    ] {
        assert!(text.contains(part), "{part} not in:\n{text}");
    }
    assert!(!text.contains("resend_count=") && !text.contains("error.type="));
    assert!(!text.contains("event INFO") && !text.contains("event WARN"));
}

#[tokio::test]
async fn retries() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_, _| match asked.fetch_add(1, Ordering::Relaxed) {
        0 => reply_with(429, &[("retry-after", "0.05")], "Retry later"),
        _ => reply(502, "<html>PERSONAL-MARK"),
    })
    .await;
    let text = traced(async {
        let error = marked(&client(&server)).send(decode::empty).await;
        assert_eq!(error.unwrap_err().attempts(), 3);
    })
    .await;
    for part in [
        "event WARN harvest  message=trying again error.type=429 http.request.resend_count=1 \
         harvest.wait_ms=50",
        "event WARN harvest  message=trying again error.type=502 http.request.resend_count=2 \
         harvest.wait_ms=",
        "record http.request.resend_count=1",
        "record http.request.resend_count=2",
        "record error.type=502",
        "event WARN harvest  message=failed error.type=502 harvest.attempts=3 harvest.wait_ms=",
    ] {
        assert!(text.contains(part), "{part} not in:\n{text}");
    }
}

#[tokio::test]
async fn a_wait_for_the_rate_limit() {
    let server = Server::answering(200, "[]").await;
    let limiter = Limiter::starting_with(1, Duration::from_millis(100));
    let core = client(&server).with_options(CallOptions::new().limiter(limiter));
    let text = traced(async {
        for _ in 0..2 {
            marked(&core).send(decode::empty).await.unwrap();
        }
    })
    .await;
    let waits = text.matches("event DEBUG harvest  message=waited for the rate limit");
    assert_eq!(waits.count(), 1, "{text}");
}

#[tokio::test]
async fn nothing_private() {
    let mut all = String::new();
    for status in [200, 302, 400, 401, 403, 404, 422, 429, 500, 503] {
        for body in [
            r#"{"message":"API key K3Y-SECRET has no permission for PERSONAL-MARK"}"#,
            r#"{"errors":[{"message":"PERSONAL-MARK","field":"PERSONAL-MARK"}]}"#,
            r#"["PERSONAL-MARK"]"#,
            "<html>PERSONAL-MARK K3Y-SECRET</html>",
        ] {
            let server = Server::start(move |_, _| {
                let headers = [
                    ("location", "/PERSONAL-MARK"),
                    ("x-request-id", "PERSONAL-MARK@example.com"),
                    ("retry-after", "PERSONAL-MARK"),
                    ("x-ratelimit-limit", "PERSONAL-MARK"),
                    ("www-authenticate", KEY),
                ];
                reply_with(status, &headers, body)
            })
            .await;
            let text = traced(async {
                let core = client(&server);
                let _ = marked(&core).send(decode::json::<Vec<i64>>).await;
                let _ = core.request(&CREATE_USER).send(decode::json::<i64>).await;
                let mut request = core.request(&CREATE_USER);
                request.query("email", "PERSONAL-MARK\n");
                request.path("PERSONAL-MARK", "PERSONAL-MARK");
                let _ = request.send(decode::empty).await;
            })
            .await;
            assert!(text.contains("harvest.call"), "{text}");
            all.push_str(&text);
        }
    }
    // One that takes connections and does not answer; then one that refuses them.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let refusing = Refusing::new();
    let at = |address| {
        harvest_runtime::ClientBuilder::<crate::server::Harvest>::new()
            .credential(KEY)
            .base_url(format!("http://{address}/PERSONAL-MARK"))
            .build()
            .unwrap()
            .0
            .with_options(options())
    };
    let core = at(silent.local_addr().unwrap());
    for time in [
        CallOptions::new().attempt_timeout(Duration::from_millis(50)),
        CallOptions::new().timeout(Duration::from_millis(50)),
    ] {
        let core = core.with_options(time);
        all += &traced(async {
            let _ = marked(&core).send(decode::empty).await.unwrap_err();
        })
        .await;
    }
    let core = at(refusing.address());
    all += &traced(async {
        let _ = marked(&core).send(decode::empty).await.unwrap_err();
    })
    .await;
    for kind in ["connect", "timeout", "call_timeout", "\"decode\"", "403"] {
        let part = format!("error.type={kind}");
        assert!(all.contains(&part), "{part} not in:\n{all}");
    }
    assert!(all.contains("log reqwest"), "{all}");
    for mark in MARKS {
        let line = all.lines().find(|line| line.contains(mark));
        assert_eq!(line, None, "{mark}");
    }
}

#[tokio::test]
async fn a_download_tells_nothing_of_its_link() {
    let served = AtomicUsize::new(0);
    let files = Server::start(move |_, own| match served.fetch_add(1, Ordering::Relaxed) {
        0 => reply(503, "PERSONAL-MARK"),
        1 => reply_with(
            302,
            &[("location", &format!("{own}/PERSONAL-MARK?k=K3Y-SECRET"))],
            "",
        ),
        _ => reply(200, "PERSONAL-MARK"),
    })
    .await;
    let url = format!("{}/PERSONAL-MARK.pdf?signature=K3Y-SECRET", files.url());
    let core = client(&files);
    let text = traced(async {
        assert_eq!(core.download(&url).bytes().await.unwrap(), "PERSONAL-MARK");
        core.download("PERSONAL-MARK").bytes().await.unwrap_err();
    })
    .await;
    assert_eq!(files.asked().len(), 3);
    for part in [
        "harvest.download",
        "trying again",
        "harvest.bytes=13",
        "harvest.attempts=2",
        "error.type=_OTHER",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    for mark in MARKS {
        assert!(!text.contains(mark), "{mark} in {text}");
    }
}
