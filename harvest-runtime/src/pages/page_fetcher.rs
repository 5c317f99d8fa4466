//! The way from page to page, without regard to what is on them. Not generic, so that it is compiled once.

use std::collections::VecDeque;
use std::task::{Context, Poll, ready};

use reqwest::Url;

use super::completeness::{Completeness, Incomplete};
use super::follow::Follow;
use super::numbered::{self, Numbered, Repeated};
use super::prefetch;
use super::repeats::News;
use crate::exchange::{Answer, exchange};
use crate::prepared::Prepared;
use crate::{Error, Links, Operation, Pagination};
use futures_core::future::BoxFuture;

/// The way from page to page.
///
/// It takes a page at a time, from the link of the one before. Where the service counts pages and more than one may be
/// under way, it takes them by their numbers, up to the last, and from there on by links again.
///
/// Pages that are fetched at the same time are not read in the order of the list, and that can lose records: if page 3
/// is read, then a record put at the front, then page 2 read, the last record of page 2 has moved to page 3, unseen. But
/// page 1 is always read first, and so such a change always shows on a page before the loss, by a record that comes
/// again. From the first sign of change on, what was fetched ahead is dropped, and the rest is read page by page.
pub(super) struct PageFetcher {
    /// `None` if the first request had a mistake.
    follow: Option<Follow>,
    next: NextFetch,
    /// In the order of the list.
    under_way: VecDeque<Page>,
    numbers: Option<Numbers>,
    /// How many pages may be under way at once.
    concurrency: usize,
    /// The page that was handed out and is being looked at.
    arrived: Option<Arrived>,
    count: Option<Count>,
    progress: Progress,
}

/// How many pages in a row may bring no new record. A list that changes while it is read can have a few.
const MOST_BARREN: u32 = 100;
/// How many pages may bring only records without an id that are like others. The largest known list has a million records, in
/// pages of 100 by default; this is twice as much.
const MOST_ALIKE: u32 = 20_000;

/// What is asked for when nothing is under way and no numbers are left.
enum NextFetch {
    Start(Box<Prepared>),
    Page(Url),
    /// There is a next page that is not followed, or the request had a mistake. The list can go on at the URL.
    Stuck(Error, Option<Url>),
    Nothing,
}

struct Page {
    url: Url,
    answer: BoxFuture<'static, Result<Answer, Error>>,
}

struct Arrived {
    url: Url,
    links: Links,
}

/// Pages that are asked for by their numbers.
struct Numbers {
    list: Numbered,
    /// The first that was not asked for yet.
    next: u64,
}

/// What the first page that counted said about the number of pages.
struct Count {
    repeated: Repeated,
    last: u64,
}

/// What is on a page.
#[derive(Clone, Copy)]
pub(super) struct Contents {
    pub(super) records: usize,
    pub(super) handed_out: usize,
    /// Records that came before.
    pub(super) repeats: usize,
    pub(super) news: News,
    /// Whether the list shows the same records again and again.
    pub(super) is_circle: bool,
}

#[derive(Default)]
struct Progress {
    pages: u64,
    delivered: u64,
    barren: Barren,
    resumed: bool,
    moved: bool,
    /// There is no next page. Not so after an error.
    finished: bool,
}

/// Pages without a new record that named another page, since the last one with a new record.
#[derive(Clone, Copy, Default)]
pub(super) struct Barren {
    pages: u32,
    /// Besides, those with records that are like others and may be the same.
    alike: u32,
}

impl PageFetcher {
    pub(super) fn new(first: Result<Prepared, Error>) -> Self {
        let (follow, next) = match first {
            Ok(first) => (Some(Follow::new(&first)), NextFetch::Start(Box::new(first))),
            Err(mistake) => (None, NextFetch::Stuck(mistake, None)),
        };
        Self {
            follow,
            next,
            under_way: VecDeque::new(),
            numbers: None,
            concurrency: 1,
            arrived: None,
            count: None,
            progress: Progress::default(),
        }
    }

    /// The first page of the list.
    pub(super) fn list(&self) -> Option<&Prepared> {
        self.follow.as_ref().map(Follow::list)
    }

    /// How many pages are asked for and were not handed out yet.
    pub(super) fn under_way(&self) -> usize {
        self.under_way.len()
    }

    pub(super) fn delivered(&self) -> u64 {
        self.progress.delivered
    }

    pub(super) fn barren(&self) -> Barren {
        self.progress.barren
    }

    /// Counts on from the pages of a list before this one.
    pub(super) fn set_barren(&mut self, barren: Barren) {
        self.progress.barren = barren;
    }

    /// Asks for the first page now, rather than when it is asked for.
    pub(super) fn start_ahead(&mut self) {
        match std::mem::replace(&mut self.next, NextFetch::Nothing) {
            NextFetch::Start(first) => {
                let (operation, url) = (first.operation, first.url.clone());
                let answer = prefetch::start(operation, exchange(Ok(*first)));
                self.under_way.push_back(Page { url, answer });
            }
            due => self.next = due,
        }
    }

