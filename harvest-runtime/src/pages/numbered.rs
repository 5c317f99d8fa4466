//! Pages that are counted: the URLs of all of them, made from that of the last.

use reqwest::Url;

use crate::Links;

/// The query parameter that counts pages.
const PAGE: &str = "page";
/// The query parameter that the service is known to repeat along with [`PAGE`].
const PER_PAGE: &str = "per_page";

/// The service is known to repeat `page` and `per_page` within one URL of `Link`. Which of the two counts is seen from
/// the URL of the next page: its number has to be the next one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Repeated {
    LastCounts,
    FirstCounts,
}

/// A list whose answer names a last page, which is not the page itself.
pub(super) struct Numbered {
    pub(super) repeated: Repeated,
    /// The number of the page that was answered.
    pub(super) current: u64,
    /// The number of the last page.
    pub(super) last: u64,
    /// The URL of the last page.
    url: Url,
}

impl Numbered {
    /// Reads it from the links of the page at `current`. `None` if they do not say everything that is needed, or if the
    /// URLs of the next and of the last page differ in more than the number. Then the list has to be followed from page
    /// to page.
    pub(super) fn read(current: &Url, links: &Links) -> Option<Self> {
        let (next, last) = (links.next()?, links.last()?);
        [Repeated::LastCounts, Repeated::FirstCounts]
            .into_iter()
            .find_map(|repeated| {
                let current = number(current, repeated).unwrap_or(1);
                let numbered = Self {
                    repeated,
                    current,
                    last: number(last, repeated)?,
                    url: last.clone(),
                };
                let following = number(next, repeated)?;
                let fits = Some(following) == current.checked_add(1)
                    && (following..u64::MAX).contains(&numbered.last)
                    && alike(&numbered.page(following), next, repeated);
                fits.then_some(numbered)
            })
    }

    /// The URL of one page: that of the last with another number. Everything else stays as the service wrote it.
    pub(super) fn page(&self, number: u64) -> Url {
        let query = self.url.query().unwrap_or_default();
        let query: Vec<String> = single(query, self.repeated)
            .into_iter()
            .map(|pair| match key(pair) {
                PAGE => format!("{PAGE}={number}"),
                _ => pair.to_owned(),
            })
            .collect();
        let mut url = self.url.clone();
        url.set_query(Some(&query.join("&")));
        url.set_fragment(None);
        url
    }
}

/// The number of the page at this URL. `None` without one.
pub(super) fn number(url: &Url, repeated: Repeated) -> Option<u64> {
    let pair = single(url.query()?, repeated)
        .into_iter()
        .find(|pair| key(pair) == PAGE)?;
    pair.split_once('=')?.1.parse().ok()
}

/// Whether two URLs name the same page, whatever the order of their parameters is.
fn alike(one: &Url, other: &Url, repeated: Repeated) -> bool {
    let pairs = |url: &Url| {
        let mut pairs: Vec<String> = single(url.query().unwrap_or_default(), repeated)
            .into_iter()
            .map(str::to_owned)
            .collect();
        pairs.sort_unstable();
        pairs
    };
    one.origin() == other.origin() && one.path() == other.path() && pairs(one) == pairs(other)
}

/// The pairs of a query, with one `page` and one `per_page` at most. Other names may repeat: they are lists.
fn single(query: &str, repeated: Repeated) -> Vec<&str> {
    let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    let place = |name: &str| {
        let is = |pair: &&str| key(pair) == name;
        match repeated {
            Repeated::LastCounts => pairs.iter().rposition(is),
            Repeated::FirstCounts => pairs.iter().position(is),
        }
    };
    let (page, per_page) = (place(PAGE), place(PER_PAGE));
    let counts = |(at, pair): &(usize, &str)| match key(pair) {
        PAGE => page == Some(*at),
        PER_PAGE => per_page == Some(*at),
        _ => true,
    };
    let counted = pairs.iter().copied().enumerate().filter(counts);
    counted.map(|(_, pair)| pair).collect()
}

