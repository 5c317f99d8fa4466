//! The runtime of the generated Harvest client.
//!
//! The generated crate knows the operations and the models; this crate knows how to carry them out. It knows nothing of
//! any one version or operation: base URL, way of authentication and paths come in through [`Api`] and [`Operation`].
//!
//! | where | what |
//! | --- | --- |
//! | [`ClientBuilder`], [`Core`] | how a client is set up, and what its copies share |
//! | [`Auth`], [`TokenSource`], [`AccessToken`] | who calls |
//! | [`AuthorizationCode`] | the consent of a user |
//! | [`TokenStore`], [`FileTokenStore`], [`TokenPair`] | refresh tokens, kept beyond the process |
//! | [`Operation`], [`Request`] | one call before it is sent |
//! | [`NoActingUser`], [`WithActingUser`], [`Async`] | what the types of clients and requests say: who acts, and how |
//! | [`RawRequest`] | one call of which nothing is known |
//! | [`mod@retry`], [`CallOptions`] | how it is carried out: times, retries, pace |
//! | [`Limiter`] | how the pace is found that the service allows |
//! | [`Wait`] | what a program can say while it waits |
//! | [`DryRun`] | runs that change nothing |
//! | [`SetOption`] | optional values for setters |
//! | [`Response`], [`Error`] | what came of it |
//! | [`Pages`], [`Items`], [`Record`], [`Completeness`] | lists, over all their pages |
//! | [`Items::lenient`], [`Unreadable`] | lists in which some records cannot be read |
//! | [`List`], [`Json`], [`model::Unexpected`] | what answers hold besides what is described |
//! | [`custom_field`] | what an organization keeps about its records: reading, changing and checking it |
//! | [`BulkOutcome`] | what became of the rows of bulk jobs |
//! | [`PollOptions`], [`Created`] | records that are not ready when they are created |
//! | [`mod@attachment`] | files: sending them along, fetching them |
//! | `webhook` | deliveries of the service: verified, and handled once |
//! | [`Timestamp`], [`Date`], [`Patch`], [`mod@model`], [`id!`], [`open_enum!`] | values that models are made of |
//!
//! # Privacy
//!
//! What passes through here is about people who applied for a job. No key, token, body, query value, id in a path or
//! field of a person appears in any `Debug`, in the `Display` of any error, or in what is traced; tests prove it. The text that the
//! service sent with an error can be read on purpose: [`Error::message`] and [`Error::field_errors`].
//!
//! # Runtime
//!
//! Calls are made on tokio, with its I/O and time drivers on (`enable_all`, as `#[tokio::main]` does it): timeouts and
//! waits run by `tokio::time`.
//!
//! # Tracing
//!
//! Calls are reported to [`tracing`](https://docs.rs/tracing), in OpenTelemetry's names of HTTP attributes. Each call
//! is a span `harvest.call` (info) with a span `harvest.attempt` (debug) for each time it is sent; the download of a file
//! is a span `harvest.download` (info). A program that sets no subscriber up pays nothing for it.
//!
//! | field | on | what |
//! | --- | --- | --- |
//! | `otel.name`, `otel.kind` | spans | `GET /v1/users/{id}`, `client` |
//! | `harvest.operation` | call | `get_user` |
//! | `http.request.method`, `url.template` | call | `GET`, `/v1/users/{id}`: never with the ids in it |
//! | `server.address`, `server.port` | call | of the base URL |
//! | `http.request.resend_count` | attempts | 0 for the first, which leaves it out; 1 for the second |
//! | `http.response.status_code` | spans | of the last answer |
//! | `harvest.request_id` | spans | what the service calls the request |
//! | `error.type` | spans, events | a status (`502`), or `timeout`, `connect`, `connection` and the like |
//! | `harvest.attempts` | call, download | how often it was sent |
//! | `harvest.wait_ms` | call, events | how long it waited; in an event, how long it will or did |
//! | `harvest.duration_ms` | spans | how long it took, waits included |
//! | `harvest.bytes` | downloads | how many bytes the file has |
//!
//! | event | level | when |
//! | --- | --- | --- |
//! | `waited for the rate limit` | debug | after a wait for its turn |
//! | `trying again` | warn | an attempt failed; before the wait |
//! | `failed` | debug; warn if there were several attempts | a call ended with an error |
//! | `not decoded` | warn | an answer is not what the model says |
//! | `recorded by a dry run` | debug | a write was not sent; there is no span |
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls with aws-lc, as rustls and reqwest have it by default, and with the platform's
//!   certificate verifier.
//! - `rustls-ring`: the same with ring, which is much quicker to compile. aws-lc is left out only where nothing else in the
//!   program asks for it, so turn the default off.
//! - `native-tls`: TLS by the platform's own library.
//! - `shared-limiter`: `Limiter::shared`, one allowance of requests for several processes of a machine.
//! - `redis`: `Limiter::redis`, the same for processes of several machines, in Redis or Valkey.
//! - `blocking`: calls that block the thread, and lists as iterators.
//! - `webhooks`: the module `webhook`, which verifies deliveries of the service.
//! - `axum`: the same, and verified deliveries as an extractor of axum 0.8.
//! - `jiff`: times of `jiff` 1 from [`Timestamp`] and [`Date`], and back.
//! - `rusqlite`: ids, times and open enumerations as parameters and columns of `rusqlite` 0.39.
//! - `sqlx`: the same of `sqlx` 0.8.6, for all its databases. (0.9 needs a newer Rust than this crate.)
//!
//! In a database an id is an integer, and a time or a value of an enumeration the text that the service wrote; what came
//! as null is NULL. For a column of a database's own type of time, or one that is compared with others, there is `to_utc()`.
//!
//! Without any TLS, a client can only be built for a plain loopback address, or with a [`reqwest::Client`] of your own.

