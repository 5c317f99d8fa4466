//! The lenient mode of lists: records that cannot be read are handed out as such, and do not end the list.

pub(super) mod split;
mod unreadable;

use std::sync::Arc;

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
    /// no list at all is one `Unreadable`, and so is what follows on 1,000 of them within one page. If there were any,
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

/// How many records of a page are looked at for themselves that cannot be read. What is kept of each takes up to a
/// thousand times as much memory as a comma.
const MOST_UNREADABLE: usize = 1_000;

/// Decodes a page, record by record if it has to be.
fn page<T: DeserializeOwned>(
    url: &Url,
    status: StatusCode,
    body: &[u8],
) -> Page<Result<T, Unreadable>> {
    if let Ok(list) = decode::page(status, body) {
        return Page::of(list.map(Ok));
    }
    let url = Arc::new(url.clone());
    let unreadable = |index, error: DecodeError, bytes| {
        Err(Unreadable::new(&url, index, error.without_advice(), bytes))
    };
    let Some(mut pieces) = Pieces::of(body) else {
        return Page {
            unread: 1,
            gaps: Vec::new(),
            records: [unreadable(None, decode::not_a_list(body), body)].into(),
        };
    };
    let mut unread = 0;
    let (mut records, mut gaps) = (Vec::new(), Vec::new());
    while let Some(Piece { index, text }) = pieces.next() {
        let record = match index {
            None => unreadable(None, decode::not_a_list(body), text),
            Some(_) => match decode::json(status, text) {
                Ok(record) => Ok(record),
                // No record, unless null is one.
                Err(_) if text == b"null" => {
                    gaps.extend(index);
                    continue;
                }
                Err(error) => unreadable(index, error, text),
            },
        };
        unread += usize::from(record.is_err());
        records.push(record);
        if unread == MOST_UNREADABLE
            && let Some(rest) = pieces.rest()
        {
            unread += 1;
            records.push(unreadable(None, DecodeError::untried(), rest));
            break;
        }
    }
    Page {
        unread,
        gaps,
        records: records.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Vec<Result<i64, Unreadable>> {
        lenient_page(body.as_bytes()).into()
    }

    /// The records that follow are not lost: the last item has their bytes.
    #[test]
    fn a_page_has_so_many_unreadable_records() {
        for (record, count) in [("\"a\"", 5_000), ("", 5_000), ("{", 1), ("[\"a\"]", 1_001)] {
            let body = format!("[{}7, 8]", format!("{record},").repeat(count));
            let records = read(&body);
            let last = records.last().unwrap().as_ref().unwrap_err();
            assert!(records.len() <= MOST_UNREADABLE + 1, "{record:?}");
            assert_eq!(last.index(), None, "{record:?}");
            assert!(last.bytes().ends_with(b"7, 8]") || count == 1, "{record:?}");
            if count > MOST_UNREADABLE {
                assert_eq!(records.len(), MOST_UNREADABLE + 1, "{record:?}");
                let said = last.to_string();
                assert!(said.contains("was not tried"), "{said}");
                let first = (MOST_UNREADABLE) * (record.len() + 1) + 1;
                assert_eq!(last.bytes(), &body.as_bytes()[first..], "{record:?}");
            }
        }
        // Nothing follows on the last one.
        let body = format!("[7,{}\"a\"]", "\"a\",".repeat(MOST_UNREADABLE - 1));
        let records = read(&body);
        assert_eq!(records.len(), MOST_UNREADABLE + 1);
        assert!(
            records
                .iter()
                .skip(1)
                .all(|it| it.as_ref().unwrap_err().index().is_some())
        );
    }
}
