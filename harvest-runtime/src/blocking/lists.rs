//! Lists as iterators.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::Waiter;
use crate::{Completeness, Error, Identity, List, Record, Response, Unreadable};

/// A list, page by page: the iterator beside the stream [`Pages`](crate::Pages), which says all there is to know.
///
/// ```
/// use harvest_runtime::{Error, blocking::Pages};
///
/// fn count(pages: Pages<serde_json::Value>) -> Result<usize, Error> {
///     let mut count = 0;
///     for page in pages {
///         count += page?.len();
///     }
///     Ok(count)
/// }
/// ```
#[must_use = "an iterator does nothing until it is asked for its next page"]
pub struct Pages<T>(Waited<crate::Pages<T>>);

/// A list, record by record: the iterator beside the stream [`Items`](crate::Items), which says all there is to know.
///
/// ```
/// use harvest_runtime::{Error, blocking::Items};
///
/// fn all(items: Items<serde_json::Value>) -> Result<Vec<serde_json::Value>, Error> {
///     items.collect()
/// }
/// ```
#[must_use = "an iterator does nothing until it is asked for its next record"]
pub struct Items<T>(Waited<crate::Items<T>>);

/// A stream that is waited for.
struct Waited<S> {
    stream: S,
    waiter: Waiter,
    /// It could not be waited for, which is the end.
    refused: bool,
}

impl<S> Waited<S> {
    fn new(stream: S, waiter: Waiter) -> Self {
        Self {
            stream,
            waiter,
            refused: false,
        }
    }

    /// Another stream that is waited for in the same way.
    fn map<U>(self, map: impl FnOnce(S) -> U) -> Waited<U> {
        Waited {
            stream: map(self.stream),
            waiter: self.waiter,
            refused: self.refused,
        }
    }

    fn next<T>(&mut self) -> Option<Result<T, Error>>
    where
        S: Stream<Item = Result<T, Error>> + Unpin,
    {
        if self.refused {
            return None;
        }
        let next = poll_fn(|context| Pin::new(&mut self.stream).poll_next(context));
        self.waiter.wait(next).unwrap_or_else(|error| {
            self.refused = true;
            Some(Err(error))
        })
    }
}

impl<T: Record> Pages<T> {
    /// Goes on where a record cannot be read, and hands it out as [`Unreadable`]: see
    /// [`Pages::lenient`](crate::Pages::lenient).
    pub fn lenient(self) -> Pages<Result<T, Unreadable>> {
        Pages(self.0.map(crate::Pages::lenient))
    }
}

impl<T: Identity + Send + 'static> Pages<T> {
    pub(crate) fn new(stream: crate::Pages<T>, waiter: Waiter) -> Self {
        Self(Waited::new(stream, waiter))
    }

    /// Fetches up to so many pages at the same time, and hands them out in order: see
    /// [`Pages::concurrency`](crate::Pages::concurrency).
    pub fn concurrency(mut self, pages: usize) -> Self {
        self.0.stream = self.0.stream.concurrency(pages);
        self
    }

    /// Goes on where an earlier iterator of the same list ended with an error, at its [`Error::resume_url`]: see
    /// [`Pages::resume_from`](crate::Pages::resume_from).
    pub fn resume_from(mut self, url: impl AsRef<str>) -> Self {
        self.0.stream = self.0.stream.resume_from(url);
        self
    }

    /// Whether what was read is the whole list, once the iterator has ended.
    pub fn completeness(&self) -> Completeness {
        self.0.stream.completeness()
    }
}

impl<T: Identity + Send + 'static> Iterator for Pages<T> {
    type Item = Result<Response<List<T>>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

impl<T: Record> Items<T> {
    /// Goes on where a record cannot be read, and hands it out as [`Unreadable`]: see
    /// [`Items::lenient`](crate::Items::lenient).
    pub fn lenient(self) -> Items<Result<T, Unreadable>> {
        Items(self.0.map(crate::Items::lenient))
    }
}

impl<T: Identity + Send + 'static> Items<T> {
    pub(crate) fn new(stream: crate::Items<T>, waiter: Waiter) -> Self {
        Self(Waited::new(stream, waiter))
    }

    /// Fetches up to so many pages at the same time, and hands their records out in order: see
    /// [`Pages::concurrency`](crate::Pages::concurrency).
    pub fn concurrency(mut self, pages: usize) -> Self {
        self.0.stream = self.0.stream.concurrency(pages);
        self
    }

    /// Goes on where an earlier iterator of the same list ended with an error, at its [`Error::resume_url`]: see
    /// [`Pages::resume_from`](crate::Pages::resume_from).
    pub fn resume_from(mut self, url: impl AsRef<str>) -> Self {
        self.0.stream = self.0.stream.resume_from(url);
        self
    }

    /// Whether what was read is the whole list, once the iterator has ended.
    pub fn completeness(&self) -> Completeness {
        self.0.stream.completeness()
    }

    /// The first record that is left, or `None`. Later pages are not fetched.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub fn first(mut self) -> Result<Option<T>, Error> {
        self.next().transpose()
    }

    /// The first record that is left and fits, or `None`. Later pages are not fetched. It takes the place of
    /// [`Iterator::find`], which would be handed results.
    ///
    /// # Errors
    ///
    /// The first error before it.
    ///
    /// ```
    /// use harvest_runtime::{Error, blocking::Items};
    /// use serde_json::Value;
    ///
    /// fn named(items: Items<Value>, name: &str) -> Result<Option<Value>, Error> {
    ///     items.find(|record| record["name"] == name)
    /// }
    /// ```
    pub fn find(mut self, mut fits: impl FnMut(&T) -> bool) -> Result<Option<T>, Error> {
        Iterator::find(&mut self, |record| record.as_ref().map_or(true, &mut fits)).transpose()
    }
}

impl<T: Identity + Send + 'static> Iterator for Items<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        // A record of the page at hand needs no waiting.
        if let Some(record) = self.0.stream.next_buffered() {
            return Some(Ok(record));
        }
        self.0.next()
    }
}

/// Prints the operation.
impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.stream.fmt(f)
    }
}

/// Prints the operation and how many records of the current page are left.
impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.stream.fmt(f)
    }
}