#![cfg_attr(docsrs, feature(doc_cfg))]
// What cannot be given to a task of a server is of little use.
#![warn(clippy::future_not_send)]

mod answer_body;
mod api;
pub mod attachment;
mod attempt_loop;
mod auth;
#[cfg(feature = "blocking")]
mod background;
mod base_url;
#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking;
mod builder;
mod bulk;
mod call_stats;
mod conventions;
mod core;
pub mod custom_field;
mod date;
mod deadline;
pub mod decode;
mod dry_run;
mod error;
mod error_answer;
mod exchange;
mod find;
mod id;
mod identity;
mod json;
mod limit;
mod link;
mod list;
pub mod model;
mod open_enum;
mod operation;
mod options;
mod pages;
mod param;
mod patch;
mod prepared;
mod printable;
mod pulse;
mod range;
mod rate_limit;
mod raw_request;
mod ready;
mod redact;
mod request;
mod response;
pub mod retry;
mod retry_after;
mod seconds;
mod secret;
#[doc(hidden)]
pub mod selector;
mod send;
mod set_option;
#[cfg(any(feature = "rusqlite", feature = "sqlx"))]
mod sql;
mod substrings;
mod task;
mod time_option;
mod timestamp;
#[cfg(all(feature = "rustls-ring", not(feature = "rustls")))]
mod tls;
mod trace;
mod transient;
mod typestate;
pub mod union;
mod wait;
#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
pub mod webhook;
mod wire_text;
#[cfg(feature = "jiff")]
#[cfg_attr(docsrs, doc(cfg(feature = "jiff")))]
mod with_jiff;

pub use crate::api::Api;
pub use crate::auth::{
    AccessToken, AuthorizationCode, AuthorizationRequest, FileTokenStore, LockedTokenStore,
    StoreFuture, TokenError, TokenFuture, TokenPair, TokenSource, TokenStore,
};
pub use crate::builder::ClientBuilder;
#[doc(hidden)]
pub use crate::bulk::JobReader;
pub use crate::bulk::{BulkJob, BulkOutcome, BulkRow, RowFailure, RowOutcome};
pub use crate::conventions::{Auth, BulkJobs, Conventions, Environment, RateWindow, TokenService};
pub use crate::core::Core;
pub use crate::date::{Date, ParseDateError};
pub use crate::decode::DecodeError;
pub use crate::dry_run::{DryRun, RecordedCall};
pub use crate::error::Error;
pub use crate::error_answer::FieldError;
pub use crate::find::Find;
pub use crate::identity::Identity;
pub use crate::json::Json;
pub use crate::limit::{Allowance, Limiter};
pub use crate::link::Links;
pub use crate::list::List;
pub use crate::open_enum::UnknownValue;
pub use crate::operation::{ActingUser, Method, Operation, Pagination};
pub use crate::options::CallOptions;
pub use crate::pages::{Completeness, Incomplete, Items, Pages, Record, Unreadable};
pub use crate::param::Param;
pub use crate::patch::Patch;
pub use crate::range::{DateRange, Range, TimeRange};
pub use crate::rate_limit::RateLimit;
pub use crate::raw_request::RawRequest;
pub use crate::ready::{Created, PollOptions, PollTarget};
pub use crate::request::Request;
pub use crate::response::Response;
pub use crate::send::Sending;
pub use crate::set_option::SetOption;
pub use crate::timestamp::{ParseTimestampError, Timestamp};
#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub use crate::typestate::Blocking;
pub use crate::typestate::{Async, NoActingUser, WithActingUser};
pub use crate::wait::{Wait, WaitReason};

