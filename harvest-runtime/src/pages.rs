//! Lists, over all their pages.

mod completeness;
mod follow;
mod id_batches;
mod lenient;
mod numbered;
mod page_fetcher;
mod prefetch;
mod record;
mod repeats;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::StatusCode;
use reqwest::Url;

use crate::prepared::Prepared;
use crate::{DecodeError, Error, Identity, List, Response, decode};

pub use self::completeness::{Completeness, Incomplete};
use self::id_batches::IdBatches;
pub use self::lenient::{Unreadable, lenient_page};
use self::page_fetcher::Contents;
pub use self::record::Record;
use self::repeats::{Recent, Seen};

/// A list, page by page: a stream of answers, each with its records and headers.
///
/// It follows the URL that each page names as the next one (`rel="next"` in `Link`), exactly as it is, so filters and
/// page size stay. A page is fetched when it is asked for; with [`concurrency`](Self::concurrency), some are fetched
/// ahead. An empty page that names a next one is not the end.
///
/// After the first error the stream ends; what came before it is not the whole list. The error says how far it came
/// ([`Error::delivered`]) and where to go on ([`Error::resume_url`], [`resume_from`](Self::resume_from)). Besides the
/// errors of any call, there is [`Error::is_pagination`]: the next URL leads to another host (the credential is not sent
/// there), or back to a page seen before, or makes no sense; or the list goes on, and brings nothing new. A record that
/// cannot be decoded is an error, too, unless the list is [`lenient`](Self::lenient).
///
/// Nothing new are 100 pages in a row without a record that did not come before. A record is known by its [`Identity`];
/// without one, by what it has for an `id`, if that is a text or a number; otherwise by its whole value. How that is
/// written makes no difference. A list whose records are all objects without an `id`,
/// as where other properties alone were asked for, may have many that are alike and others all the same: it ends after
/// 20,000 such pages. Of lists of more than 32,768 records, so many are remembered, and not all: it takes up to
/// 100 pages, of whatever kind, for each further 32,768 until it is sure that all their records came before. Which ones are
/// remembered is by chance, so no order of the records gets around it, and a list that has a new record on each page ends
/// wrongly less than once in 10^21 times.
///
/// A list of records that are named by their ids takes several requests if there are more than one can name
/// ([`Request::query_split`](crate::Request::query_split)). They are made in the order of the ids, and their pages come
/// one behind the other, also where pages without a new record are counted.
///
/// A list can change while it is read. Pages are handed out as they came, so a record can be on two of them;
/// [`Items`] leaves the second out. [`completeness`](Self::completeness) says what is known at the end.
///
/// [`next`](Self::next) works without any further crate; as a [`Stream`] it has all of `futures`.
///
/// ```
/// use harvest_runtime::{Error, Pages};
///
/// async fn count(mut pages: Pages<serde_json::Value>) -> Result<usize, Error> {
///     let mut count = 0;
///     while let Some(page) = pages.next().await {
///         count += page?.len();
///     }
///     Ok(count)
/// }
/// ```
#[must_use = "a stream does nothing until it is asked for its next page"]
pub struct Pages<T> {
    batches: IdBatches,
    recent: Recent,
    seen: Seen,
    decode: Decode<T>,
    /// What is tried first.
    read: Option<Read<T>>,
    /// There was a record that could not be read.
    unread: bool,
}

/// How a page is read that may be left to be decoded.
type Read<T> = fn(&[u8]) -> Option<Vec<T>>;

/// How a page is decoded: of its URL, status and body.
type Decode<T> = fn(&Url, StatusCode, &[u8]) -> Result<Page<T>, DecodeError>;

/// A page that was decoded.
struct Page<T> {
    records: List<T>,
    /// How many of them could not be read.
    unread: usize,
    /// The places of the page that are no record, in order.
    gaps: Vec<usize>,
}

impl<T> Page<T> {
    /// A page of which everything could be read.
    fn of(records: List<T>) -> Self {
        Self {
            gaps: records.gaps().collect(),
            records,
            unread: 0,
        }
    }
}

/// A list, record by record: [`Pages`] laid end to end, without records that come twice.
///
/// After the first error the stream ends; what came before it is not the whole list. The error says how many records
/// came ([`Error::delivered`]) and where to go on ([`Error::resume_url`], [`resume_from`](Self::resume_from)).
///
/// # Lists that change
///
/// The service does not hold a list still while its pages are read one after the other.
///
/// - A record that is **added** before the place that was reached pushes another onto the next page, where it comes a
///   second time. It is handed out once: an id ([`Identity`]) is not handed out again within the next 10,000 records. So
///   memory does not grow with the list, and it takes more than 10,000 records put into the list between the reading of
///   two neighbouring pages for one to come twice.
/// - A record that is **removed** before that place pulls another onto a page already read. No client can see it;
///   [`completeness`](Self::completeness) does not claim that nothing is missing.
///
/// ```
/// use harvest_runtime::{Error, Items};
///
/// async fn first(mut items: Items<serde_json::Value>) -> Result<Option<serde_json::Value>, Error> {
///     items.next().await.transpose()
/// }
/// ```
#[must_use = "a stream does nothing until it is asked for its next record"]
pub struct Items<T> {
    pages: Pages<T>,
    page: std::vec::IntoIter<T>,
}

