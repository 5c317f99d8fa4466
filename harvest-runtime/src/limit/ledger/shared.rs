//! State of a ledger that several processes have in common, one of which may end at any time.

use std::time::Duration;

use super::{LONGEST, Ledger, Moment, Outcome, RateLimitHeaders, Ticket, Window};

/// A request whose process has not reported an answer for so long is counted as one without: the process may be gone.
/// Longer than connecting takes at the most, so that the service has counted it by then if it ever does.
const PATIENCE: Duration = Duration::from_secs(15);
/// A file with more of anything was not written by this crate.
const MOST: u64 = 1 << 32;

impl Ledger {
    /// The limit is this, by the word of the user.
    pub(in crate::limit) fn know(&mut self, limit: u32, window: Duration) {
        self.limit = limit.max(1);
        self.window = Window::new(window, true);
        self.probe = None;
    }

    /// Requests before now may be missing: as many are counted as there can have been.
    #[cfg(feature = "redis")]
    pub(in crate::limit) fn hold(&mut self, now: Moment) {
        while let Some((number, _)) = self.in_flight.first_key_value() {
            self.leave(*number);
            self.count_late(now);
        }
        self.credit = None;
        self.count(now, u64::from(self.limit), false);
    }

    /// Counts requests that nothing more is to be expected of.
    pub(in crate::limit) fn give_up(&mut self, now: Moment) {
        while let Some((number, at)) = self.in_flight.first_key_value() {
            let (number, given_up) = (*number, *at + PATIENCE);
            if now < given_up {
                break;
            }
            self.leave(number);
            self.count_late(given_up);
        }
    }

    /// Writes down what became of a request, which another ledger may have let go: these are perhaps younger than it, or
    /// gave it up.
    pub(in crate::limit) fn settled_here(
        &mut self,
        ticket: &Ticket,
        outcome: Outcome,
        now: Moment,
    ) {
        if self.in_flight.get(&ticket.number) == Some(&ticket.issued_at) {
            return self.settled(ticket, outcome, now);
        }
        // What is left after it says nothing, because the requests before it are unknown.
        let outcome = match outcome {
            Outcome::Answered(status, headers) => Outcome::Answered(
                status,
                RateLimitHeaders {
                    remaining: None,
                    ..headers
                },
            ),
            other => other,
        };
        let ticket = self.issue(now);
        self.settled(&ticket, outcome, now);
    }

    /// The clock was set back by so much.
    pub(in crate::limit) fn set_back(&mut self, by: Duration) {
        let back = |moment: &mut Moment| *moment = *moment - by;
        self.counted
            .iter_mut()
            .for_each(|entry| back(&mut entry.at));
        self.history.iter_mut().for_each(back);
        self.in_flight.values_mut().for_each(back);
        self.paused_until.iter_mut().for_each(back);
        self.alone.iter_mut().for_each(|(_, since)| back(since));
        self.refusals.last.iter_mut().for_each(back);
        self.window.set_back(by);
        if let Some(alignment) = &mut self.alignment {
            alignment.set_back(by);
        }
    }

    /// Whether this ledger can be calculated with. They came from a file that anybody may have changed.
    pub(in crate::limit) fn make_sense(&self, written: Moment) -> bool {
        let sum = |own: bool| {
            let entries = self.counted.iter().filter(|entry| entry.own == own);
            entries.fold(0, |sum: u64, entry| sum.saturating_add(entry.count))
        };
        let counts = [
            self.own,
            self.external,
            self.issued,
            self.settled,
            self.expired,
        ];
        let latest = written + LONGEST;
        self.limit > 0
            && self.window.length() <= LONGEST
            && (sum(true), sum(false)) == (self.own, self.external)
            && counts.iter().all(|count| *count < MOST)
            && self.counted.iter().all(|entry| entry.at <= latest)
            && self.paused_until.is_none_or(|until| until <= latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RateWindow;

    /// Processes of several builds can share a file. A change of this text needs another number of the form: forms are not
    /// mixed by `shared/file.rs`, but what it cannot read under the same number counts as nothing.
    #[test]
    fn the_form_in_a_file_is_that_of_its_number() {
        let ledger = Ledger::guessing(RateWindow {
            requests: 50,
            window: Duration::from_secs(10),
            aligned: false,
        });
        let text = concat!(
            r#"{"limit":50,"window":{"assumed":{"secs":10,"nanos":0},"confirmed":false,"#,
            r#""concluded":null,"told":null},"counted":[],"own":0,"foreign":0,"history":[],"#,
            r#""in_flight":{},"issued":0,"settled":0,"expired":0,"credit":null,"#,
            r#""paused_until":null,"pause_cut":false,"caution":"Beginning","alone":null,"#,
            r#""refusals":{"last":null,"in_a_row":0}}"#
        );
        assert_eq!(serde_json::to_string(&ledger).unwrap(), text);
    }
}