// Part of this crate's interface, so that a user gets them in the versions that fit.
pub use bytes::Bytes;
pub use chrono;
pub use futures_core::Stream;
pub use http::StatusCode;
pub use reqwest;

/// What macros and generated code use. Not part of the public interface.
#[doc(hidden)]
pub mod __private {
    #[cfg(feature = "rusqlite")]
    pub use rusqlite;
    pub use serde;
    pub use serde_json;
    #[cfg(feature = "sqlx")]
    pub use sqlx_core as sqlx;

    pub use crate::id::deserialize as deserialize_id;
    pub use crate::identity::{IdProbe, ProbeNumber, ProbeOptionalNumber, ProbeOther};
    pub use crate::json::notes::count_unexpected;
    pub use crate::open_enum::{deserialize as deserialize_enum, unknown, unknown_json};
    pub use crate::pages::lenient_page;
    #[cfg(feature = "rusqlite")]
    pub use crate::sql::{read_rusqlite, rusqlite_text};
    pub use crate::wire_text::WireText;
    #[cfg(any(feature = "rusqlite", feature = "sqlx"))]
    pub use crate::{open_enum::unknown_stored, sql::Stored};

    /// The values of a list, converted to what the request takes.
    pub fn list<L, I>(values: I) -> L
    where
        L: IntoIterator + FromIterator<<L as IntoIterator>::Item>,
        I: IntoIterator<Item: Into<<L as IntoIterator>::Item>>,
    {
        values.into_iter().map(Into::into).collect()
    }
}

/// What other crates of the workspace ask of answers that are not the API's. Not part of the public interface.
#[doc(hidden)]
pub mod __answers {
    use std::time::Duration;

    use chrono::Utc;
    use http::{HeaderMap, StatusCode};

    use crate::answer_body::{NotAskedFor, require_identity};
    use crate::retry_after::{EndOfPause, end_of};

    /// The wait that an answer asks for.
    pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
        crate::retry_after::retry_after(headers)
    }

    /// When a wait ends that begins now, for people.
    pub fn end_of_pause(wait: Duration) -> String {
        EndOfPause(end_of(Utc::now(), wait)).to_string()
    }

    /// Whether the same request may be answered otherwise later.
    pub fn is_transient(status: StatusCode) -> bool {
        crate::transient::is_transient(status)
    }

    /// ` (br), and this was not asked for`, if a body has a content coding.
    pub fn foreign_coding(headers: &HeaderMap) -> Option<String> {
        let name = require_identity(headers).err()?;
        Some(NotAskedFor(name.as_deref()).to_string())
    }
}

/// Steps that `benches` measures in isolation. Not part of the public interface.
#[doc(hidden)]
pub mod __bench {
    use http::{HeaderMap, StatusCode};
    use reqwest::Url;
    use tokio::time::Instant;

    use crate::limit::Patience;
    use crate::{Limiter, Links};

    /// Reads the `Link` header of an answer.
    pub fn links(headers: &HeaderMap, url: &Url) -> Links {
        Links::read(headers, url)
    }

    /// Takes a turn under the limit, and has its answer at once.
    pub async fn turn(limiter: &Limiter, answer: &HeaderMap) {
        if let Ok(permit) = limiter.acquire(&mut Patience::endless()).await {
            limiter.observe(permit, StatusCode::OK, answer, Instant::now());
        }
    }
}
