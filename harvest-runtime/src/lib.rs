//! What every call of the generated Harvest client stands on.
//!
//! The generated crate knows the operations and the models; this crate knows how to carry them out. It knows nothing of
//! any one version or operation: base URL, way of authentication and paths come in through [`Api`] and [`Operation`].
//!
//! | where | what |
//! | --- | --- |
//! | [`ClientBuilder`], [`Core`] | how a client is set up, and what its copies share |
//! | [`Operation`], [`Request`] | one call before it is sent |
//! | [`Response`], [`Error`] | what came of it |
//! | [`Pages`], [`Items`] | lists, over all their pages |
//! | [`Timestamp`], [`Date`], [`Patch`], [`mod@model`], [`id!`], [`open_enum!`] | values that models are made of |
//!
//! # Privacy
//!
//! What passes through here is about people who applied for a job. No key, token, body, query value, id in a path or
//! field of a person appears in any `Debug`, or in the `Display` of any error; a test proves it. The text that the
//! service sent with an error can be read on purpose: [`Error::message`] and [`Error::field_errors`].
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls, with the platform's certificate verifier.
//! - `native-tls`: TLS by the platform's own library.
//!
//! Without either, a client can only be built for a plain loopback address, or with a [`reqwest::Client`] of your own.

mod api;
mod base_url;
mod builder;
mod core;
mod credential;
mod date;
pub mod decode;
mod error;
mod error_answer;
mod exchange;
mod id;
mod link;
pub mod model;
mod open_enum;
mod operation;
mod pages;
mod param;
mod patch;
mod redact;
mod request;
mod response;
mod retry_after;
mod timestamp;
pub mod union;
mod wire_text;

pub use crate::api::{Api, Scheme};
pub use crate::builder::ClientBuilder;
pub use crate::core::Core;
pub use crate::date::{Date, ParseDateError};
pub use crate::decode::DecodeError;
pub use crate::error::Error;
pub use crate::error_answer::FieldError;
pub use crate::link::Links;
pub use crate::open_enum::UnknownValue;
pub use crate::operation::{ActingUser, Method, Operation, Pagination};
pub use crate::pages::{Items, Pages};
pub use crate::param::Param;
pub use crate::patch::Patch;
pub use crate::request::Request;
pub use crate::response::Response;
pub use crate::timestamp::{ParseTimestampError, Timestamp};

// Part of this crate's interface, so that a user gets them in the versions that fit.
pub use chrono;
pub use futures_core::Stream;
pub use http::StatusCode;
pub use reqwest;

/// What macros and generated code use. Not part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use serde;
    pub use serde_json;

    pub use crate::id::deserialize as deserialize_id;
    pub use crate::open_enum::{deserialize as deserialize_enum, unknown};
    pub use crate::wire_text::WireText;
}
