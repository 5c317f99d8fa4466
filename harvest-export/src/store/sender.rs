//! Sender of the requests of a store: through the same HTTP client as those of the API. What was refused is noted, pauses are
//! waited for, and each answer has an end.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use harvest_runtime::__answers::{end_of_pause, foreign_coding, is_transient, retry_after};
use harvest_runtime::reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use harvest_runtime::reqwest::{self, Body, Client, Request, Response, StatusCode, Url};
use http_body_util::{BodyExt, Limited};
use object_store::client::{
    HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpResponseBody, HttpService,
};
use tokio::time::timeout_at;

use super::pauses::Pauses;
use super::refusal::{Bound, Refusal};
use super::request;

/// The shortest pause that is waited for: parts of a second are no reason to ask a thousand times.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);
/// How long the reasons of a refusal are waited for: its status says enough.
const REASONS: Duration = Duration::from_secs(5);
/// The most bytes that are read of an answer that refuses something.
const MOST_REFUSAL: usize = 64 * 1024;
/// The longest code of an error.
const MOST_CODE: usize = 64;

/// Sends requests.
#[derive(Debug)]
pub(super) struct Sender {
    client: Client,
    pauses: Pauses,
}

#[async_trait]
impl HttpService for Sender {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let bound = request.extensions().get::<Bound>().cloned();
        let bound = bound.unwrap_or_default();
        if let Some(refusal) = bound.refused() {
            return Err(refusal.clone().into());
        }
        let url: Url = request
            .uri()
            .to_string()
            .parse()
            .map_err(|error| HttpError::new(HttpErrorKind::Request, error))?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let begun = Instant::now();
        let answer = loop {
            // Of an answer to this request or to another one.
            if let Some(pause) = self.pauses.of(&host) {
                self.wait(pause.left(), pause.status, begun).await?;
            }
            let answer = self.send(&request, url.clone(), &host).await?;
            let (Some(wait), status) = (asked(&answer), answer.status().as_u16()) else {
                break answer;
            };
            drop(answer);
            self.pauses.ask(&host, wait, status);
            self.wait(wait, status, begun).await?;
        };
        let status = answer.status();
        if status.is_success() || status.is_informational() {
            let name = format!("the answer of {host} to {}", request.method());
            // `object_store` may yet find that it cannot be used.
            let status = status.as_u16();
            request::note(format!("an answer of HTTP {status} that makes no sense"));
            return taken(answer, bound, name, host);
        }
        let headers = answer.headers().clone();
        let text = refusal(answer).await;
        let code = headers.get("x-ms-error-code");
        let code = code
            .and_then(|it| it.to_str().ok())
            .or_else(|| code_of(&text));
        let code = code.filter(|it| it.len() <= MOST_CODE);
        let code = code.filter(|it| it.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let text_of_code = code.map(|it| format!(" {it}")).unwrap_or_default();
        request::note(format!("HTTP {}{text_of_code}", status.as_u16()));
        // `object_store` repeats all others that pass.
        let status = match status {
            StatusCode::TOO_EARLY => StatusCode::SERVICE_UNAVAILABLE,
            status => status,
        };
        Ok(response(status, headers, HttpResponseBody::from(text)))
    }
}

impl Sender {
    pub(super) fn new(client: Client, pauses: Pauses) -> Self {
        Self { client, pauses }
    }

    async fn send(
        &self,
        request: &HttpRequest,
        url: Url,
        host: &str,
    ) -> Result<Response, HttpError> {
        let mut sent = Request::new(request.method().clone(), url);
        *sent.headers_mut() = request.headers().clone();
        let headers = sent.headers_mut();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let body = request.body();
        *sent.body_mut() = Some(match body.as_bytes() {
            Some(bytes) => bytes.clone().into(),
            None => Body::wrap(body.clone()),
        });
        self.client.execute(sent).await.map_err(|error| {
            let error = failed(error);
            note_failure(&error, host);
            error
        })
    }

