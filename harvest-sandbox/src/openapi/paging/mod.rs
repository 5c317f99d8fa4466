//! Pages of lists: the records that an answer holds, and links to the others.

mod cursor;
#[cfg(test)]
mod tests;

use cursor::Unopened;
pub(crate) use cursor::{Cursor, Cursors, LIFE};

use std::ops::Range;

use harvest_openapi::extension;

use crate::clock::Moment;
use crate::http::query::{Query, encode, is_true};
use crate::http::reply::FieldError;
use crate::json::Value;
use crate::openapi::source::{Read, Source, list, text};

const PAGE: &str = "page";
const PER_PAGE: &str = "per_page";
const SKIP_COUNT: &str = "skip_count";
const CURSOR: &str = "cursor";

/// How a list is paged, as `x-harvest-pagination` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PagingStyle {
    /// By page number; `Link` names the next, the previous and the last page.
    Offset,
    /// By page number; `Link` names the next page.
    NextOnly,
    /// By an opaque cursor; `Link` names the next page.
    Cursor,
}

/// How an operation pages its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paging {
    kind: PagingStyle,
    /// Records to a page if the client doesn't say.
    default_size: usize,
    max_size: usize,
}

impl Paging {
    /// `None` for an operation that answers at once, which is also what the lack of the extension means.
    pub(crate) fn read<'a>(source: Source<'a>, operation: &'a Value) -> Read<Option<Self>> {
        let kind = match text(operation, extension::PAGINATION)? {
            None | Some("none") => return Ok(None),
            Some("offset") => PagingStyle::Offset,
            Some("next-only") => PagingStyle::NextOnly,
            Some("cursor") => PagingStyle::Cursor,
            Some(other) => {
                return Err(format!(
                    "`x-harvest-pagination: {other}` is none of offset, next-only, cursor, none"
                ));
            }
        };
        let mut paging = Self {
            kind,
            default_size: 100,
            max_size: 500,
        };
        for parameter in list(operation, "parameters")? {
            let parameter = source.resolve(parameter)?;
            if parameter.get("name").and_then(Value::as_str) == Some(PER_PAGE)
                && let Some(schema) = parameter.get("schema")
            {
                let schema = source.resolve(schema)?;
                let size = |key| {
                    schema
                        .get(key)
                        .and_then(Value::as_u64)
                        .and_then(|n| usize::try_from(n).ok())
                };
                paging.max_size = size("maximum").unwrap_or(paging.max_size).max(1);
                let default = size("default").or_else(|| size(extension::DEFAULT));
                paging.default_size = default.unwrap_or(paging.default_size).max(1);
            }
        }
        paging.default_size = paging.default_size.min(paging.max_size);
        Ok(Some(paging))
    }
}

/// Where a list was asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    /// The beginning of links, `http://127.0.0.1:8765`: they have to lead to where the client already is.
    pub(crate) base: &'a str,
    pub(crate) path: &'a str,
    /// The ids in the path, by their names. Links of lists below a record repeat them, as the service's were seen to.
    pub(crate) ids: &'a [(&'a str, &'a str)],
    /// Of a page that a cursor asks for, the query of the first page.
    pub(crate) query: &'a Query,
    /// The key of the last record before the page, if a cursor says so.
    pub(crate) after: Option<i64>,
    pub(crate) cursors: &'a Cursors,
    /// When it was asked for.
    pub(crate) now: Moment,
}

impl Target<'_> {
    /// The value of `Link` of a page that a cursor follows.
    pub(crate) fn link_after(self, key: i64) -> String {
        let cursor = self.cursors.seal(self.path, self.query, key, self.now);
        link(self, "next", &[(CURSOR, &cursor)], &[])
    }
}

/// The part of a list that a query asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    page: usize,
    /// The place of the first record, counted from 0.
    pub(crate) start: usize,
    /// Records to a page.
    pub(crate) size: usize,
}

/// What is known about the length of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Length {
    Exactly(usize),
    /// Only whether there is anything after the page.
    Open {
        more: bool,
    },
}

/// A page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// The places of its records in the list.
    pub(crate) records: Range<usize>,
    /// The value of `Link`, if there is anything to say.
    pub(crate) link: Option<String>,
}

impl Paging {
    /// The page that the query asks for, of a list of this length. So many of its first records were put there while it
    /// was read.
    ///
    /// `page` and `per_page` count on each paged list, whether or not they are documented for it: the links carry them.
    pub(crate) fn page(
        self,
        target: Target<'_>,
        len: usize,
        grown: usize,
    ) -> Result<Page, Vec<FieldError>> {
        if self.is_by_cursor() {
            return self.page_by_cursor(target, len, grown);
        }
        let span = self.span(target.query)?;
        let start = span.start.min(len);
        Ok(Page {
            records: start..start.saturating_add(span.size).min(len),
            link: self.link(target, span, Length::Exactly(len)),
        })
    }

    /// The part of a list paged by numbers that the query asks for, whether it is there or not.
    pub(crate) fn span(self, query: &Query) -> Result<Span, Vec<FieldError>> {
        match (number(query, PAGE, 1, usize::MAX), self.size(query)) {
            (Ok(page), Ok(size)) => Ok(Span {
                page,
                start: page.saturating_sub(1).saturating_mul(size),
                size,
            }),
            (page, size) => Err([page.err(), size.err()].into_iter().flatten().collect()),
        }
    }

    /// Records to a page.
    pub(crate) fn size(self, query: &Query) -> Result<usize, FieldError> {
        number(query, PER_PAGE, self.default_size, self.max_size)
    }

