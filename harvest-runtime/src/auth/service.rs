//! Requests to the token service, and its answers.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::header::{ACCEPT, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout};

use super::{AccessToken, Asked, Failure, TokenError, TokenFuture, TokenSource};
use crate::answer_body;
use crate::base_url::BaseUrl;
use crate::limit::{Limiter, Patience};
use crate::retry_after::http_date;

/// The time of one attempt.
const ATTEMPT: Duration = Duration::from_secs(10);
/// The longest pause that is waited for: one window of the token service.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// The waits before further attempts.
const BACKOFF: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// More than any token or error takes.
const LONGEST_ANSWER: u64 = 64 * 1024;
/// The codes of RFC 6749, section 5.2.
const CODES: [&str; 6] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
];

/// A grant by which tokens are asked for.
#[derive(Clone, Copy)]
pub(super) enum Grant<'a> {
    /// By the credentials of the client alone (RFC 6749, section 4.4). The acting user is the subject (`sub`) of the token.
    ClientCredentials { acting_user: Option<i64> },
    /// By what an earlier answer had for the next time (section 6).
    RefreshToken(&'a str),
    /// By what a user's browser brought back (section 4.1.3).
    AuthorizationCode {
        code: &'a str,
        redirect_url: &'a str,
    },
}

/// The tokens of one answer.
pub(super) struct Issued {
    pub(super) access: AccessToken,
    pub(super) refresh: Option<SecretString>,
}

/// The reason for which none were issued.
pub(super) struct Unissued {
    pub(super) error: TokenError,
    /// An attempt may have been acted on, and its answer was not read.
    pub(super) unanswered: bool,
}

/// The endpoint of a token service, as one client of it.
pub(crate) struct TokenEndpoint {
    pub(crate) http_client: reqwest::Client,
    pub(crate) token_url: BaseUrl,
    pub(crate) user_agent: HeaderValue,
    pub(crate) id: String,
    pub(crate) secret: SecretString,
    pub(crate) limiter: Limiter,
}

/// Tokens by client credentials.
pub(crate) struct ClientCredentials(pub(crate) TokenEndpoint);

impl TokenSource for ClientCredentials {
    fn token(&self, acting_user: Option<i64>) -> TokenFuture<'_> {
        Box::pin(async move {
            let grant = Grant::ClientCredentials { acting_user };
            let issued = self.0.issue(grant).await;
            issued
                .map(|issued| issued.access)
                .map_err(|unissued| unissued.error)
        })
    }
}

impl TokenEndpoint {
    /// Whatever passes is tried again. To ask twice by client credentials does no harm; and what an attempt without an
    /// answer may have used up is lost anyway, unless the service did not see it.
    pub(super) async fn issue(&self, grant: Grant<'_>) -> Result<Issued, Unissued> {
        let mut waits = BACKOFF.into_iter();
        let mut unanswered = false;
        loop {
            let failure = match self.attempt(grant).await {
                Ok(issued) => return Ok(issued),
                Err(failure) => failure,
            };
            unanswered |= failure.may_have_been_acted_on();
            let error = TokenError::from(failure);
            match waits.next().filter(|_| error.is_transient()) {
                Some(wait) => sleep(wait).await,
                None => return Err(Unissued { error, unanswered }),
            }
        }
    }

    async fn attempt(&self, grant: Grant<'_>) -> Result<Issued, Failure> {
        let patience = Patience {
            deadline: None,
            max_pause: LONGEST_PAUSE,
        };
        let permit = self.limiter.acquire(patience).await;
        let permit = permit.map_err(Failure::Paused)?;
        let sending = async {
            let incoming = self.request(grant).send().await;
            let incoming = match incoming {
                Ok(incoming) => incoming,
                Err(error) => {
                    self.limiter.failed(permit);
                    return Err(Failure::Transport(error.without_url()));
                }
            };
            let (status, headers) = (incoming.status(), incoming.headers().clone());
            self.limiter
                .observe(permit, status, &headers, Instant::now());
            // Only an HTTP client of the user's own follows redirects.
            if !self.token_url.is_origin_of(incoming.url()) {
                return Err(Failure::Strayed);
            }
            let body = answer_body::read_beginning(incoming, &headers, LONGEST_ANSWER).await;
            Ok((status, headers, body))
        };
        let answer = timeout(ATTEMPT, sending).await;
        let (status, headers, body) = answer.map_err(|_| Failure::Late(ATTEMPT))??;
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        if status.is_success() {
            issued(&headers, &body).map_err(Failure::Unusable)
        } else {
            Err(refusal(status, &body, grant.asked()))
        }
    }

    fn request(&self, grant: Grant<'_>) -> reqwest::RequestBuilder {
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        self.http_client
            .request(Method::POST, self.token_url.url().clone())
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(CONTENT_TYPE, form_type)
            .header(USER_AGENT, self.user_agent.clone())
            .basic_auth(&self.id, Some(self.secret.expose_secret()))
            .body(grant.form())
    }
}

