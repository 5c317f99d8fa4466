//! Rate limits: how many requests may be sent in a window of time.

mod aligned;
mod since_first;
mod usage;

pub(crate) use usage::Usage;

use std::time::{Duration, Instant, SystemTime};

use crate::domain::access::Credential;
use aligned::Aligned;
use since_first::SinceFirst;

/// A rate limit, as it is documented or was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) requests: u32,
    pub(crate) window: Duration,
    /// Whether windows begin by the clock and each credential has its own count; otherwise one window for all begins
    /// with the first request after the last one ended.
    pub(crate) aligned: bool,
}

/// A limit, and the requests that were counted.
pub(crate) struct Limit {
    rule: Rule,
    enforced: bool,
    counts: Counts,
}

enum Counts {
    SinceFirst(SinceFirst),
    Aligned(Aligned),
}

/// What the clocks of the computer say.
#[derive(Clone, Copy)]
struct Now {
    steady: Instant,
    wall: SystemTime,
}

/// What was counted in a window.
struct Counted {
    /// Before this request.
    before: u32,
    after: u32,
    /// Until the window ends.
    left: Duration,
}

impl Limit {
    /// A limit that is shown but not enforced.
    pub(crate) fn shown(rule: Rule) -> Self {
        Self {
            enforced: false,
            ..Self::enforced(rule)
        }
    }

    pub(crate) fn enforced(rule: Rule) -> Self {
        Self {
            rule,
            enforced: true,
            counts: if rule.aligned {
                Counts::Aligned(Aligned::default())
            } else {
                Counts::SinceFirst(SinceFirst::default())
            },
        }
    }

    pub(crate) fn window(&self) -> Duration {
        self.rule.window
    }

    /// Whether each credential has a count of its own.
    pub(crate) fn is_by_credential(&self) -> bool {
        self.rule.aligned
    }

    /// Whether requests beyond it are refused.
    pub(crate) fn is_enforced(&self) -> bool {
        self.enforced
    }

    /// Counts a request of a credential.
    pub(crate) fn take(&self, credential: Option<Credential>) -> Usage {
        self.measure(credential, Now::read(), true)
    }

    /// Looks without counting.
    pub(crate) fn look(&self, credential: Option<Credential>) -> Usage {
        self.measure(credential, Now::read(), false)
    }

    fn measure(&self, credential: Option<Credential>, now: Now, count: bool) -> Usage {
        let Rule {
            requests, window, ..
        } = self.rule;
        let counted = match &self.counts {
            Counts::SinceFirst(all) => all.count(self.rule, now.steady, count),
            Counts::Aligned(all) => all.count(self.rule, now.wall, credential, count),
        };
        Usage {
            refused: count && self.enforced && counted.before >= requests,
            limit: requests,
            remaining: requests.saturating_sub(counted.after),
            left: counted.left,
            // What the service says of aligned windows was seen to be a whole window from now, at any time.
            reset: self.rule.aligned.then_some(window),
        }
    }
}

impl Now {
    fn read() -> Self {
        Self {
            steady: Instant::now(),
            wall: SystemTime::now(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    const TWO: Rule = Rule {
        requests: 2,
        window: Duration::from_secs(10),
        aligned: false,
    };

    fn at(start: Instant, seconds: f64) -> Now {
        Now {
            steady: start + Duration::from_secs_f64(seconds),
            wall: UNIX_EPOCH + Duration::from_secs(1_000) + Duration::from_secs_f64(seconds),
        }
    }

    #[test]
    fn counts_down_and_begins_again() {
        let limit = Limit::enforced(TWO);
        let start = Instant::now();
        let take = |seconds| limit.measure(None, at(start, seconds), true);
        assert_eq!(limit.measure(None, at(start, 0.0), false).remaining, 2);
        assert_eq!(take(0.0).remaining, 1);
        let second = take(1.0);
        assert_eq!((second.remaining, second.refused), (0, false));
        let third = take(7.5);
        assert_eq!(
            (third.remaining, third.refused, third.left),
            (0, true, Duration::from_millis(2500))
        );
        // Looking never refuses.
        assert!(!limit.measure(None, at(start, 8.0), false).refused);
        let next = take(10.0);
        assert_eq!(
            (next.remaining, next.refused, next.left),
            (1, false, Duration::from_secs(10))
        );
    }

    #[test]
    fn aligned_windows_begin_by_the_clock_for_each_credential() {
        let limit = Limit::enforced(Rule {
            aligned: true,
            ..TWO
        });
        let start = Instant::now();
        let (one, other) = (Some(Credential::Integration(1)), Some(Credential::Key(1)));
        let take = |credential, seconds| limit.measure(credential, at(start, seconds), true);
        let first = take(one, 8.5);
        assert_eq!(
            (first.remaining, first.left),
            (1, Duration::from_millis(1500))
        );
        take(one, 9.0);
        assert!(take(one, 9.9).refused);
        assert!(!take(other, 9.9).refused);
        let next = take(one, 10.0);
        assert_eq!(
            (next.remaining, next.refused, next.reset),
            (1, false, Some(Duration::from_secs(10)))
        );
        assert_eq!(limit.measure(other, at(start, 10.0), false).remaining, 2);
    }

    #[test]
    fn is_only_shown_by_default() {
        let limit = Limit::shown(TWO);
        let last = (0..60).map(|_| limit.take(None)).last().unwrap();
        assert_eq!((last.limit, last.remaining, last.refused), (2, 0, false));
    }

    #[test]
    fn nothing_at_all_can_be_allowed() {
        for aligned in [false, true] {
            let limit = Limit::enforced(Rule {
                requests: 0,
                window: Duration::ZERO,
                aligned,
            });
            assert!(limit.take(None).refused);
        }
    }
}
