//! The reasons for which there is no access token.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::answer_body::{Encoded, ReasonsIn};
use crate::limit::Pause;
use crate::seconds::Seconds;
use crate::time_option::TimeOption;
use crate::transient::passes;

/// The reason for which there is no access token. It prints no secret.
#[derive(Clone)]
pub struct TokenError(Arc<Failure>);

pub(crate) enum Failure {
    /// The token service refused, with the code of OAuth if it is a known one.
    Refused {
        status: StatusCode,
        code: Option<&'static str>,
        message: Option<String>,
        asked: Asked,
        /// The content coding in which its reasons were not read.
        foreign_coding: Option<String>,
    },
    Transport(reqwest::Error),
    /// No answer came in this time.
    Late(Duration),
    /// The time of the call ran out.
    OutOfTime(TimeOption),
    /// The token service asked for a pause that is not waited for.
    Paused(Pause),
    /// The answer came from another place.
    UnexpectedOrigin,
    /// The answer has no token that can be used.
    Unusable(&'static str),
    /// The answer is in a coding that was not asked for: its name, if that can be printed.
    Encoded(Option<String>),
    /// The fetch was broken off.
    Interrupted,
    /// Only a consent of the user gives another token.
    NeedsConsent(Lost),
    /// A callback brings no tokens.
    Callback(Callback),
    /// A step of the store of refresh tokens failed.
    Store(StoreStep, Box<dyn StdError + Send + Sync>),
    /// A text is no token pair that was stored.
    Unreadable,
    /// Of a source of the program's own.
    Source(Box<dyn StdError + Send + Sync>),
}

/// The grant that a token service refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A token of the integration itself.
    Integration,
    /// One that acts for a user.
    User,
    /// By a refresh token.
    Refresh,
    /// By an authorization code.
    Code,
}

/// The reason for which a callback brings no tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Callback {
    /// It is not at the redirect URL.
    Elsewhere,
    /// A parameter comes twice.
    Repeated,
    /// Its state is that of no request of this session.
    State,
    /// The user or the service refused, with the code of OAuth if it is a known one.
    Denied(Option<&'static str>),
    NoCode,
}

impl From<Callback> for Failure {
    fn from(callback: Callback) -> Self {
        Self::Callback(callback)
    }
}

/// The way in which a refresh token was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// There never was one.
    Never,
    /// The token service refuses it.
    Refused,
    /// It refuses it after it was sent without an answer, which may have held the next one.
    Unanswered,
}

/// The step of a store that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoreStep {
    Lock,
    Read,
    /// Before the refresh token is sent.
    Check,
    /// After the next one came.
    Write,
    /// After the first one came, of a consent.
    Consent,
}

impl StoreStep {
    /// The error of this step, for the one of the store.
    pub(crate) fn failed(self) -> impl FnOnce(Box<dyn StdError + Send + Sync>) -> TokenError {
        move |error| Failure::Store(self, error).into()
    }
}

impl Failure {
    /// The token service may have acted on the request and its answer was not read.
    pub(crate) fn may_have_been_acted_on(&self) -> bool {
        match self {
            Self::Transport(error) => !error.is_connect() && !error.is_builder(),
            // What it issued may be in an answer that cannot be used.
            Self::Late(_) | Self::UnexpectedOrigin | Self::Unusable(_) | Self::Encoded(_) => true,
            Self::Refused { status, .. } => status.is_server_error(),
            _ => false,
        }
    }
}