impl Grant<'_> {
    fn form(self) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        match self {
            Self::ClientCredentials { acting_user } => {
                form.append_pair("grant_type", "client_credentials");
                if let Some(user) = acting_user {
                    form.append_pair("sub", &user.to_string());
                }
            }
            Self::RefreshToken(token) => {
                form.append_pair("grant_type", "refresh_token");
                form.append_pair("refresh_token", token);
            }
            Self::AuthorizationCode { code, redirect_url } => {
                form.append_pair("grant_type", "authorization_code");
                form.append_pair("code", code);
                form.append_pair("redirect_uri", redirect_url);
            }
        }
        form.finish()
    }

    fn asked(self) -> Asked {
        match self {
            Self::ClientCredentials { acting_user: None } => Asked::Integration,
            Self::ClientCredentials { .. } => Asked::User,
            Self::RefreshToken(_) => Asked::Refresh,
            Self::AuthorizationCode { .. } => Asked::Code,
        }
    }
}

/// The tokens in an answer.
fn issued(headers: &HeaderMap, body: &Value) -> Result<Issued, &'static str> {
    let refresh = body.get("refresh_token").and_then(Value::as_str);
    let refresh = refresh.filter(|text| !text.is_empty());
    Ok(Issued {
        access: token(headers, body)?,
        refresh: refresh.map(|text| text.to_owned().into()),
    })
}

/// The token in an answer. The end of its life is measured by the clock of the answer, where it states one.
fn token(headers: &HeaderMap, body: &Value) -> Result<AccessToken, &'static str> {
    let text = body.get("access_token").and_then(Value::as_str);
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Err("holds no `access_token`; check ClientBuilder::token_url");
    };
    let kind = body.get("token_type").and_then(Value::as_str);
    if kind.is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err("has a token that is no bearer token");
    }
    let mut token = AccessToken::new(text);
    token.lifetime = lifetime(headers, body);
    Ok(token)
}

fn lifetime(headers: &HeaderMap, body: &Value) -> Option<Duration> {
    let in_seconds = body.get("expires_in").and_then(seconds);
    in_seconds.or_else(|| {
        let end = body.get("expires_at").or(body.get("expires"))?;
        let end = match end {
            Value::String(text) => DateTime::parse_from_rfc3339(text).ok()?.to_utc(),
            end => DateTime::<Utc>::from_timestamp(end.as_i64()?, 0)?,
        };
        let now = http_date(headers, DATE).unwrap_or_else(Utc::now);
        Some((end - now).to_std().unwrap_or(Duration::ZERO))
    })
}

/// A number, or the text of one. What is negative has ended.
fn seconds(value: &Value) -> Option<Duration> {
    let number = value.as_f64().or_else(|| value.as_str()?.parse().ok())?;
    let number = Some(number).filter(|number| number.is_finite())?;
    Some(Duration::try_from_secs_f64(number.max(0.0)).unwrap_or(Duration::MAX))
}

fn refusal(status: StatusCode, body: &Value, asked: Asked) -> Failure {
    let text = |key| body.get(key).and_then(Value::as_str);
    let code = text("error").and_then(|own| CODES.into_iter().find(|code| *code == own));
    let message = text("error_description").or_else(|| text("message"));
    Failure::Refused {
        status,
        code,
        message: message.or_else(|| text("error")).map(str::to_owned),
        asked,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ends_of_tokens() {
        let mut headers = HeaderMap::new();
        // Years behind: what counts is the clock of the service.
        headers.insert(
            DATE,
            HeaderValue::from_static("Mon, 02 Mar 2020 10:00:00 GMT"),
        );
        for (body, seconds) in [
            (json!({"expires_in": 3600}), Some(3600)),
            (json!({"expires_in": "3600"}), Some(3600)),
            (json!({"expires_in": -5}), Some(0)),
            (json!({"expires_at": "2020-03-02T11:00:00Z"}), Some(3600)),
            (json!({"expires": "2020-03-02T11:00:00Z"}), Some(3600)),
            (json!({"expires_at": 1_583_146_800}), Some(3600)),
            (json!({"expires_at": "2020-03-02T09:00:00Z"}), Some(0)),
            (json!({"expires_at": "tomorrow"}), None),
            (json!({"expires_in": null}), None),
            (json!({}), None),
        ] {
            let found = lifetime(&headers, &body);
            assert_eq!(found, seconds.map(Duration::from_secs), "{body}");
        }
    }

    #[test]
    fn answers_without_a_token() {
        for body in [
            json!(null),
            json!([]),
            json!({"access_token": 5}),
            json!({"access_token": ""}),
            json!({"access_token": "t", "token_type": "mac"}),
        ] {
            assert!(token(&HeaderMap::new(), &body).is_err(), "{body}");
        }
        assert!(
            token(
                &HeaderMap::new(),
                &json!({"access_token": "t", "token_type": "bearer"})
            )
            .is_ok()
        );
    }
}