    /// Whether a parameter of this name counts on each paged list, whether or not it is documented for it.
    pub(crate) fn owns(self, name: &str) -> bool {
        match self.kind {
            PagingStyle::Cursor => [CURSOR, PER_PAGE].contains(&name),
            PagingStyle::Offset | PagingStyle::NextOnly => {
                [PAGE, PER_PAGE, SKIP_COUNT].contains(&name)
            }
        }
    }

    pub(crate) fn is_by_cursor(self) -> bool {
        self.kind == PagingStyle::Cursor
    }

    /// What the cursor of a request stands for, if it has one.
    pub(crate) fn resume(
        self,
        cursors: &Cursors,
        path: &str,
        query: &Query,
        now: Moment,
    ) -> Result<Option<Cursor>, FieldError> {
        let Some(cursor) = query.last(CURSOR).filter(|_| self.is_by_cursor()) else {
            return Ok(None);
        };
        if query.pairs().count() > 1 {
            let message = "A cursor holds the whole request: send it without other parameters";
            return Err(FieldError::new(CURSOR, message));
        }
        let opened = cursors.open(path, cursor, now);
        let opened = opened.map_err(|unopened| match unopened {
            Unopened::Unknown => "Is not a cursor that was handed out here",
            Unopened::Expired => "Has expired: start again from the first page",
        });
        opened
            .map(Some)
            .map_err(|message| FieldError::new(CURSOR, message))
    }

    /// The length of the longest query of a link, in bytes.
    pub(crate) fn longest_in_link(self, query: &Query) -> usize {
        if self.is_by_cursor() {
            CURSOR.len() + "=".len() + cursor::length(query)
        } else {
            query.length_in_link()
        }
    }

    /// The key of a record is its place, counted from those that were there at first.
    fn page_by_cursor(
        self,
        target: Target<'_>,
        len: usize,
        grown: usize,
    ) -> Result<Page, Vec<FieldError>> {
        let size = self.size(target.query).map_err(|error| vec![error])?;
        let grown = i64::try_from(grown).unwrap_or(i64::MAX);
        let start = target.after.map_or(0, |after| {
            let next = after.saturating_add(1).saturating_add(grown);
            usize::try_from(next).unwrap_or_default()
        });
        let start = start.min(len);
        let end = start.saturating_add(size).min(len);
        let last = end.checked_sub(1).filter(|_| start < end && end < len);
        let link = last.map(|last| {
            let place = i64::try_from(last).unwrap_or(i64::MAX);
            target.link_after(place.saturating_sub(grown))
        });
        Ok(Page {
            records: start..end,
            link,
        })
    }

    /// Whether the links tell how long the list is.
    pub(crate) fn counts(self, query: &Query) -> bool {
        self.kind == PagingStyle::Offset && !query.last(SKIP_COUNT).is_some_and(is_true)
    }

    /// The value of `Link` of a list paged by numbers, if there is anything to say.
    pub(crate) fn link(self, target: Target<'_>, span: Span, length: Length) -> Option<String> {
        let Span { page, size, .. } = span;
        // An empty list has one page, an empty one.
        let last = match length {
            Length::Exactly(len) => Some(len.div_ceil(size).max(1)),
            Length::Open { .. } => None,
        };
        let more = match length {
            Length::Exactly(_) => last.is_some_and(|last| page < last),
            Length::Open { more } => more,
        };
        let next = more.then(|| page + 1);
        let mut links = Vec::new();
        let size = size.to_string();
        let mut add = |rel, page: usize| {
            let page = page.to_string();
            links.push(link(
                target,
                rel,
                &[(PAGE, &page), (PER_PAGE, &size)],
                &[PAGE, PER_PAGE],
            ));
        };
        if let Some(page) = next {
            add("next", page);
        }
        if self.kind == PagingStyle::Offset && page > 1 {
            // Beyond the end, the way back leads to the last page that has records.
            add("prev", last.map_or(page - 1, |last| last.min(page - 1)));
        }
        if self.counts(target.query)
            && let Some(last) = last
        {
            add("last", last);
        }
        (!links.is_empty()).then(|| links.join(","))
    }
}

fn number(query: &Query, name: &str, default: usize, max: usize) -> Result<usize, FieldError> {
    let Some(text) = query.last(name) else {
        return Ok(default);
    };
    match text.parse() {
        Ok(number) if (1..=max).contains(&number) => Ok(number),
        _ if max == usize::MAX => Err(FieldError::new(name, "Must be an integer of at least 1")),
        _ => Err(FieldError::new(
            name,
            format!("Must be an integer between 1 and {max}"),
        )),
    }
}

/// `<base/path?own&kept>; rel="…"`, in the alphabetical order of names; the kept are those of the request that are not replaced,
/// and the ids in its path. A cursor stands alone, so there nothing is kept.
fn link(target: Target<'_>, rel: &str, own: &[(&str, &str)], replaced: &[&str]) -> String {
    let ids = target.ids.iter().copied();
    let is_id = |name: &str| target.ids.iter().any(|(id, _)| *id == name);
    let sent = target.query.pairs();
    let sent = sent.filter(|(name, _)| !replaced.contains(name) && !is_id(name));
    let kept = ids.chain(sent).filter(|_| !replaced.is_empty());
    let mut pairs: Vec<(&str, &str)> = own.iter().copied().chain(kept).collect();
    // Stable: values of one name stay in their order.
    pairs.sort_by_key(|(name, _)| *name);
    let query = encode(pairs);
    let Target { base, path, .. } = target;
    format!("<{base}{path}?{query}>; rel=\"{rel}\"")
}