impl<T: Record> Pages<T> {
    pub(crate) fn new(parts: Result<(Prepared, Vec<Prepared>), Error>) -> Self {
        Self {
            batches: IdBatches::new(parts),
            recent: Recent::default(),
            seen: Seen::default(),
            decode: |_, status, body| decode::page(status, body).map(Page::of),
            read: None,
            unread: false,
        }
    }
}

impl<T: Identity + Send + 'static> Pages<T> {
    /// The same list, with pages that are decoded in another way.
    fn decoded_by<U>(self, decode: Decode<U>) -> Pages<U> {
        Pages {
            batches: self.batches,
            recent: self.recent,
            seen: self.seen,
            decode,
            read: None,
            unread: self.unread,
        }
    }

    /// The same list, with pages that a function reads where it can: it gets the body as it came. What it leaves (`None`) is
    /// decoded as usual, with all repairs and errors. For programs that keep records as texts: decoding each into one of
    /// its own costs more than all the rest.
    #[doc(hidden)]
    pub fn read_by(mut self, read: Read<T>) -> Self {
        self.read = Some(read);
        self
    }

    /// Fetches up to so many pages at the same time, ahead of the one asked for, and hands them out in order. 1 if not
    /// set, and at least 1. The pace is still that of the rate limit, so more than a few help only where answers are
    /// slow; memory grows by an undecoded page each.
    ///
    /// It takes effect on lists whose pages the service counts ([`Pagination::Offset`](crate::Pagination::Offset)), from
    /// the first answer on that names the last page: the others are then asked for by that URL, with another number and
    /// everything else as it is. What comes behind the last page by then is followed. Other lists go on from page to
    /// page. Where a list takes several requests, these are prefetched, too.
    ///
    /// Pages that are read at the same time can miss a record that is put into the list meanwhile and pushes others from
    /// a page not yet read onto one already read. Where records are added at the front (or at the end) this always shows
    /// by a record that comes again, before anything is lost: what was fetched ahead is then dropped, and the rest is
    /// read one by one. It does not show for records without [`Identity`], and need not for records added in the
    /// middle; read such lists without `concurrency`.
    ///
    /// Pages ahead are fetched by tasks of the tokio runtime, which end with this stream.
    pub fn concurrency(mut self, pages: usize) -> Self {
        self.batches.set_concurrency(pages);
        self
    }

    /// Goes on where an earlier stream of the same list ended with an error: at its [`Error::resume_url`]. The URL
    /// brings its own filters and page size, and what was left to ask for behind it. Records that moved in between come twice, or not at all.
    ///
    /// # Errors
    ///
    /// In place of the first page, [`Error::is_invalid_request`]: if it is no URL, or is at another host than the base
    /// URL, or has another path than this list; or if this stream was begun already.
    pub fn resume_from(mut self, url: impl AsRef<str>) -> Self {
        self.batches.resume_from(url.as_ref());
        self
    }

    /// Whether what was read is the whole list, once the stream has ended.
    pub fn completeness(&self) -> Completeness {
        let completeness = self.batches.completeness();
        if self.unread {
            completeness.and(Completeness::Unproven(Incomplete::UnreadableRecord))
        } else {
            completeness
        }
    }

    /// The next page, or `None` after the last one and after an error. Dropping the future loses nothing: the next
    /// call goes on waiting for the same page.
    pub async fn next(&mut self) -> Option<Result<Response<List<T>>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
        repeats: Repeats,
    ) -> Poll<Option<Result<Response<List<T>>, Error>>> {
        let Some(answer) = ready!(self.batches.poll_page(context)) else {
            return Poll::Ready(None);
        };
        let decoded = match answer {
            Ok(answer) => match self.read.and_then(|read| read(answer.body())) {
                Some(records) => Ok(answer.read_as(Page::of(records.into()))),
                None => answer.decode_page(self.decode),
            },
            Err(error) => return Poll::Ready(Some(Err(error))),
        };
        Poll::Ready(Some(match decoded {
            Ok(page) => Ok(self.settle(page, repeats)),
            Err(error) => Err(self.batches.stop_here(error)),
        }))
    }

    fn settle(&mut self, page: Response<Page<T>>, repeats: Repeats) -> Response<List<T>> {
        let records = page.value().records.places_len();
        let unread = page.value().unread;
        let (mut repeated, mut place, mut anonymous) = (0, 0, Vec::new());
        let page = page.map(|page| {
            let mut gaps = page.gaps.into_iter().peekable();
            let mut page = page.records;
            let mut is_new = |record: &T| {
                while gaps.next_if_eq(&place).is_some() {
                    place += 1;
                }
                let id = record.identity();
                if id.is_none() {
                    anonymous.push(place);
                }
                place += 1;
                let is_new = id.is_none_or(|id| self.recent.is_new(id));
                if let Some(id) = id.filter(|_| is_new) {
                    self.seen.id(id);
                }
                repeated += usize::from(!is_new);
                is_new
            };
            match repeats {
                Repeats::Kept => page.iter().for_each(|record| {
                    is_new(record);
                }),
                Repeats::LeftOut => page.vec_mut().retain(is_new),
            }
            page
        });
        if !anonymous.is_empty() {
            self.seen.texts(page.bytes(), &anonymous);
        }
        self.unread |= unread > 0;
        self.batches.page_done(Contents {
            records,
            handed_out: page.len() - unread,
            repeats: repeated,
            news: self.seen.end_page(),
            is_circle: self.seen.repeats_itself(),
        });
        page
    }
}

