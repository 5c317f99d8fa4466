//! Windows: spans of time that are read one by one, and their division where one has more than a page.

use harvest_runtime::chrono::{DateTime, Duration, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// The most parts that a window is divided into at a time.
const MOST_PARTS: usize = 256;

/// A span of time, its begin included and its end not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The begin, in RFC 3339. None: the beginning of all.
    pub from: Option<String>,
    /// The end, in RFC 3339.
    pub to: String,
}

impl Span {
    /// Whether a moment lies in it. What is no moment lies everywhere.
    pub(crate) fn holds(&self, moment: &str) -> bool {
        self.bounds().hold(moment)
    }

    /// The same to be asked for many moments.
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds {
            from: self.from.as_deref().and_then(parse),
            to: parse(&self.to),
        }
    }

    /// Parts that together are this span, cut at quantiles of the moments of a page. None if the moments do not tell
    /// where to cut.
    pub(crate) fn divide<'a>(
        &self,
        moments: impl Iterator<Item = &'a str>,
        parts: usize,
    ) -> Option<Vec<Self>> {
        let from = self.from.as_deref().and_then(parse);
        let to = parse(&self.to)?;
        let mut moments: Vec<_> = moments.filter_map(parse).map(milliseconds).collect();
        moments.sort_unstable();
        let parts = parts.clamp(2, MOST_PARTS);
        let mut cuts: Vec<_> = (1..parts)
            .filter_map(|part| moments.get(part * moments.len() / parts).copied())
            .filter(|cut| from.is_none_or(|from| from < *cut) && *cut < to)
            .collect();
        cuts.dedup();
        if cuts.is_empty() {
            return None;
        }
        let bounds = cuts.into_iter().map(written).chain([self.to.clone()]);
        let mut from = self.from.clone();
        Some(
            bounds
                .map(|to| Self {
                    from: from.replace(to.clone()),
                    to,
                })
                .collect(),
        )
    }
}

/// The ends of a span, read.
pub(crate) struct Bounds {
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
}

impl Bounds {
    /// Whether a moment lies between them. What is no moment lies everywhere.
    pub(crate) fn hold(&self, moment: &str) -> bool {
        parse(moment).is_none_or(|moment| {
            self.from.is_none_or(|from| from <= moment) && self.to.is_none_or(|to| moment < to)
        })
    }
}

/// A moment that RFC 3339 writes.
pub(crate) fn parse(moment: &str) -> Option<DateTime<Utc>> {
    let parsed = DateTime::parse_from_rfc3339(moment).ok()?;
    Some(parsed.to_utc())
}

/// A moment as requests and the ledger have it.
pub(crate) fn written(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A moment so long before another.
pub(crate) fn before(moment: &str, by: Duration) -> Option<String> {
    Some(written(parse(moment)?.checked_sub_signed(by)?))
}

/// What is written of a moment, so that a bound is not later than the record that it comes from.
fn milliseconds(moment: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(moment.timestamp_millis()).unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: Option<&str>, to: &str) -> Span {
        Span {
            from: from.map(str::to_owned),
            to: to.to_owned(),
        }
    }

    #[test]
    fn parts_tile_the_span() {
        let whole = span(None, "2026-02-01T00:00:00.000Z");
        let moments: Vec<_> = (1..=9)
            .map(|day| format!("2026-01-0{day}T00:00:00.123456Z"))
            .collect();
        let parts = whole
            .divide(moments.iter().map(String::as_str), 3)
            .expect("parts");
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[0].from, None);
        assert_eq!(parts[2].to, whole.to);
        assert!(
            parts
                .windows(2)
                .all(|pair| pair[1].from.as_ref() == Some(&pair[0].to))
        );
        for moment in &moments {
            assert_eq!(
                parts.iter().filter(|part| part.holds(moment)).count(),
                1,
                "{moment}"
            );
        }
    }

    #[test]
    fn what_has_one_moment_is_not_divided_for_ever() {
        let moment = "2026-01-01T00:00:00.500Z";
        let same = || std::iter::repeat_n(moment, 500);
        let whole = span(None, "2026-02-01T00:00:00.000Z");
        let parts = whole.divide(same(), 4).expect("parts");
        assert_eq!(parts.len(), 2);
        assert!(!parts[0].holds(moment) && parts[1].holds(moment));
        assert_eq!(parts[1].divide(same(), 4), None);
        assert_eq!(whole.divide(std::iter::empty(), 4), None);
    }
}
