//! Length of an answer, counted while it is put together: one that would be too long is given up before it takes memory.

use crate::bounds::ANSWER_BYTES;
use crate::http::refusal::Outcome;
use crate::http::reply::{FieldError, Reply};

/// The bytes of an answer so far.
#[derive(Debug, Default)]
pub(crate) struct AnswerLength(usize);

impl AnswerLength {
    /// Counts another part, or refuses an answer that gets longer than [`ANSWER_BYTES`] with 422.
    pub(crate) fn add(&mut self, bytes: usize) -> Outcome<()> {
        self.0 = self.0.saturating_add(bytes);
        if self.0 <= ANSWER_BYTES {
            return Ok(());
        }
        let message = format!(
            "The answer would be longer than {ANSWER_BYTES} bytes: ask for less at once, with a smaller per_page"
        );
        Err(Reply::invalid_request(&[FieldError::whole(message)]).into())
    }
}