impl TokenError {
    /// The reason that a source of your own has. It becomes the source of the error, and is not printed by it.
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Failure::Source(source.into()).into()
    }

    /// The status of the answer of the token service, if it refused.
    pub fn status(&self) -> Option<StatusCode> {
        match &*self.0 {
            Failure::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The code by which the token service refused, or the page on which a user consents, if it is one of OAuth 2:
    /// `invalid_client`, `access_denied`. `None` too of a status that passes (429, 5xx), whose body says nothing of the grant.
    pub fn code(&self) -> Option<&'static str> {
        match &*self.0 {
            Failure::Refused { code, .. } | Failure::Callback(Callback::Denied(code)) => *code,
            _ => None,
        }
    }

    /// What the token service says is wrong. It may repeat what was sent, so it is not printed.
    pub fn message(&self) -> Option<&str> {
        match &*self.0 {
            Failure::Refused { message, .. } => message.as_deref(),
            _ => None,
        }
    }

    /// The pause for which the token service asked, if it was not waited for.
    pub(crate) fn pause(&self) -> Option<&Pause> {
        match &*self.0 {
            Failure::Paused(pause) => Some(pause),
            _ => None,
        }
    }

    pub(crate) fn is_out_of_time(&self) -> bool {
        matches!(*self.0, Failure::OutOfTime(_))
    }

    /// The user has to consent again before there is another token: the refresh token is lost or refused.
    ///
    /// # Troubleshooting
    ///
    /// Send the user through [`ClientBuilder::authorization_code`](crate::ClientBuilder::authorization_code) once more.
    /// An unused refresh token expires, so a program that runs more seldom than it lives needs a
    /// consent each time.
    pub fn needs_consent(&self) -> bool {
        matches!(*self.0, Failure::NeedsConsent(_))
    }

    /// Whether the token service asked for a pause: one that is longer than is waited for, or a refusal with 429.
    pub fn is_paused(&self) -> bool {
        self.pause().is_some() || self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the same may go well later.
    pub fn is_transient(&self) -> bool {
        match &*self.0 {
            Failure::Refused { status, .. } => passes(*status),
            Failure::Transport(error) => !error.is_builder(),
            Failure::Late(_)
            | Failure::OutOfTime(_)
            | Failure::Paused(_)
            | Failure::Interrupted => true,
            // What was not written is written with the next call; a lock may be released.
            Failure::Store(step, _) => matches!(step, StoreStep::Lock | StoreStep::Write),
            Failure::UnexpectedOrigin
            | Failure::Unusable(_)
            | Failure::Encoded(_)
            | Failure::NeedsConsent(_)
            | Failure::Callback(_)
            | Failure::Unreadable
            | Failure::Source(_) => false,
        }
    }
}

impl From<Failure> for TokenError {
    fn from(failure: Failure) -> Self {
        Self(Arc::new(failure))
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no access token: ")?;
        match &*self.0 {
            Failure::Refused {
                status,
                code,
                asked,
                foreign_coding,
                ..
            } => {
                write!(f, "the token service answered {}", status.as_u16())?;
                if let Some(code) = code {
                    write!(f, " ({code})")?;
                }
                f.write_str(": ")?;
                f.write_str(match (*status, *code) {
                    (_, Some("invalid_grant")) if *asked == Asked::User => {
                        "it gives out no token for this acting user; check the id of the user"
                    }
                    (_, Some("invalid_grant")) if *asked == Asked::Code => {
                        "the authorization code lives for a minute and is valid once, for one \
                         redirect URL; begin the consent again (AuthorizationCode::begin)"
                    }
                    (StatusCode::UNAUTHORIZED, _) | (_, Some("invalid_client")) => {
                        "the client id or the client secret is wrong or revoked; check \
                         ClientBuilder::client_credentials"
                    }
                    (StatusCode::TOO_MANY_REQUESTS, _) => {
                        "its rate limit is reached; try again later"
                    }
                    (status, _) if passes(status) => "it failed; try again later",
                    (status, _) if status.is_redirection() => {
                        "redirects are not followed; check ClientBuilder::token_url"
                    }
                    (StatusCode::NOT_FOUND, _) => "check ClientBuilder::token_url",
                    _ if *asked == Asked::User => {
                        "it refuses the client or the acting user; check the id of the user, and \
                         the rights of the client"
                    }
                    _ => "it refuses the client; check ClientBuilder::client_credentials",
                })?;
                write!(f, "{}", ReasonsIn(foreign_coding.as_deref()))
            }
            Failure::Transport(error) if error.is_connect() => f.write_str(
                "could not connect to the token service; check the network and \
                 ClientBuilder::token_url",
            ),
            Failure::Transport(_) => {
                f.write_str("the connection to the token service broke; try again later")
            }
            Failure::Late(time) => write!(
                f,
                "the token service did not answer within {}; try again later",
                Seconds(*time)
            ),
            Failure::OutOfTime(option) => write!(
                f,
                "the time of the call ran out while one was fetched; raise {option}"
            ),
            Failure::Paused(pause) => write!(f, "of the token service, {pause}"),
            Failure::UnexpectedOrigin => f.write_str(
                "the answer came from another host, to which the http_client followed a redirect; \
                 turn redirects off on that client",
            ),
            Failure::Unusable(reason) => write!(f, "the answer of the token service {reason}"),
            Failure::Encoded(name) => write!(
                f,
                "the answer of the token service {}",
                Encoded(name.as_deref())
            ),
            Failure::Interrupted => f.write_str(
                "the source of tokens was interrupted; it panicked, or the async runtime was shut \
                 down",
            ),
            Failure::NeedsConsent(lost) => f.write_str(match lost {
                Lost::Never => {
                    "the store holds no refresh token; have the user consent \
                     (ClientBuilder::authorization_code), or pass the first one to \
                     ClientBuilder::refresh_token"
                }
                Lost::Refused => {
                    "the token service refuses the refresh token: it ended unused, was used \
                     elsewhere, or the consent was withdrawn; have the user consent again \
                     (ClientBuilder::authorization_code)"
                }
                Lost::Unanswered => {
                    "the token service refuses the refresh token, which an earlier request without \
                     an answer has used up, it seems; have the user consent again \
                     (ClientBuilder::authorization_code)"
                }
            }),
            Failure::Callback(callback) => f.write_str(match callback {
                Callback::Elsewhere => {
                    "the callback is not at the redirect URL; pass the URL at which the user came \
                     back, whole"
                }
                Callback::Repeated => {
                    "the callback has a parameter twice; the service does not write it so. Begin \
                     the consent again"
                }
                Callback::State => {
                    "the state of the callback is not that of this session, so it answers another \
                     request, or someone made it up; begin the consent again \
                     (AuthorizationCode::begin)"
                }
                Callback::Denied(Some("access_denied")) => {
                    "the user did not consent (access_denied)"
                }
                Callback::Denied(Some("invalid_scope")) => {
                    "the integration lacks one of the scopes that were asked for, or it does not \
                     exist (invalid_scope); ask for those alone that it has"
                }
                Callback::Denied(Some("server_error" | "temporarily_unavailable")) => {
                    "the page of the consent failed; try again later"
                }
                Callback::Denied(Some(_)) => {
                    "the page of the consent refuses the integration; check its client id and \
                     redirect URL"
                }
                Callback::Denied(None) => {
                    "the page of the consent refused, with a code that OAuth does not have"
                }
                Callback::NoCode => {
                    "the callback has no code; pass the URL at which the user came back, whole"
                }
            }),
            Failure::Store(step, _) => f.write_str(match step {
                StoreStep::Lock => {
                    "the store of refresh tokens cannot be locked; see the source of this error"
                }
                StoreStep::Read => {
                    "the store of refresh tokens cannot be read; see the source of this error"
                }
                StoreStep::Check => {
                    "the store of refresh tokens cannot be written, so the refresh token was not \
                     sent and is still good; see the source of this error"
                }
                StoreStep::Write => {
                    "the next refresh token came and cannot be stored; this process keeps it, and \
                     stores it with the next call. If it ends before, the user has to consent \
                     again. See the source of this error"
                }
                StoreStep::Consent => {
                    "the user consented, and the tokens cannot be stored; begin the consent again \
                     (AuthorizationCode::begin) once the store can be written. See the source of \
                     this error"
                }
            }),
            Failure::Unreadable => f.write_str(
                "the text is no stored token pair; put it back as it was, or have the user consent \
                 again (ClientBuilder::authorization_code)",
            ),
            Failure::Source(_) => f.write_str(
                "the program's own source of tokens failed; see the source of this error",
            ),
        }
    }
}

/// Prints the text of `Display`.
impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenError({self})")
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            Failure::Transport(error) => Some(error),
            Failure::Source(error) | Failure::Store(_, error) => Some(&**error),
            _ => None,
        }
    }
}
