//! The receiver of `harvest webhooks listen`: what is done with a request.

use std::fs::File;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, StatusCode};
use harvest_generated::runtime::Bytes;
use harvest_generated::runtime::chrono::{SecondsFormat, Utc};
use harvest_generated::runtime::webhook::{Rejected, Verifier};
use harvest_generated::webhooks::PROTOCOL;
use serde_json::json;
use serde_json::value::RawValue;
use tokio::sync::{Notify, Semaphore};

use super::deliver::{Labels, Target};
use super::saved::{self, Saved};
use super::{MOST_BODY, action};
use crate::failure::printable;
use crate::output;

/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(10);
/// How many deliveries are read at a time.
const MOST_AT_ONCE: usize = 8;

/// What is done with deliveries.
pub(super) struct Receiver {
    /// None: nothing is checked.
    pub verifier: Option<Verifier>,
    pub target: Option<Target>,
    pub file: Option<Mutex<File>>,
    pub shows_body: bool,
    pub is_json: bool,
    pub limit: Option<u64>,
    /// How many were received.
    pub count: Mutex<u64>,
    /// Signals that no more are to be.
    pub ended: Notify,
    /// Whether deliveries are not counted and printed yet.
    pub is_quiet: std::sync::atomic::AtomicBool,
    turns: Semaphore,
}

impl Receiver {
    pub(super) fn new(verifier: Option<Verifier>) -> Self {
        Self {
            verifier,
            target: None,
            file: None,
            shows_body: false,
            is_json: false,
            limit: None,
            count: Mutex::new(0),
            ended: Notify::new(),
            is_quiet: false.into(),
            turns: Semaphore::new(MOST_AT_ONCE),
        }
    }

    /// Receives a request, and returns the status to answer with.
    pub(super) async fn receive(self: Arc<Self>, headers: HeaderMap, body: Body) -> StatusCode {
        let Ok(_turn) = self.turns.acquire().await else {
            return StatusCode::SERVICE_UNAVAILABLE;
        };
        let most = usize::try_from(MOST_BODY).unwrap_or(usize::MAX);
        let read = tokio::time::timeout(BODY_TIME, to_bytes(body, most)).await;
        let checked = match read {
            Err(_) => Err(Rejected::Unread),
            Ok(Err(_)) => Err(Rejected::TooLong),
            Ok(Ok(body)) => self.check(&headers, body),
        };
        let body = match checked {
            Ok(body) => body,
            Err(rejected) => {
                eprintln!("refused: {rejected}");
                return rejected.status();
            }
        };
        if self.is_quiet.load(std::sync::atomic::Ordering::Relaxed) {
            return success();
        }
        let Ok(text) = String::from_utf8(body.to_vec()) else {
            eprintln!("refused: the body is no text, and so no JSON");
            return StatusCode::BAD_REQUEST;
        };
        let header = |name: &str| headers.get(name)?.to_str().ok().map(str::to_owned);
        let saved = Saved {
            received_at: Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true),
            action: action(&body),
            event_id: header(PROTOCOL.event_id_header),
            signature: header(PROTOCOL.signature_header),
            body: text,
        };
        self.handle(saved).await
    }

    fn check(&self, headers: &HeaderMap, body: Bytes) -> Result<Bytes, Rejected> {
        match &self.verifier {
            Some(verifier) => Ok(verifier.verify(headers, body)?.body().clone()),
            None => Ok(body),
        }
    }

    async fn handle(&self, saved: Saved) -> StatusCode {
        if let Some(file) = &self.file {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(error) = saved::write(&mut file, &saved) {
                // It is not acknowledged, so it comes again.
                eprintln!("a delivery was not saved: {error}");
                return StatusCode::INTERNAL_SERVER_ERROR;
            }
        }
        let mut status = success();
        let mut problem = None;
        if let Some(target) = &self.target {
            let labels = Labels {
                event_id: saved.event_id.as_deref(),
                signature: saved.signature.as_deref(),
            };
            match target.send(&labels, saved.body.clone().into_bytes()).await {
                Ok(answer) => {
                    status = StatusCode::from_u16(answer).unwrap_or(StatusCode::BAD_GATEWAY);
                }
                Err(text) => {
                    problem = Some(text);
                    status = StatusCode::BAD_GATEWAY;
                }
            }
        }
        self.print(&saved, status, problem.as_deref());
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        *count += 1;
        if self.limit.is_some_and(|limit| *count >= limit) {
            self.ended.notify_one();
        }
        status
    }

    /// Prints a line. Who reads may have had enough; deliveries are received in any case.
    fn print(&self, saved: &Saved, status: StatusCode, problem: Option<&str>) {
        let mut out = output::standard();
        if self.is_json {
            let body: Option<&RawValue> = self
                .shows_body
                .then(|| serde_json::from_str(&saved.body).ok())
                .flatten();
            let line = json!({
                "received_at": saved.received_at,
                "action": saved.action,
                "event_id": saved.event_id,
                "bytes": saved.body.len(),
                "verified": self.verifier.is_some(),
                "status": status.as_u16(),
                "problem": problem,
            });
            let mut line = line.to_string();
            if let Some(body) = body {
                line.pop();
                let body = body.get().replace(['\n', '\r'], " ");
                line = format!("{line},\"body\":{body}}}");
            }
            let _ = writeln!(out, "{line}");
        } else {
            let action = saved.action.as_deref().unwrap_or("no event");
            let id = saved.event_id.as_deref().unwrap_or("without an id");
            let problem = problem.map(|it| format!(", {it}")).unwrap_or_default();
            let line = format!(
                "{}  {action}  {id}  {}{problem}",
                saved.received_at,
                status.as_u16()
            );
            let _ = writeln!(out, "{}", printable(&line));
            if self.shows_body {
                let _ = writeln!(out, "{}", printable(&saved.body));
            }
        }
        let _ = out.flush();
    }
}

/// The only answer that the service takes for a success.
fn success() -> StatusCode {
    StatusCode::from_u16(PROTOCOL.success).unwrap_or(StatusCode::OK)
}
