//! Connector of a store: its requests go through the same HTTP client as those of the API, and what was refused is noted.

use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use harvest_runtime::reqwest::header::HeaderMap;
use harvest_runtime::reqwest::{self, Body, Client, Request, Response, StatusCode, Url, redirect};
use http_body_util::BodyExt;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::client::{
    ClientConfigKey, ClientOptions, HttpClient, HttpConnector, HttpError, HttpErrorKind,
    HttpRequest, HttpResponse, HttpResponseBody, HttpService,
};
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::{ObjectStore, RetryConfig};

use super::address::{Address, Kind};
use crate::error::ExportError;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer may be silent.
const SILENCE: Duration = Duration::from_secs(60);
/// How long a request may take in all. A lease is trusted for longer than that.
const REQUEST: Duration = Duration::from_secs(240);
/// How long a request that failed is repeated.
const REPEATS: Duration = Duration::from_secs(120);
const MOST_REPEATS: usize = 8;
/// The most bytes that are read of an answer that refuses something.
const MOST_REFUSAL: usize = 64 * 1024;
/// The longest code of an error.
const MOST_CODE: usize = 64;

/// The last answer that refused something, or why there was none. What is noted repeats nothing that was sent.
#[derive(Clone, Default)]
pub(super) struct Answers(Arc<Mutex<Option<String>>>);

impl Answers {
    fn note(&self, text: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
    }

    pub(super) fn last(&self) -> Option<String> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.clone()
    }

    /// Whether the last answer says that there is no bucket.
    pub(super) fn is_of_bucket(&self) -> bool {
        let codes = ["NoSuchBucket", "ContainerNotFound"];
        self.last()
            .is_some_and(|it| codes.iter().any(|code| it.ends_with(code)))
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answers")
    }
}

/// The objects of a bucket, with the settings of the environment.
pub(super) fn objects(
    address: &Address,
    answers: &Answers,
) -> Result<Arc<dyn ObjectStore>, ExportError> {
    let connector = Connector(answers.clone());
    let retry = RetryConfig {
        max_retries: MOST_REPEATS,
        retry_timeout: REPEATS,
        ..RetryConfig::default()
    };
    let made: object_store::Result<Arc<dyn ObjectStore>> = match address.kind {
        Kind::S3 => AmazonS3Builder::from_env()
            .with_bucket_name(&address.bucket)
            .with_http_connector(connector)
            .with_retry(retry)
            .build()
            .map(|it| Arc::new(it) as _),
        Kind::Google => GoogleCloudStorageBuilder::from_env()
            .with_bucket_name(&address.bucket)
            .with_http_connector(connector)
            .with_retry(retry)
            .build()
            .map(|it| Arc::new(it) as _),
        Kind::Azure => MicrosoftAzureBuilder::from_env()
            .with_container_name(&address.bucket)
            .with_http_connector(connector)
            .with_retry(retry)
            .build()
            .map(|it| Arc::new(it) as _),
    };
    // The error may have the value of a variable.
    made.map_err(|_| ExportError::Store {
        place: address.of(""),
        problem: format!(
            "the settings of the environment cannot be used; check {}",
            address.kind.variables()
        ),
    })
}

#[derive(Debug)]
struct Connector(Answers);

impl HttpConnector for Connector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let allowed = options.get_config_value(&ClientConfigKey::AllowHttp);
        let allowed = allowed.map(|it| it.to_ascii_lowercase());
        let allows_http = matches!(allowed.as_deref(), Some("true" | "1" | "on" | "yes" | "y"));
        let mut builder = Client::builder()
            .https_only(!allows_http)
            // What signs a request would go along.
            .redirect(redirect::Policy::none())
            .user_agent(concat!("harvest-export/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .timeout(REQUEST);
        if let Some(headers) = options.get_default_headers() {
            builder = builder.default_headers(headers.clone());
        }
        let client = builder
            .build()
            .map_err(|error| object_store::Error::Generic {
                store: "HTTP",
                source: Box::new(error),
            })?;
        Ok(HttpClient::new(Sender {
            client,
            answers: self.0.clone(),
        }))
    }
}

#[derive(Debug)]
struct Sender {
    client: Client,
    answers: Answers,
}

#[async_trait]
impl HttpService for Sender {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let url: Url = parts
            .uri
            .to_string()
            .parse()
            .map_err(|error| HttpError::new(HttpErrorKind::Request, error))?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let mut sent = Request::new(parts.method, url);
        *sent.headers_mut() = parts.headers;
        *sent.body_mut() = Some(match body.as_bytes() {
            Some(bytes) => bytes.clone().into(),
            None => Body::wrap(body),
        });
        let answer = self.client.execute(sent).await.map_err(|error| {
            let error = failed(error);
            self.answers.note(match error.kind() {
                HttpErrorKind::Connect => format!("no connection to {host}"),
                HttpErrorKind::Timeout => format!("{host} does not answer in time"),
                _ => format!("the connection to {host} broke"),
            });
            error
        })?;
        let status = answer.status();
        if status.is_success() || status.is_informational() {
            let headers = answer.headers().clone();
            let body = HttpResponseBody::new(Body::from(answer).map_err(failed));
            return Ok(response(status, headers, body));
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
        self.answers
            .note(format!("HTTP {}{text_of_code}", status.as_u16()));
        Ok(response(status, headers, HttpResponseBody::from(text)))
    }
}

fn response(status: StatusCode, headers: HeaderMap, body: HttpResponseBody) -> HttpResponse {
    let mut response = HttpResponse::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// The begin of an answer that refuses something.
async fn refusal(mut answer: Response) -> String {
    let mut bytes = Vec::new();
    while bytes.len() < MOST_REFUSAL
        && let Ok(Some(part)) = answer.chunk().await
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
