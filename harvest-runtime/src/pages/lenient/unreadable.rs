//! A record that could not be read.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::Url;

use crate::DecodeError;

/// A record of a list that could not be read: see [`Items::lenient`](crate::Items::lenient).
///
/// `Debug` and `Display` say which record of its page it is and what is wrong with it, and nothing of what it says.
#[derive(Clone)]
pub struct Unreadable(Box<Details>);

#[derive(Clone)]
struct Details {
    /// Shared by those of one page: a server can make it long.
    page: Arc<Url>,
    index: Option<usize>,
    error: DecodeError,
    bytes: Bytes,
}

impl Unreadable {
    pub(super) fn new(
        page: &Arc<Url>,
        index: Option<usize>,
        error: DecodeError,
        bytes: &[u8],
    ) -> Self {
        Self(Box::new(Details {
            page: Arc::clone(page),
            index,
            error,
            // Not a part of the page, which would stay in memory for it.
            bytes: Bytes::copy_from_slice(bytes),
        }))
    }

    /// The URL of its page. Its query may be about a person.
    pub fn page_url(&self) -> &str {
        self.0.page.as_str()
    }

    /// Which record of the page it is, counted from 0. `None` if the page is no list, if the list does not end or
    /// something follows it, and for what follows on too many of them.
    pub fn index(&self) -> Option<usize> {
        self.0.index
    }

    /// Where in the record: `emails[0].type`. `None` for the record as a whole, or if it is not JSON.
    pub fn path(&self) -> Option<&str> {
        self.0.error.path()
    }

    /// What is wrong, and where. Lines and columns are those of the record.
    pub fn error(&self) -> &DecodeError {
        &self.0.error
    }

    /// The record as it came, byte for byte.
    pub fn bytes(&self) -> &Bytes {
        &self.0.bytes
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.index {
            Some(index) => write!(f, "record {index} of a page was not read: {}", self.0.error),
            None => write!(f, "a page is not a whole list: {}", self.0.error),
        }
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreadable")
            .field("index", &self.0.index)
            .field("error", &self.0.error)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0.error)
    }
}
