//! Probe of a stream: whether this credential may read it, by one small request.

use harvest_runtime::chrono::{DateTime, Utc};
use harvest_runtime::{Core, Error, RateLimit, decode};

use crate::stream::Stream;

/// What a probe found.
#[derive(Debug, Clone)]
pub struct Probe {
    /// Whether the stream can be read.
    pub access: Access,
    /// The time by the clock of the service.
    pub date: Option<DateTime<Utc>>,
    /// What the service said of its rate limit.
    pub limit: Option<RateLimit>,
}

/// Whether a stream can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The service answered with records, or with none.
    Readable,
    /// The credential lacks the permission or scope of the stream.
    Missing,
    /// The service does not offer the list (501).
    NotOffered,
}

impl Stream {
    /// Asks for one record.
    ///
    /// # Errors
    ///
    /// If the service does not say whether the stream can be read: it fails, or refuses the credential as such.
    pub async fn probe(&self, core: &Core) -> Result<Probe, Error> {
        match self.smallest(core).send(decode::empty).await {
            Ok(answer) => {
                let date = answer.headers().get("date").and_then(|it| it.to_str().ok());
                let date = date.and_then(|it| DateTime::parse_from_rfc2822(it).ok());
                Ok(Probe {
                    access: Access::Readable,
                    date: date.map(|it| it.to_utc()),
                    limit: Some(answer.rate_limit()),
                })
            }
            Err(error) => match Access::of(&error) {
                Some(access) => Ok(Probe {
                    access,
                    date: None,
                    limit: None,
                }),
                None => Err(error),
            },
        }
    }
}

impl Access {
    /// Why the service will not answer with a stream, however often it is asked.
    pub(crate) fn of(error: &Error) -> Option<Self> {
        if error.is_missing_permission() || error.is_forbidden() {
            return Some(Self::Missing);
        }
        let is_not_implemented = error.status().is_some_and(|it| it.as_u16() == 501);
        is_not_implemented.then_some(Self::NotOffered)
    }

    /// The reason, to be read behind the name of the stream. None if it can be read.
    pub(crate) fn reason(self, stream: &Stream) -> Option<String> {
        match self {
            Self::Readable => None,
            Self::Missing => Some(format!("takes {}", stream.operation.permission)),
            Self::NotOffered => Some("is not offered by the service (501)".to_owned()),
        }
    }
}
