//! Effects of faults.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::FaultError;
use crate::bounds::LONGEST_WAIT;

/// What a [`Fault`](crate::Fault) does to a request or to its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// The answer takes this much longer. A client that gives up before a request is acted upon takes it back; with
    /// [`after_acting`](crate::Fault::after_acting) it is too late for that. In JSON: `{"latency_ms": 250}`.
    #[serde(rename = "latency_ms", with = "millis")]
    Latency(Duration),
    /// This status (200 to 599) in place of the answer, with a JSON message and neither `Retry-After` nor rate-limit
    /// headers.
    Status(u16),
    /// This status in place of the answer, with `Retry-After` in seconds. A wait that is not whole seconds is sent as a
    /// fraction, which the RFC does not have, so that tests need not wait a second.
    /// In JSON: `{"retry_after": {"status": 429, "wait_ms": 2000}}`.
    RetryAfter {
        /// From 200 to 599.
        status: u16,
        /// How long to wait.
        #[serde(rename = "wait_ms", with = "millis")]
        wait: Duration,
    },
    /// The connection is reset (TCP RST), in place of an answer. The head of the request has been read, since it says
    /// which operation is meant, its body has not; with [`after_acting`](crate::Fault::after_acting) all has.
    Reset,
    /// An HTML page with this status in place of the answer, as proxies and maintenance windows have it.
    Html(u16),
    /// Of a success: `Content-Length` is right, but the connection ends halfway through the body.
    TruncatedBody,
    /// Of a success: the body ends halfway, and `Content-Length` says so. Half of a JSON text is no JSON text.
    InvalidJson,
    /// Of a success: the same body, said to be `text/plain`.
    WrongContentType,
    /// Of a success: `Link` names a next page at another host (`elsewhere.example`).
    NextElsewhere,
    /// Of a success: `Link` names the page itself as the next one.
    NextItself,
    /// So many records, up to 1,000,000, are put at the front of the list before it is read, so that others move to later
    /// pages. Lists only; an empty list stays empty, and all that is put at the front of one is not more than that.
    RowsInserted(usize),
}

/// The most records that are put at the front of a list, by one fault and by all of them.
pub(super) const MOST_ROWS: usize = 1_000_000;

impl Effect {
    pub(super) fn check(&self) -> Result<(), FaultError> {
        match *self {
            Self::Status(status) | Self::RetryAfter { status, .. } | Self::Html(status)
                if !(200..=599).contains(&status) =>
            {
                Err(FaultError::Status { status })
            }
            Self::Latency(wait) | Self::RetryAfter { wait, .. } if wait > LONGEST_WAIT => {
                Err(FaultError::Wait {
                    limit: LONGEST_WAIT,
                })
            }
            Self::RowsInserted(rows) if rows > MOST_ROWS => {
                Err(FaultError::Rows { limit: MOST_ROWS })
            }
            _ => Ok(()),
        }
    }
}

/// Times as whole milliseconds.
mod millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        u64::try_from(time.as_millis())
            .unwrap_or(u64::MAX)
            .serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_bounded() {
        let status = |wait| Effect::RetryAfter { status: 503, wait };
        for effect in [
            Effect::Latency(LONGEST_WAIT),
            status(LONGEST_WAIT),
            Effect::RowsInserted(MOST_ROWS),
        ] {
            assert_eq!(effect.check(), Ok(()), "{effect:?}");
        }
        let longer = LONGEST_WAIT + Duration::from_millis(1);
        for effect in [
            Effect::Latency(longer),
            Effect::Latency(Duration::MAX),
            status(longer),
            Effect::RowsInserted(MOST_ROWS + 1),
            Effect::RowsInserted(usize::MAX),
        ] {
            assert!(effect.check().is_err(), "{effect:?}");
        }
    }

    #[test]
    fn scripts() {
        let second = Duration::from_secs(1);
        for (effect, script) in [
            (Effect::Latency(second), json!({"latency_ms": 1000})),
            (Effect::Status(502), json!({"status": 502})),
            (
                Effect::RetryAfter {
                    status: 429,
                    wait: second,
                },
                json!({"retry_after": {"status": 429, "wait_ms": 1000}}),
            ),
            (Effect::Reset, json!("reset")),
            (Effect::Html(503), json!({"html": 503})),
            (Effect::TruncatedBody, json!("truncated_body")),
            (Effect::InvalidJson, json!("invalid_json")),
            (Effect::WrongContentType, json!("wrong_content_type")),
            (Effect::NextElsewhere, json!("next_elsewhere")),
            (Effect::NextItself, json!("next_itself")),
            (Effect::RowsInserted(3), json!({"rows_inserted": 3})),
        ] {
            assert_eq!(serde_json::to_value(&effect).unwrap(), script);
            assert_eq!(serde_json::from_value::<Effect>(script).unwrap(), effect);
        }
    }
}
