//! Refusal of what a store answers: more than is asked for, a coding, a request for a long pause. `object_store` hands these
//! errors through, and repeats nothing by them.

use std::error::Error;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use object_store::GetOptions;
use object_store::client::{HttpError, HttpErrorKind};

/// The most bytes of an answer that is no object, of which the longest is a page of 5,000 names.
const MOST_ANSWER: u64 = 16 * 1024 * 1024;
/// The most room that is made by an announced length alone.
const FIRST_ROOM: u64 = 64 * 1024 * 1024;

/// Why an answer is not taken.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum Refusal {
    #[error("{answer} has more than {most} bytes, and the rest was not read; {advice}")]
    TooLarge {
        /// Which one.
        answer: String,
        most: u64,
        advice: &'static str,
    },
    #[error(
        "{answer} is encoded{coding}; put it there without Content-Encoding, or look for a proxy \
         that ignores Accept-Encoding"
    )]
    Encoded { answer: String, coding: String },
    #[error("the store asked for a pause (HTTP {status}) until {until}")]
    Paused {
        status: u16,
        /// For people.
        until: String,
    },
}

impl Refusal {
    /// The one among the causes of an error.
    pub(super) fn of<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Self> {
        let mut next = Some(error);
        while let Some(cause) = next {
            if let Some(refusal) = cause.downcast_ref() {
                return Some(refusal);
            }
            next = cause.source();
        }
        None
    }
}

impl From<Refusal> for HttpError {
    fn from(refusal: Refusal) -> Self {
        // Of a kind that is not repeated.
        Self::new(HttpErrorKind::Decode, refusal)
    }
}

/// How many bytes an answer may have. It goes along with the request for an object; others have the usual one.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    pub most: u64,
    /// What to do about more.
    advice: &'static str,
    /// Why an answer was not taken. `object_store` asks for the rest of it, which is refused then.
    refused: Arc<OnceLock<Refusal>>,
}

impl Default for Bound {
    fn default() -> Self {
        let advice = "a store sends less; check that the endpoint in the environment is one";
        Self::new(MOST_ANSWER, advice)
    }
}

impl Bound {
    pub(super) fn new(most: u64, advice: &'static str) -> Self {
        Self {
            most,
            advice,
            refused: Arc::default(),
        }
    }

    /// Options that have it go along with the request for an object.
    pub(super) fn options(&self) -> GetOptions {
        let mut options = GetOptions::default();
        options.extensions.insert(self.clone());
        options
    }

    pub(super) fn refused(&self) -> Option<&Refusal> {
        self.refused.get()
    }

    /// That an answer has more, for as often as it is asked for.
    pub(super) fn refuse(&self, answer: &str) -> Refusal {
        let refusal = Refusal::TooLarge {
            answer: answer.to_owned(),
            most: self.most,
            advice: self.advice,
        };
        self.refused.get_or_init(|| refusal).clone()
    }

    /// The bytes of an object, however often it was begun again. `announced` is what it is said to have.
    pub(super) async fn collect<E>(
        &self,
        mut parts: impl Stream<Item = Result<Bytes, E>> + Unpin,
        announced: u64,
    ) -> Result<Result<Bytes, Refusal>, E> {
        let room = announced.min(self.most).min(FIRST_ROOM);
        let mut bytes = Vec::with_capacity(usize::try_from(room).unwrap_or(0));
        while let Some(part) = parts.next().await {
            let part = part?;
            let length = bytes.len() as u64 + part.len() as u64;
            if length > self.most {
                return Ok(Err(self.refuse("the object")));
            }
            bytes.extend_from_slice(&part);
        }
        Ok(Ok(bytes.into()))
    }
}
