//! Lists, over all their pages.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::Method;
use http::header::HeaderMap;
use reqwest::Url;
use serde::de::DeserializeOwned;

use crate::base_url::Origin;
use crate::exchange::{Answer, BoxFuture, exchange};
use crate::link::Target;
use crate::request::Prepared;
use crate::{Core, Error, Operation, Response, decode};

/// A list, page by page: a stream of answers, each with its records and headers.
///
/// It follows the URL that each page names as the next one (`rel="next"` in `Link`), exactly as it is, so filters and
/// page size stay. A page is fetched when it is asked for, never ahead. An empty page that names a next one is not the
/// end.
///
/// After the first error the stream ends; what came before it is not the whole list. Besides the errors of any call,
/// there is [`Error::is_pagination`]: the next URL leads to another host (the credential is not sent there), or back
/// to a page seen before, or makes no sense.
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
    walk: Walk,
    item: PhantomData<fn() -> T>,
}

/// A list, record by record: [`Pages`] laid end to end.
///
/// After the first error the stream ends; what came before it is not the whole list.
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

impl<T: DeserializeOwned + Send + 'static> Pages<T> {
    pub(crate) fn new(first: Result<Prepared, Error>) -> Self {
        Self {
            walk: Walk::new(first),
            item: PhantomData,
        }
    }

    /// The next page, or `None` after the last one and after an error. Dropping the future loses nothing: the next
    /// call goes on waiting for the same page.
    pub async fn next(&mut self) -> Option<Result<Response<Vec<T>>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: DeserializeOwned + Send + 'static> Stream for Pages<T> {
    type Item = Result<Response<Vec<T>>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let walk = &mut self.get_mut().walk;
        let page =
            ready!(walk.poll_page(context)).map(|answer| answer?.decode(decode::json::<Vec<T>>));
        if matches!(page, Some(Err(_))) {
            walk.end();
        }
        Poll::Ready(page)
    }
}

impl<T: DeserializeOwned + Send + 'static> Items<T> {
    pub(crate) fn new(pages: Pages<T>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }

    /// The next record, or `None` after the last one and after an error. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: DeserializeOwned + Send + 'static> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
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
        let operation = self.walk.follow.as_ref().map(|follow| follow.operation.id);
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

/// The way from page to page, without regard to what is on them. Not generic, so that it is compiled once.
struct Walk {
    state: State,
    /// `None` if the first request had a mistake.
    follow: Option<Follow>,
}

enum State {
    /// To be fetched when the next page is asked for.
    Due(Box<Prepared>),
    Fetching(BoxFuture<Result<Answer, Error>>),
    /// There is a next page that cannot be followed. The page before it was good and has been handed out.
    Stuck(Error),
    Ended,
}

/// What following pages have in common with the first.
struct Follow {
    core: Core,
    operation: &'static Operation,
    headers: HeaderMap,
    /// Hashes of the URLs fetched so far, by a hasher with a random key. With 64 bits, even a list of a million pages
    /// takes a new URL for an old one once in thirty million runs, and then says so.
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl Walk {
    fn new(first: Result<Prepared, Error>) -> Self {
        match first {
            Ok(first) => {
                let mut follow = Follow {
                    core: first.core.clone(),
                    operation: first.operation,
                    headers: first.headers.clone(),
                    seen: HashSet::new(),
                    hasher: RandomState::new(),
                };
                follow.is_new(&first.url);
                Self {
                    state: State::Due(Box::new(first)),
                    follow: Some(follow),
                }
            }
            Err(mistake) => Self {
                state: State::Stuck(mistake),
                follow: None,
            },
        }
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Answer, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Due(request) => self.state = State::Fetching(exchange(Ok(*request))),
                State::Fetching(mut fetching) => match fetching.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Fetching(fetching);
                        return Poll::Pending;
                    }
                    Poll::Ready(answer) => {
                        if let (Ok(answer), Some(follow)) = (&answer, &mut self.follow) {
                            self.state = match follow.after(answer) {
                                Ok(Some(next)) => State::Due(Box::new(next)),
                                Ok(None) => State::Ended,
                                Err(error) => State::Stuck(error),
                            };
                        }
                        return Poll::Ready(Some(answer));
                    }
                },
                State::Stuck(error) => return Poll::Ready(Some(Err(error))),
                State::Ended => return Poll::Ready(None),
            }
        }
    }

    fn end(&mut self) {
        self.state = State::Ended;
    }
}

impl Follow {
    /// The request for the page after this one, if there is one.
    fn after(&mut self, answer: &Answer) -> Result<Option<Prepared>, Error> {
        let mut url = match answer.head.links().into_next() {
            Target::Url(url) => url,
            Target::None => return Ok(None),
            Target::Broken => {
                return Err(Error::pagination(
                    self.operation,
                    "the URL of the next page makes no sense",
                ));
            }
        };
        let base_url = &self.core.shared().base_url;
        if !base_url.is_origin_of(&url) {
            let reason = format!(
                "the next page is at {}, but base_url is at {}, and the credential is sent \
                 nowhere else; if that host is the API, make it the base_url, and if base_url is \
                 a proxy, let it rewrite the Link header",
                Origin(&url),
                Origin(base_url.url()),
            );
            return Err(Error::pagination(self.operation, reason));
        }
        url.set_fragment(None);
        if !self.is_new(&url) {
            return Err(Error::pagination(
                self.operation,
                "the next page is one that was fetched before, so the list would never end",
            ));
        }
        Ok(Some(Prepared {
            core: self.core.clone(),
            operation: self.operation,
            method: Method::GET,
            url,
            headers: self.headers.clone(),
            body: None,
        }))
    }

    fn is_new(&mut self, url: &Url) -> bool {
        self.seen.insert(self.hasher.hash_one(url.as_str()))
    }
}