    pub(super) fn operation(&self) -> Option<&'static Operation> {
        self.follow.as_ref().map(Follow::operation)
    }

    pub(super) fn set_concurrency(&mut self, pages: usize) {
        self.concurrency = pages.max(1);
    }

    /// Begins at this page. A mistake is an error of the first page.
    pub(super) fn resume_from(&mut self, url: &str) {
        let Some(follow) = &self.follow else {
            return;
        };
        self.progress.resumed = true;
        let page = if matches!(self.next, NextFetch::Start(_)) {
            follow.resume(url)
        } else {
            Err(Error::invalid_request(
                follow.operation(),
                "`resume_from` has to be called once, before the first page is asked for",
            ))
        };
        self.under_way.clear();
        self.numbers = None;
        self.next = page.map_or_else(|error| NextFetch::Stuck(error, None), NextFetch::Page);
    }

    /// The next page. [`settle`](Self::settle) or [`stop_here`](Self::stop_here) says what became of it, before this is
    /// called again.
    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Answer, Error>>> {
        if self.under_way.is_empty() && self.numbers.is_none() {
            match (
                std::mem::replace(&mut self.next, NextFetch::Nothing),
                &self.follow,
            ) {
                (NextFetch::Start(first), _) => self.ask(*first),
                (NextFetch::Page(url), Some(follow)) => self.ask(follow.request(url)),
                (NextFetch::Stuck(error, page), _) => {
                    return Poll::Ready(Some(Err(self.stop(error, page))));
                }
                (NextFetch::Page(_), None) | (NextFetch::Nothing, _) => {}
            }
        }
        self.ask_ahead();
        let Some(page) = self.under_way.front_mut() else {
            return Poll::Ready(None);
        };
        let answer = ready!(page.answer.as_mut().poll(context));
        let url = self.under_way.pop_front().map(|page| page.url);
        Poll::Ready(Some(match (answer, url) {
            (Ok(answer), Some(url)) => {
                let links = answer.head.links();
                self.arrived = Some(Arrived { url, links });
                Ok(answer)
            }
            (Ok(answer), None) => Ok(answer),
            (Err(error), url) => Err(self.stop(error, url)),
        }))
    }

    fn ask(&mut self, request: Prepared) {
        self.under_way.push_back(Page {
            url: request.url.clone(),
            answer: exchange(Ok(request)),
        });
    }

    /// Asks for pages by their numbers, as many as may be under way.
    fn ask_ahead(&mut self) {
        let (Some(numbers), Some(follow)) = (&mut self.numbers, &self.follow) else {
            return;
        };
        while self.under_way.len() < self.concurrency && numbers.next <= numbers.list.last {
            let url = numbers.list.page(numbers.next);
            let answer = exchange(Ok(follow.request(url.clone())));
            let answer = prefetch::start(follow.operation(), answer);
            self.under_way.push_back(Page { url, answer });
            // `last` is not the greatest of all numbers.
            numbers.next += 1;
        }
    }

    /// The page was good, and this is on it.
    pub(super) fn page_done(&mut self, contents: Contents) {
        let Contents {
            records,
            handed_out,
            repeats,
            news,
            is_circle,
        } = contents;
        let (Some(Arrived { url, links }), Some(follow)) = (self.arrived.take(), &mut self.follow)
        else {
            return;
        };
        follow.read(&url);
        self.progress.pages += 1;
        self.progress.delivered += handed_out as u64;
        let is_end = !links.names_next();
        let here = self.compare_counts(&url, &links, records, is_end);
        if repeats > 0 || here.moved {
            self.progress.moved = true;
        }
        if records == 0 && is_end {
            // It is behind the end, and so are pages behind it. Those that are under way were perhaps answered earlier,
            // with records.
            self.numbers = None;
        }
        match news {
            News::New => self.progress.barren = Barren::default(),
            // The last page names no other.
            _ if is_end => {}
            News::Alike => self.progress.barren.alike += 1,
            News::Nothing => self.progress.barren.pages += 1,
        }
        let Barren { pages, alike } = self.progress.barren;
        let why = if pages >= MOST_BARREN {
            Some(format!(
                "{MOST_BARREN} pages in a row had no new record, and each named another page; look \
                 whether the list ends elsewhere"
            ))
        } else if is_circle {
            Some(
                "the same records came again and again, and each page named another one; look \
                 where it begins to repeat"
                    .to_owned(),
            )
        } else if alike >= MOST_ALIKE {
            Some(format!(
                "{MOST_ALIKE} pages had only records without an id that are like others; ask for \
                 their ids as well"
            ))
        } else {
            None
        };
        if let Some(why) = why.filter(|_| !is_end) {
            self.under_way.clear();
            self.numbers = None;
            self.give_up(links, why, pages >= MOST_BARREN);
            return;
        }
        let all_asked = |numbers: &Numbers| numbers.next > numbers.list.last;
        match &self.numbers {
            Some(numbers) if self.progress.moved => {
                let following = here.number.and_then(|number| number.checked_add(1));
                let skipped = following
                    .filter(|number| is_end && *number <= numbers.list.last)
                    .map(|number| numbers.list.page(number));
                self.under_way.clear();
                self.numbers = None;
                match skipped {
                    Some(page) => self.next = NextFetch::Page(page),
                    None => self.follow_next(&url, links),
                }
            }
            Some(numbers) if self.under_way.is_empty() && all_asked(numbers) => {
                self.numbers = None;
                self.follow_next(&url, links);
            }
            None if self.under_way.is_empty() => self.follow_next(&url, links),
            _ => self.ask_ahead(),
        }
    }

    /// What this page says about how many there are, compared with what was said before.
    fn compare_counts(
        &mut self,
        url: &Url,
        links: &Links,
        records: usize,
        is_end: bool,
    ) -> PagePosition {
        if self.count.is_none() {
            self.count = Numbered::read(url, links).map(|list| Count {
                repeated: list.repeated,
                last: list.last,
            });
        }
        let Some(count) = &self.count else {
            return PagePosition::default();
        };
        let number = numbered::number(url, count.repeated).unwrap_or(1);
        let last = links
            .last()
            .and_then(|last| numbered::number(last, count.repeated));
        let is_early_end = is_end && number < count.last;
        let is_hole = records == 0 && number <= count.last;
        PagePosition {
            number: Some(number),
            moved: last.is_some_and(|last| last != count.last) || is_early_end || is_hole,
        }
    }

    /// Follows the link of a page behind which nothing was asked for.
    fn follow_next(&mut self, url: &Url, links: Links) {
        let Some(follow) = &self.follow else {
            return;
        };
        let list = (self.concurrency > 1
            && !self.progress.moved
            && follow.operation().pagination == Pagination::Offset)
            .then(|| Numbered::read(url, &links))
            .flatten();
        match follow.after(links) {
            // The URLs of numbered pages differ from the next one, which was checked, in the number only.
            Ok(Some(next)) => match list {
                Some(list) => {
                    self.numbers = Some(Numbers {
                        next: list.current.saturating_add(1),
                        list,
                    });
                    self.ask_ahead();
                }
                None => self.next = NextFetch::Page(next),
            },
            Ok(None) => self.progress.finished = true,
            Err(error) => self.next = NextFetch::Stuck(error, None),
        }
    }

    /// Ends a list that goes on without getting anywhere, before its next page.
    fn give_up(&mut self, links: Links, mut why: String, may_go_on: bool) {
        let Some(follow) = &self.follow else {
            return;
        };
        self.next = match follow.after(links) {
            Ok(next) => {
                if may_go_on {
                    why.push_str(", and go on with resume_from(Error::resume_url) if it does not");
                }
                NextFetch::Stuck(Error::pagination(follow.operation(), why), next)
            }
            Err(error) => NextFetch::Stuck(error, None),
        };
    }

    /// The page was answered, but cannot be used.
    pub(super) fn stop_here(&mut self, error: Error) -> Error {
        let url = self.arrived.take().map(|arrived| arrived.url);
        self.stop(error, url)
    }

    /// Ends the list, and says how far it came and where it can be resumed.
    fn stop(&mut self, error: Error, page: Option<Url>) -> Error {
        self.under_way.clear();
        self.numbers = None;
        self.next = NextFetch::Nothing;
        let expired = self.follow.as_ref().filter(|follow| {
            let by_cursor = follow.operation().pagination == Pagination::Cursor;
            let is_later = page.as_ref().is_some_and(|page| *page != follow.list().url);
            by_cursor && is_later && error.is_validation()
        });
        // The cursor leads nowhere any more; the filters are those of the first page.
        let page = match expired {
            Some(follow) => Some(follow.list().url.clone()),
            None => page,
        };
        let has_expired = expired.is_some();
        let page = page.and_then(|page| self.follow.as_ref()?.resumable(&page));
        let error = error.stopped(self.progress.delivered, page.map(String::from));
        if has_expired {
            error.at_expired_cursor()
        } else {
            error
        }
    }

    pub(super) fn completeness(&self) -> Completeness {
        let by_cursor = self
            .operation()
            .is_some_and(|operation| operation.pagination == Pagination::Cursor);
        let progress = &self.progress;
        if !progress.finished {
            Completeness::Unproven(Incomplete::Unfinished)
        } else if progress.moved {
            Completeness::Unproven(Incomplete::ChangedWhileReading)
        } else if progress.resumed {
            Completeness::Unproven(Incomplete::Resumed)
        } else if progress.pages <= 1 || by_cursor {
            Completeness::Proven
        } else {
            Completeness::NoSignOfChange
        }
    }
}

/// What a page says about where it stands.
#[derive(Default)]
struct PagePosition {
    number: Option<u64>,
    /// It contradicts what earlier pages said.
    moved: bool,
}