    /// Waits for the end of a pause with a request that was begun then.
    ///
    /// # Errors
    ///
    /// At once, if that is longer than is waited for.
    async fn wait(&self, wait: Duration, status: u16, begun: Instant) -> Result<(), Refusal> {
        if !self.pauses.allow(begun, wait) {
            let until = end_of_pause(wait);
            return Err(Refusal::Paused { status, until });
        }
        tokio::time::sleep(wait).await;
        Ok(())
    }
}

/// Notes why there was no answer, or not all of it.
fn note_failure(error: &HttpError, host: &str) {
    request::note(match error.kind() {
        HttpErrorKind::Connect => format!("no connection to {host}"),
        HttpErrorKind::Timeout => format!("{host} does not answer in time"),
        _ => format!("the connection to {host} broke"),
    });
}

/// How long an answer asks to wait before the same request.
fn asked(answer: &Response) -> Option<Duration> {
    let is_asked = is_transient(answer.status());
    let wait = is_asked.then(|| retry_after(answer.headers())).flatten()?;
    (!wait.is_zero()).then(|| wait.max(SHORTEST_PAUSE))
}

/// An answer whose body ends where it has more bytes than are asked for.
fn taken(
    answer: Response,
    bound: Bound,
    name: String,
    host: String,
) -> Result<HttpResponse, HttpError> {
    let (status, headers) = (answer.status(), answer.headers().clone());
    let announced = answer.content_length();
    // What has no body needs no decoding.
    if announced != Some(0)
        && status != StatusCode::NO_CONTENT
        && let Some(coding) = foreign_coding(&headers)
    {
        let answer = name;
        return Err(Refusal::Encoded { answer, coding }.into());
    }
    if announced.is_some_and(|it| it > bound.most) {
        return Err(bound.refuse(&name).into());
    }
    let most = usize::try_from(bound.most).unwrap_or(usize::MAX);
    let body = Limited::new(Body::from(answer), most).map_err(move |error| {
        match error.downcast::<reqwest::Error>() {
            Ok(error) => {
                let error = failed(*error);
                note_failure(&error, &host);
                error
            }
            Err(_) => bound.refuse(&name).into(),
        }
    });
    Ok(response(status, headers, HttpResponseBody::new(body)))
}

fn response(status: StatusCode, headers: HeaderMap, body: HttpResponseBody) -> HttpResponse {
    let mut response = HttpResponse::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// The begin of an answer that refuses something, as far as it comes soon.
async fn refusal(mut answer: Response) -> String {
    let mut bytes = Vec::new();
    let until = Instant::now() + REASONS;
    while bytes.len() < MOST_REFUSAL
        && let Ok(Ok(Some(part))) = timeout_at(until.into(), answer.chunk()).await
    {
        bytes.extend_from_slice(&part);
    }
    bytes.truncate(MOST_REFUSAL);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The code of an error in XML.
fn code_of(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("<Code>")?;
    rest.split_once("</Code>").map(|(code, _)| code)
}

/// An error, with what object stores repeat requests by.
fn failed(error: reqwest::Error) -> HttpError {
    let mut kind = if error.is_timeout() {
        HttpErrorKind::Timeout
    } else if error.is_connect() {
        HttpErrorKind::Connect
    } else if error.is_decode() {
        HttpErrorKind::Decode
    } else {
        HttpErrorKind::Unknown
    };
    let mut source = Error::source(&error);
    while let Some(cause) = source {
        if let Some(cause) = cause.downcast_ref::<io::Error>()
            && kind == HttpErrorKind::Unknown
        {
            kind = match cause.kind() {
                ErrorKind::TimedOut => HttpErrorKind::Timeout,
                ErrorKind::ConnectionAborted
                | ErrorKind::ConnectionReset
                | ErrorKind::BrokenPipe
                | ErrorKind::UnexpectedEof => HttpErrorKind::Interrupted,
                _ => kind,
            };
        }
        source = cause.source();
    }
    if kind == HttpErrorKind::Unknown && (error.is_request() || error.is_body()) {
        kind = HttpErrorKind::Interrupted;
    }
    HttpError::new(kind, error.without_url())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_errors() {
        let text = "<?xml?><Error><Code>AccessDenied</Code><Key>a</Key></Error>";
        assert_eq!(code_of(text), Some("AccessDenied"));
        assert_eq!(code_of("<Code>a"), None);
    }
}
