//! Length of an answer, counted while it is put together: one that would be too long is given up before it takes memory.

use super::room;
use crate::bounds::ANSWER_BYTES;
use crate::refusal::{Outcome, Refusal};

/// The bytes of an answer so far.
#[derive(Debug, Default)]
pub(crate) struct AnswerLength(usize);

impl AnswerLength {
    /// Counts another part, or refuses an answer that gets longer than [`ANSWER_BYTES`].
    pub(crate) fn add(&mut self, bytes: usize) -> Outcome<()> {
        self.0 = self.0.saturating_add(bytes);
        if self.0 > ANSWER_BYTES {
            return Err(Refusal::AnswerTooLong);
        }
        room::grow(self.0)
    }
}
