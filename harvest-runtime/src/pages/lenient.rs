//! The lenient mode of lists: records that cannot be read are handed out as such, and do not end the list.

mod split;
mod unreadable;

use http::StatusCode;
use reqwest::Url;
use serde::de::DeserializeOwned;

use self::split::{Piece, Pieces};
pub use self::unreadable::Unreadable;
use super::{Items, Page, Pages};
use crate::{DecodeError, Identity, List, Record, decode};

impl<T: Record> Pages<T> {
    /// Goes on where a record cannot be read: see [`Items::lenient`]. A page then has a result for each record, in their
    /// order.
    pub fn lenient(self) -> Pages<Result<T, Unreadable>> {
        self.decoded_by(|url, status, body| Ok(page(url, status, body)))
    }
}

impl<T: Record> Items<T> {
    /// Goes on where a record cannot be read, and hands it out as [`Unreadable`]: with its place, what is wrong and the
    /// bytes that came. Without this, such a record is an error, which ends the list.
    ///
    /// What ends the list in this mode are other errors: an answer that is none, or the limit of retries. A page that is
    /// no list at all is one `Unreadable`. If there were any,
    /// [`completeness`](Items::completeness) is not proven.
    ///
    /// ```
    /// use harvest_runtime::{Error, Items};
    /// use serde_json::Value;
    ///
    /// async fn export(items: Items<Value>) -> Result<(), Error> {
    ///     let mut items = items.lenient();
    ///     while let Some(item) = items.next().await {
    ///         match item? {
    ///             Ok(record) => println!("{}", record["id"]),
    ///             Err(unreadable) => eprintln!("left out: {unreadable}"),
    ///         }
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn lenient(self) -> Items<Result<T, Unreadable>> {
        Items {
            pages: self.pages.lenient(),
            page: self.page.map(Ok).collect::<Vec<_>>().into_iter(),
        }
    }
}

/// A record that could be read is that record.
impl<T: Identity> Identity for Result<T, Unreadable> {
    fn identity(&self) -> Option<i64> {
        self.as_ref().ok()?.identity()
    }
}

/// A page as the lenient mode reads it, of no URL in particular. For fuzzing.
#[doc(hidden)]
pub fn lenient_page<T: DeserializeOwned>(body: &[u8]) -> List<Result<T, Unreadable>> {
    let url = Url::parse("https://harvest.example.com/").ok();
    url.map(|url| page(&url, StatusCode::OK, body).records)
        .unwrap_or_default()
}

/// Decodes a page, record by record if it has to be.
fn page<T: DeserializeOwned>(
    url: &Url,
    status: StatusCode,
    body: &[u8],
) -> Page<Result<T, Unreadable>> {
    if let Ok(list) = decode::page(status, body) {
        return Page::of(list.map(Ok));
    }
    let unreadable = |index, error: DecodeError, bytes| {
        Err(Unreadable::new(url, index, error.without_advice(), bytes))
    };
    let records: List<Result<T, Unreadable>> = if let Some(pieces) = Pieces::of(body) {
        let read = |Piece { index, text }| {
            if index.is_none() {
                return Some(unreadable(None, decode::not_a_list(body), text));
            }
            match decode::json(status, text) {
                Ok(record) => Some(Ok(record)),
                // No record, unless null is one.
                Err(_) if text == b"null" => None,
                Err(error) => Some(unreadable(index, error, text)),
            }
        };
        pieces.filter_map(read).collect()
    } else {
        [unreadable(None, decode::not_a_list(body), body)].into()
    };
    Page {
        unread: records.iter().filter(|record| record.is_err()).count(),
        records,
    }
}
