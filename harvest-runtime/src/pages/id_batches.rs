//! Lists that take several requests even where nothing is paged, because one can name only so many records.

use std::collections::VecDeque;
use std::task::{Context, Poll, ready};

use reqwest::Url;
use url::form_urlencoded;

use super::completeness::{Completeness, Incomplete};
use super::page_fetcher::{Contents, PageFetcher};
use crate::exchange::Answer;
use crate::prepared::Prepared;
use crate::{Error, Operation};

/// What a part that is still to be read is called in the fragment of a URL to resume from.
const THEN: &str = "then";

/// The parts of a list, one behind the other. Most lists have one.
///
/// Where several pages may be under way, the first pages of the next parts are asked for ahead. Batches have no records in
/// common, so nothing can move from one to another.
pub(super) struct IdBatches {
    /// The part that is being read.
    fetcher: PageFetcher,
    /// Batches of which the first page is under way already.
    ahead: VecDeque<PageFetcher>,
    /// Batches of which nothing was asked for yet.
    later: VecDeque<Prepared>,
    concurrency: usize,
    /// By the parts that were read.
    delivered: u64,
    /// Of the parts that were read.
    completeness: Completeness,
}

impl IdBatches {
    pub(super) fn new(parts: Result<(Prepared, Vec<Prepared>), Error>) -> Self {
        let (first, later) = match parts {
            Ok((first, later)) => (Ok(first), later.into()),
            Err(mistake) => (Err(mistake), VecDeque::new()),
        };
        Self {
            fetcher: PageFetcher::new(first),
            ahead: VecDeque::new(),
            later,
            concurrency: 1,
            delivered: 0,
            completeness: Completeness::Proven,
        }
    }

    pub(super) fn operation(&self) -> Option<&'static Operation> {
        self.fetcher.operation()
    }

    pub(super) fn set_concurrency(&mut self, pages: usize) {
        self.concurrency = pages.max(1);
        self.fetcher.set_concurrency(pages);
    }

    /// Begins at this page, and goes on with the parts that its fragment names.
    pub(super) fn resume_from(&mut self, url: &str) {
        self.later.clear();
        if let (Ok(url), Some(list)) = (Url::parse(url), self.fetcher.list()) {
            // They are pages of the same list, whatever the fragment says: only the query is taken from it.
            self.later = queries(&url)
                .map(|query| {
                    let mut first = list.url.clone();
                    first.set_query(Some(&query));
                    list.at(first)
                })
                .collect();
        }
        self.fetcher.resume_from(url);
    }

    /// The next page: see [`PageFetcher::poll_page`].
    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Answer, Error>>> {
        loop {
            let page = self.fetcher.poll_page(context);
            self.ask_ahead();
            match ready!(page) {
                Some(Err(error)) => return Poll::Ready(Some(Err(self.stopped(error)))),
                None if self.next_part() => {}
                page => return Poll::Ready(page),
            }
        }
    }

    /// Begins as many parts as may be under way beside this one.
    fn ask_ahead(&mut self) {
        while self.fetcher.under_way().max(1) + self.ahead.len() < self.concurrency {
            let Some(first) = self.later.pop_front() else {
                return;
            };
            let mut walk = self.part(first);
            walk.start_ahead();
            self.ahead.push_back(walk);
        }
    }

    /// Goes on to the next part, if there is one.
    fn next_part(&mut self) -> bool {
        let next = self.ahead.pop_front();
        let next = next.or_else(|| self.later.pop_front().map(|first| self.part(first)));
        let Some(mut next) = next else {
            return false;
        };
        next.set_barren(self.fetcher.barren());
        let read = std::mem::replace(&mut self.fetcher, next);
        self.delivered += read.delivered();
        self.completeness = self.completeness.and(read.completeness());
        true
    }

    fn part(&self, first: Prepared) -> PageFetcher {
        let mut walk = PageFetcher::new(Ok(first));
        walk.set_concurrency(self.concurrency);
        walk
    }

    pub(super) fn page_done(&mut self, contents: Contents) {
        self.fetcher.page_done(contents);
    }

    /// The page was answered, but cannot be used.
    pub(super) fn stop_here(&mut self, error: Error) -> Error {
        let error = self.fetcher.stop_here(error);
        self.stopped(error)
    }

    /// Ends the list. Where it can be resumed, it can be with all parts that were not read.
    fn stopped(&mut self, error: Error) -> Error {
        let delivered = self.delivered + error.delivered().unwrap_or_default();
        let begun = self.ahead.iter().filter_map(PageFetcher::list);
        let rest: Vec<&str> = begun
            .chain(&self.later)
            .filter_map(|part| part.url.query())
            .collect();
        let url = error.resume_url().map(|url| with_rest(url, &rest));
        self.ahead.clear();
        self.later.clear();
        error.stopped(delivered, url)
    }

    pub(super) fn completeness(&self) -> Completeness {
        if self.ahead.is_empty() && self.later.is_empty() {
            self.completeness.and(self.fetcher.completeness())
        } else {
            Completeness::Unproven(Incomplete::Unfinished)
        }
    }
}

/// A URL to resume from that also says with which queries to go on. They stand in the fragment, which is not sent.
fn with_rest(url: &str, rest: &[&str]) -> String {
    if rest.is_empty() {
        return url.to_owned();
    }
    let fragment = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(rest.iter().map(|query| (THEN, query)))
        .finish();
    // What is there says at which page it begins.
    let mark = if url.contains('#') { '&' } else { '#' };
    format!("{url}{mark}{fragment}")
}

/// What [`with_rest`] put there.
fn queries(url: &Url) -> impl Iterator<Item = String> {
    form_urlencoded::parse(url.fragment().unwrap_or_default().as_bytes())
        .filter(|(key, _)| key == THEN)
        .map(|(_, query)| query.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_survives_the_url() {
        let rest = ["ids=1%2C2&email=a%40b", "ids=3&email=a%40b#x"];
        let url = with_rest("https://h.example/v1/users?page=2", &rest);
        let url = Url::parse(&url).unwrap();
        assert_eq!(url.query(), Some("page=2"));
        assert_eq!(queries(&url).collect::<Vec<_>>(), rest);
        assert_eq!(with_rest("https://h.example/", &[]), "https://h.example/");
        let at = with_rest("https://h.example/v1/users#at=%2Fx", &rest);
        assert!(at.starts_with("https://h.example/v1/users#at=%2Fx&then="));
        assert_eq!(queries(&Url::parse(&at).unwrap()).collect::<Vec<_>>(), rest);
        for foreign in ["https://h.example/#page-2", "https://h.example/#a=b&x"] {
            assert_eq!(queries(&Url::parse(foreign).unwrap()).count(), 0);
        }
    }
}
