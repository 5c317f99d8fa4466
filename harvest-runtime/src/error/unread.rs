//! Errors about answers whose body was not read.

use super::{Error, Kind};
use crate::answer_body::Unread;

impl Error {
    /// The service reported a success with more bytes than
    /// [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes). They were not read.
    /// Or it has more values than those bytes stand for, and was not decoded; or it is a gzip stream of more than 1,000 members.
    ///
    /// # Troubleshooting
    ///
    /// A change **was** carried out; do not send it again. Of a list, ask for smaller pages or less by its filters. Raise
    /// the limit if the answer is what you want; an answer that never ends mostly comes from something between you and the
    /// service.
    pub fn is_response_too_large(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Unread {
                reason: Unread::TooLarge { .. }
                    | Unread::TooManyValues { .. }
                    | Unread::TooMuchToHold { .. }
                    | Unread::TooManyMembers,
                ..
            }
        )
    }

    /// The service reported a success, but its body has a coding that was not asked for (`Content-Encoding`,
    /// `Transfer-Encoding`), or is a damaged gzip stream. Or it refused, in a coding that was not asked for: its reasons were not read.
    ///
    /// # Troubleshooting
    ///
    /// After a success, a change **was** carried out; do not send it again. Something between you and the service ignores
    /// `Accept-Encoding: gzip` or breaks what it compresses: a proxy, or an
    /// [`http_client`](crate::ClientBuilder::http_client) of your own with middleware.
    pub fn is_bad_encoding(&self) -> bool {
        match &self.0.kind {
            Kind::Unread { reason, .. } => {
                matches!(reason, Unread::Coding(_) | Unread::Damaged)
            }
            Kind::Refused(answer) => answer.foreign_coding.is_some(),
            _ => false,
        }
    }
}