/// What becomes of records that come twice.
#[derive(Clone, Copy, PartialEq)]
enum Repeats {
    Kept,
    LeftOut,
}

impl<T: Identity + Send + 'static> Stream for Pages<T> {
    type Item = Result<Response<List<T>>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context, Repeats::Kept)
    }
}

impl<T: Identity + Send + 'static> Items<T> {
    pub(crate) fn new(pages: Pages<T>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }

    /// Fetches up to so many pages at the same time, ahead of the records asked for, and hands them out in order: see
    /// [`Pages::concurrency`].
    pub fn concurrency(mut self, pages: usize) -> Self {
        self.pages = self.pages.concurrency(pages);
        self
    }

    /// Goes on where an earlier stream of the same list ended with an error, at its [`Error::resume_url`]: see
    /// [`Pages::resume_from`].
    ///
    /// ```
    /// use harvest_runtime::{Error, Request};
    /// use serde_json::Value;
    ///
    /// /// Reads the list, and goes on once where it broke off.
    /// async fn read(list: impl Fn() -> Request) -> Result<Vec<Value>, Error> {
    ///     let mut records = Vec::new();
    ///     let mut items = list().items();
    ///     let mut is_second_try = false;
    ///     while let Some(record) = items.next().await {
    ///         match record {
    ///             Ok(record) => records.push(record),
    ///             Err(error) => match error.resume_url() {
    ///                 Some(url) if !is_second_try => {
    ///                     items = list().items().resume_from(url);
    ///                     is_second_try = true;
    ///                 }
    ///                 _ => return Err(error),
    ///             },
    ///         }
    ///     }
    ///     Ok(records)
    /// }
    /// ```
    pub fn resume_from(mut self, url: impl AsRef<str>) -> Self {
        self.pages = self.pages.resume_from(url);
        self
    }

    /// Whether what was read is the whole list, once the stream has ended.
    pub fn completeness(&self) -> Completeness {
        if self.page.len() > 0 {
            return Completeness::Unproven(Incomplete::Unfinished);
        }
        self.pages.completeness()
    }

    /// A record that needs no waiting.
    #[cfg(feature = "blocking")]
    pub(crate) fn next_buffered(&mut self) -> Option<T> {
        self.page.next()
    }

    /// All records that are left, in memory: a `Vec`, or whatever can be extended.
    ///
    /// # Errors
    ///
    /// The first error. What came before it is lost; [`next`](Self::next) keeps it.
    ///
    /// ```
    /// use harvest_runtime::{Error, Items};
    ///
    /// async fn all(items: Items<serde_json::Value>) -> Result<Vec<serde_json::Value>, Error> {
    ///     items.collect().await
    /// }
    /// ```
    pub async fn collect<C: Default + Extend<T>>(mut self) -> Result<C, Error> {
        let mut all = C::default();
        while let Some(record) = self.next().await {
            all.extend([record?]);
        }
        Ok(all)
    }

    /// The first record that is left, if there is one. Pages behind it are not asked for.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn first(mut self) -> Result<Option<T>, Error> {
        self.next().await.transpose()
    }

    /// The first record that is left and fits. Pages behind it are not asked for.
    ///
    /// # Errors
    ///
    /// The first error before it.
    pub async fn find(mut self, mut fits: impl FnMut(&T) -> bool) -> Result<Option<T>, Error> {
        while let Some(record) = self.next().await {
            let record = record?;
            if fits(&record) {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// The next record, or `None` after the last one and after an error. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: Identity + Send + 'static> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // The room that the records took is given back before others come.
            this.page = Vec::new().into_iter();
            match ready!(this.pages.poll_page(context, Repeats::LeftOut)) {
                Some(Ok(page)) => this.page = page.into_value().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Nothing in it is pinned in place; the records are held by value.
impl<T> Unpin for Items<T> {}

/// Prints the operation.
impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.batches.operation().map(|operation| operation.id);
        f.debug_struct("Pages")
            .field("operation", &operation)
            .finish_non_exhaustive()
    }
}

/// Prints the operation and how many records of the current page are left.
impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("left", &self.page.len())
            .finish_non_exhaustive()
    }
}
