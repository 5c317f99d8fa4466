//! Whether what was read is the whole list.

use std::fmt;

/// Whether what was read is the whole list: every record that was in it from the first answer to the last.
///
/// A list is read in several answers, and the service does not hold it still meanwhile. So this is only
/// [`Proven`](Self::Proven) where one answer held everything (or each of several, that were asked for different records by
/// their ids), or where the service pages by cursor, which goes on from a record and not from a number. Of counted
/// pages, the best that can be known is [`NoSignOfChange`](Self::NoSignOfChange): a record that is removed from a page
/// already read moves all later ones up by one place, and the one that moves onto that page is not seen.
///
/// Only [`Unproven`](Self::Unproven) calls for action, and its [`Incomplete`] says what was seen; see [`incomplete`](Self::incomplete).
///
/// ```
/// use harvest_runtime::{Error, Items};
///
/// async fn ids(mut items: Items<serde_json::Value>) -> Result<Vec<i64>, Error> {
///     let mut ids = Vec::new();
///     while let Some(item) = items.next().await {
///         ids.extend(item?["id"].as_i64());
///     }
///     if let Some(reason) = items.completeness().incomplete() {
///         eprintln!("{reason}: something may be missing");
///     }
///     Ok(ids)
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// Nothing is missing.
    Proven,
    /// It was read to its end by the numbers of its pages, and nothing indicates that it changed meanwhile. No record is
    /// known to be missing, and reading it again proves no more.
    NoSignOfChange,
    /// Something may be missing, for a reason that calls for action.
    Unproven(Incomplete),
}

/// The reason for which a list may not be whole, and for which something has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Incomplete {
    /// It was not read to its end: it goes on, or ended with an error.
    Unfinished,
    /// It changed while it was read: a record came twice, the number of pages changed, or a page that should have
    /// records had none. Records that were removed may have moved others to a page that was read before. Reading it again helps.
    ChangedWhileReading,
    /// There was a record that could not be read: see [`Items::lenient`](crate::Items::lenient).
    UnreadableRecord,
    /// It was resumed, and what comes before was not read here.
    Resumed,
}

impl Completeness {
    /// Whether it is [`Proven`](Self::Proven).
    pub fn is_proven(self) -> bool {
        self == Self::Proven
    }

    /// The reason for which something may be missing, if there is one that calls for action.
    pub fn incomplete(self) -> Option<Incomplete> {
        match self {
            Self::Proven | Self::NoSignOfChange => None,
            Self::Unproven(reason) => Some(reason),
        }
    }

    /// Of two parts together: the graver reason.
    pub(super) fn and(self, other: Self) -> Self {
        let gravity = |completeness: &Self| match completeness {
            Self::Proven => 0,
            Self::NoSignOfChange => 1,
            Self::Unproven(Incomplete::Resumed) => 2,
            Self::Unproven(Incomplete::ChangedWhileReading) => 3,
            Self::Unproven(Incomplete::UnreadableRecord) => 4,
            Self::Unproven(Incomplete::Unfinished) => 5,
        };
        std::cmp::max_by_key(self, other, gravity)
    }
}

/// One line for people.
impl fmt::Display for Completeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proven => f.write_str("complete"),
            Self::NoSignOfChange => f.write_str("read to its end, without a sign of change"),
            Self::Unproven(reason) => write!(f, "not proven to be complete: {reason}"),
        }
    }
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unfinished => "the list was not read to its end",
            Self::ChangedWhileReading => "the list changed while it was read",
            Self::UnreadableRecord => "a record could not be read",
            Self::Resumed => "the list was not read from its start",
        })
    }
}
