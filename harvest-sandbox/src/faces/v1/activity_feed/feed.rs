//! Feeds, as v1 answers them.

use super::entry::Show;
use crate::domain::activity_feed::{Reader, each_read_by};
use crate::http::buffer;
use crate::http::refusal::Outcome;
use crate::store::{AnswerLength, View};

/// The text of a feed. It is written entry by entry: a feed can be as long as an answer, and is there once.
pub(super) struct Text<'a> {
    pub(super) view: &'a View<'a>,
    pub(super) reader: &'a Reader,
    pub(super) candidate_id: i64,
    pub(super) text: Vec<u8>,
    /// Of all sections together.
    pub(super) length: AnswerLength,
}

impl Text<'_> {
    /// Adds what is between entries.
    pub(super) fn put(&mut self, text: &str) {
        buffer::extend(&mut self.text, text.as_bytes());
    }

    /// Adds a list of all entries of a sort that the reader may read, latest first.
    pub(super) fn list<T: Show>(&mut self) -> Outcome<()> {
        let (view, text) = (self.view, &mut self.text);
        text.push(b'[');
        let begin = text.len();
        let length = &mut self.length;
        each_read_by::<T>(view, self.reader, self.candidate_id, length, |id, entry| {
            if text.len() > begin {
                text.push(b',');
            }
            buffer::extend(text, entry.show(view, id)?.to_string().as_bytes());
            Ok(())
        })?;
        text.push(b']');
        Ok(())
    }
}