fn key(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(key, _)| key)
}

#[cfg(test)]
mod tests {
    use http::header::{HeaderMap, HeaderValue, LINK};

    use super::*;

    /// What is read at `current` from these two links; the query only.
    fn read(current: &str, next: &str, last: &str) -> Option<(u64, u64, String)> {
        let base = Url::parse("https://h.example/v1/users").unwrap();
        let current = base.join(current).unwrap();
        let mut headers = HeaderMap::new();
        let link = format!("<{next}>; rel=next, <{last}>; rel=last");
        headers.insert(LINK, HeaderValue::from_str(&link).unwrap());
        let numbered = Numbered::read(&current, &Links::read(&headers, &current))?;
        let url = numbered.page(7);
        Some((
            numbered.current,
            numbered.last,
            url.query().unwrap().to_owned(),
        ))
    }

    #[test]
    fn only_the_number_changes() {
        for (current, next, last, expected) in [
            ("?", "?page=2", "?page=9", Some((1, 9, "page=7"))),
            ("?page=3", "?page=4", "?page=4", Some((3, 4, "page=7"))),
            (
                "?per_page=2",
                "?email=a%40b&page=2&k=1&k=2&per_page=2",
                "?email=a%40b&page=9&k=1&k=2&per_page=2#x",
                Some((1, 9, "email=a%40b&page=7&k=1&k=2&per_page=2")),
            ),
            // Another order of the same.
            (
                "?",
                "?page=2&per_page=2",
                "?per_page=2&page=9",
                Some((1, 9, "per_page=2&page=7")),
            ),
            // The echoed parameters stand before the real ones, or behind them.
            (
                "?page=4&per_page=2",
                "?page=4&per_page=2&page=5&per_page=2",
                "?page=4&per_page=2&page=9&per_page=2",
                Some((4, 9, "page=7&per_page=2")),
            ),
            (
                "?page=4&per_page=2",
                "?page=5&per_page=2&page=4&per_page=2",
                "?page=9&per_page=2&page=4&per_page=2",
                Some((4, 9, "page=7&per_page=2")),
            ),
        ] {
            let expected =
                expected.map(|(at, last, query): (u64, u64, &str)| (at, last, query.to_owned()));
            assert_eq!(read(current, next, last), expected, "{next} {last}");
        }
    }

    #[test]
    fn names_that_are_repeated_without_end_are_read_in_time_that_grows_with_them() {
        let pairs = "page=1&per_page=2&".repeat(50_000);
        let began = std::time::Instant::now();
        for repeated in [Repeated::LastCounts, Repeated::FirstCounts] {
            assert_eq!(single(&pairs, repeated), ["page=1", "per_page=2"]);
        }
        // It took half a minute to compare each with those before it.
        assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    }

    #[test]
    fn what_does_not_fit_is_not_counted() {
        for (current, next, last) in [
            // Smaller than where it stands; no number; no such number.
            ("?page=3", "?page=4", "?page=3"),
            ("?", "?page=2", "?per_page=2"),
            ("?", "?cursor=b", "?page=9"),
            ("?", "?page=2", "?page=-1"),
            ("?", "?page=2", "?page=99999999999999999999999"),
            // Not the next one.
            ("?", "?page=3", "?page=9"),
            ("?page=18446744073709551615", "?page=0", "?page=9"),
            ("?", "?page=2", "?page=18446744073709551615"),
            // Differs in more than the number.
            ("?", "?page=2&status=open", "?page=9"),
            ("?", "?page=2&per_page=2", "?page=9&per_page=500"),
            ("?", "?page=2", "/v1/jobs?page=9"),
            ("?", "?page=2", "https://evil.example/v1/users?page=9"),
        ] {
            assert_eq!(read(current, next, last), None, "{next} {last}");
        }
    }
}
