//! Webhooks: deliveries of the service, verified, decoded and handled once.
//!
//! | type | what |
//! | --- | --- |
//! | [`Verifier`] | the check of a signature over the raw bytes, with the secrets that may have made it |
//! | [`Delivery`] | a request whose signature is right |
//! | [`Rejected`] | why a request is none, and the status to answer with |
//! | [`UnknownEvent`], [`events!`](crate::events) | what generated enumerations of events are made of |
//! | [`Deduplicator`], [`HandledDeliveries`] | one handling of what is delivered several times |
//! | [`Protocol`] | the names of headers and the waits between attempts: a constant of the generated crate |
//!
//! A receiver reads a bounded body, verifies it **before** it is parsed, stores it, and answers with
//! [`Protocol::success`] at once. With the feature `axum` a [`Delivery`] is an extractor that does the first two.
//!
//! ```
//! use harvest_runtime::webhook::{Protocol, Secrets, Verifier};
//! # use std::time::Duration;
//! # const PROTOCOL: &Protocol = &Protocol {
//! #     signature_header: "signature", algorithm: "sha256", event_id_header: "event-id",
//! #     success: 200, waits: &[Duration::from_secs(60)],
//! # };
//!
//! // The new secret first; the old one for as long as its deliveries are repeated.
//! let secrets = Secrets::new(["nest of wrens", "the one before"])?;
//! let verifier = Verifier::new(PROTOCOL, secrets);
//!
//! let body = br#"{"action":"ping","payload":{}}"#;
//! # let signature = verifier.signature(body);
//! # let mut headers = harvest_runtime::reqwest::header::HeaderMap::new();
//! # headers.insert("signature", signature.parse().unwrap());
//! let delivery = verifier.verify(&headers, body.as_slice().into()).expect("signed by the service");
//! assert_eq!(delivery.body(), body.as_slice());
//! # Ok::<(), harvest_runtime::webhook::InvalidSecrets>(())
//! ```
//!
//! The scheme signs the body and nothing else: neither the time, nor the id of the event, nor the address. Who has got
//! hold of a signed body can send it again under another id, so an event is a hint to read the record, and not a command.

mod dedupe;
mod delivery;
mod event;
#[cfg(feature = "axum")]
mod extract;
mod handled;
mod protocol;
mod rejected;
mod secrets;
mod verifier;

pub use self::dedupe::{Deduplicator, HandleError, Outcome};
pub use self::delivery::{Delivery, DeliveryKey};
pub use self::event::UnknownEvent;
pub use self::handled::{HandledDeliveries, HandledInMemory};
pub use self::protocol::Protocol;
pub use self::rejected::Rejected;
pub use self::secrets::{InvalidSecrets, Secrets};
pub use self::verifier::Verifier;

#[doc(hidden)]
pub use self::event::{action, known, read};

#[cfg(test)]
mod tests;
