//! The ledger of requests that the service may still count.

mod alignment;
mod forecast;
#[cfg(feature = "shared-limiter")]
mod shared;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use http::StatusCode;

use self::alignment::Alignment;
use super::moment::Moment;
use super::not_yet::{NotYet, Turn};
use super::outcome::{Outcome, RateLimitHeaders};
use super::pause::Cause;
use super::window::{LONGEST, Window};
use crate::RateWindow;

/// A request that goes alone holds the others up for so long at most; then another one goes.
const ALONE: Duration = Duration::from_secs(1);
/// A request without an answer may reach the service some time after we gave up on it.
const LATE: Duration = Duration::from_secs(1);
/// The first pause after a refusal that doesn't say how long. Each further one is twice as long, up to a window.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// Requests that no longer count, kept to find out that they do.
const HISTORY: (usize, u32) = (4096, 8);

/// The ledger of one key. It knows no clock: each entry comes with its time.
#[derive(Clone)]
#[cfg_attr(
    feature = "shared-limiter",
    derive(serde::Deserialize, serde::Serialize)
)]
pub(super) struct Ledger {
    limit: u32,
    window: Window,
    /// Of windows that begin by the clock.
    #[cfg_attr(
        feature = "shared-limiter",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    alignment: Option<Alignment>,
    /// What counts until one window after its time, in order of time. In-flight requests are not in it yet.
    counted: VecDeque<Entry>,
    /// Sums of `counted`.
    own: u64,
    #[cfg_attr(feature = "shared-limiter", serde(rename = "foreign"))]
    external: u64,
    /// When own requests were answered that count no longer, in order.
    history: VecDeque<Moment>,
    /// By the number of the request, when it was let go.
    in_flight: BTreeMap<u64, Moment>,
    /// Of all time; differences tell what happened while a request was under way.
    issued: u64,
    settled: u64,
    expired: u64,
    /// What is left by the word of the service.
    credit: Option<Grant>,
    /// After a refusal.
    paused_until: Option<Moment>,
    /// The service asked for a longer pause than is kept here.
    #[cfg_attr(feature = "shared-limiter", serde(default))]
    pause_cut: bool,
    /// The service did not say how long the pause is.
    #[cfg_attr(
        feature = "shared-limiter",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pause_estimated: bool,
    #[cfg_attr(feature = "shared-limiter", serde(rename = "caution"))]
    probe: Option<Probe>,
    /// The request that was let go alone, and when.
    alone: Option<(u64, Moment)>,
    refusals: Refusals,
}

#[derive(Clone, Copy)]
#[cfg_attr(
    feature = "shared-limiter",
    derive(serde::Deserialize, serde::Serialize)
)]
struct Entry {
    at: Moment,
    count: u64,
    /// Sent by ourselves and not by another user of the key.
    own: bool,
}

#[derive(Clone, Copy)]
#[cfg_attr(
    feature = "shared-limiter",
    derive(serde::Deserialize, serde::Serialize)
)]
struct Grant {
    left: u64,
    /// Of the request whose answer said so.
    number: u64,
}

/// Why one request goes alone before others follow.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "shared-limiter",
    derive(serde::Deserialize, serde::Serialize)
)]
enum Probe {
    /// The limit is not known yet.
    Beginning,
    /// The service said to come back, and not how many may.
    Refused,
}

#[derive(Clone, Copy, Default)]
#[cfg_attr(
    feature = "shared-limiter",
    derive(serde::Deserialize, serde::Serialize)
)]
struct Refusals {
    last: Option<Moment>,
    /// Without a success between them.
    in_a_row: u32,
}

/// One request that was let go.
#[derive(Clone, Copy)]
pub(super) struct Ticket {
    /// The how manieth request it is, from 1.
    number: u64,
    issued_at: Moment,
    /// Requests that had been answered by then: the service counted those before this one.
    settled_before: u64,
    expired_before: u64,
    /// Its answer decides whether others follow.
    alone: bool,
}

impl Ledger {
    /// Knows nothing for sure.
    pub(super) fn guessing(guess: RateWindow) -> Self {
        let window = Window::new(guess.window, false);
        let mut ledger = Self::new(guess.requests, window, Some(Probe::Beginning));
        ledger.align(guess);
        ledger
    }

    pub(super) fn knowing(limit: u32, window: Duration) -> Self {
        Self::new(limit, Window::new(window, true), None)
    }

    fn new(limit: u32, window: Window, probe: Option<Probe>) -> Self {
        Self {
            limit: limit.max(1),
            window,
            alignment: None,
            counted: VecDeque::new(),
            own: 0,
            external: 0,
            history: VecDeque::new(),
            in_flight: BTreeMap::new(),
            issued: 0,
            settled: 0,
            expired: 0,
            credit: None,
            paused_until: None,
            pause_cut: false,
            pause_estimated: false,
            probe,
            alone: None,
            refusals: Refusals::default(),
        }
    }

    /// Windows begin by the clock, or not, by the word of the description.
    pub(super) fn align(&mut self, described: RateWindow) {
        let known = self.alignment.take();
        let known = known.filter(|known| known.length == described.window);
        self.alignment = described
            .aligned
            .then(|| known.unwrap_or_else(|| Alignment::new(described.window)));
    }

    /// Until when a request counts that was answered then.
    fn counts_until(&self, at: Moment) -> Moment {
        let latest = at + self.window.length_with_margin();
        let alignment = self.alignment.as_ref();
        // What is said of windows holds for those of this length.
        let alignment = alignment.filter(|alignment| alignment.length == self.window.length());
        let end = alignment.and_then(|alignment| alignment.end_of_window(at));
        end.map_or(latest, |end| end.min(latest))
    }

    pub(super) fn limit(&self) -> u32 {
        self.limit
    }

    pub(super) fn window(&self) -> Duration {
        self.window.length()
    }

    /// How many requests may go at this moment.
    pub(super) fn remaining(&mut self, now: Moment) -> u32 {
        self.refresh(now);
        if self.paused_until(now).is_some() {
            return 0;
        }
        u32::try_from(self.left()).unwrap_or(u32::MAX)
    }

    /// The end of the pause after a refusal, if it is not over.
    pub(super) fn paused_until(&self, now: Moment) -> Option<Moment> {
        self.paused_until.filter(|until| now < *until)
    }

    /// The same, and why it is that long.
    pub(super) fn pause(&self, now: Moment) -> Option<(Moment, Cause)> {
        let until = self.paused_until(now)?;
        let cause = if self.pause_estimated {
            Cause::Refused
        } else {
            Cause::Asked {
                cut: self.pause_cut,
            }
        };
        Some((until, cause))
    }

    /// Lets a request go, or says when to ask again.
    pub(super) fn admit(&mut self, now: Moment) -> Result<Ticket, NotYet<Moment>> {
        self.refresh(now);
        let at = |until| NotYet {
            again: Some(until),
            turn: None,
        };
        if let Some(until) = self.paused_until {
            if now < until {
                return Err(at(until));
            }
            self.paused_until = None;
        }
        let alone = self.probe.is_some() || self.beyond_a_window_not_confirmed();
        if alone && let Some((_, since)) = self.alone {
            let patience = since + ALONE;
            if now < patience {
                return Err(at(patience));
            }
        }
        // After a refusal, the service has said that one may come, whatever the ledger says.
        let invited = self.probe == Some(Probe::Refused);
        if !invited && self.left() == 0 {
            let turn = self.turn(now);
            return Err(NotYet {
                again: turn.map(|turn| turn.at),
                turn,
            });
        }
        let mut ticket = self.issue(now);
        if alone {
            ticket.alone = true;
            self.alone = Some((ticket.number, now));
        }
        Ok(ticket)
    }

    /// When what counts first counts no longer.
    fn turn(&self, now: Moment) -> Option<Turn<Moment>> {
        let at = self.counts_until(self.counted.front()?.at);
        Some(Turn {
            at,
            is_usual: at <= now + self.window.usual_with_margin() + LATE,
        })
    }

    /// The next turn, if answers have put it off.
    pub(super) fn put_off(&mut self, now: Moment) -> Option<Turn<Moment>> {
        self.refresh(now);
        let is_used_up = self.left() == 0 && self.probe != Some(Probe::Refused);
        let turn = is_used_up.then(|| self.turn(now)).flatten();
        turn.filter(|turn| !turn.is_usual)
    }

    /// Lets a request go, come what may.
    pub(super) fn issue(&mut self, now: Moment) -> Ticket {
        self.refresh(now);
        self.issued += 1;
        self.in_flight.insert(self.issued, now);
        self.spend_credit();
        Ticket {
            number: self.issued,
            issued_at: now,
            settled_before: self.settled,
            expired_before: self.expired,
            alone: false,
        }
    }

    /// Writes down what became of a request.
    pub(super) fn settled(&mut self, ticket: &Ticket, outcome: Outcome, now: Moment) {
        self.refresh(now);
        self.leave(ticket.number);
        match outcome {
            Outcome::Answered(status, headers) => self.answered(ticket, status, headers, now),
            Outcome::Unanswered => self.count_late(now),
            Outcome::Unsent => {}
        }
    }

    fn answered(
        &mut self,
        ticket: &Ticket,
        status: StatusCode,
        headers: RateLimitHeaders,
        now: Moment,
    ) {
        if let Some(limit) = headers.limit {
            self.limit = limit;
        }
        if let Some((alignment, date)) = self.alignment.as_mut().zip(headers.date) {
            alignment.observe(date, ticket.issued_at, now);
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.refused(ticket, headers, now);
            return;
        }
        self.count(now, 1, true);
        if let Some(left) = headers.reset {
            self.window.observe(left, now);
        }
        // An answer of a broken service or a proxy need not say anything about the limit.
        let spoke = headers.limit.is_some() || !status.is_server_error();
        if ticket.alone && self.is_after_refusals(ticket) && spoke {
            self.probe = None;
            self.refusals.in_a_row = 0;
        }
        match headers.remaining {
            Some(remaining) => self.compare(ticket, u64::from(remaining), now),
            None => self.window.confirmed |= ticket.expired_before > 0,
        }
    }

    /// Our ledger against the service's.
    fn compare(&mut self, ticket: &Ticket, remaining: u64, now: Moment) {
        let used = u64::from(self.limit).saturating_sub(remaining);
        let most = |ledger: &Self| {
            let expired_since = ledger.expired.saturating_sub(ticket.expired_before);
            ledger.own + ledger.in_flight() + expired_since + ledger.external
        };
        let mut unexplained = used.saturating_sub(most(self));
        if unexplained > 0 && !self.window.confirmed {
            // Perhaps these are ours, and the window is longer than assumed.
            let back = usize::try_from(unexplained).unwrap_or(usize::MAX);
            if let Some(at) = nth_from_the_end(&self.history, back) {
                self.stretch_window(now - at, now);
                unexplained = used.saturating_sub(most(self));
            }
        }
        if unexplained > 0 {
            self.count(now, unexplained, false);
        } else if ticket.expired_before > 0 {
            self.window.confirmed = true;
        }

        // What was left then, less all requests that may have been counted since. That holds for any kind of window,
        // because what is used grows by requests only.
        let since = self.issued.saturating_sub(ticket.settled_before + 1);
        if self
            .credit
            .as_ref()
            .is_none_or(|credit| credit.number < ticket.number)
        {
            self.credit = Some(Grant {
                left: remaining.min(u64::from(self.limit)).saturating_sub(since),
                number: ticket.number,
            });
        }
    }

    fn refused(&mut self, ticket: &Ticket, headers: RateLimitHeaders, now: Moment) {
        let asked = headers.retry_after.or(headers.reset);
        let asked = asked.filter(|wait| !wait.is_zero());
        let wait = asked.map(|wait| wait.min(LONGEST));
        // Of requests that went together, the first refused one counts for all.
        if self.is_after_refusals(ticket) {
            let recent = self.window.length() * 4;
            if self.refusals.last.is_some_and(|last| now - last < recent) {
                // Once is another client; repeatedly means that the window is not what it was.
                self.window.confirmed = false;
                if let Some(alignment) = &mut self.alignment {
                    alignment.doubt(now);
                }
            }
            self.refusals.in_a_row = self.refusals.in_a_row.saturating_add(1);
            self.refusals.last = Some(now);
        }
        if let Some(wait) = wait
            && !self.window.confirmed
            && let Some(at) = self.answered_before(self.limit)
        {
            let length = if self.window.is_refuted_by(ticket.issued_at - at, wait, now) {
                wait
            } else {
                // The window has all those in it, and ends after the wait.
                now - at + wait
            };
            self.stretch_window(length, now);
        }
        let wait = wait.unwrap_or_else(|| {
            let doublings = self.refusals.in_a_row.saturating_sub(1).min(16);
            (FIRST_PAUSE * 2_u32.pow(doublings)).min(self.window.length())
        });
        let until = now + wait;
        if self.paused_until.is_none_or(|other| other <= until) {
            self.paused_until = Some(until);
            self.pause_cut = asked > Some(wait);
            self.pause_estimated = asked.is_none();
        }
        self.probe = Some(Probe::Refused);
        self.credit = None;
    }

    /// When the last but `count - 1` of our accepted requests was answered.
    fn answered_before(&self, count: u32) -> Option<Moment> {
        let own = self.counted.iter().filter(|entry| entry.own);
        let times: Vec<_> = own.map(|entry| entry.at).rev().collect();
        let count = usize::try_from(count).ok()?;
        match times.get(count - 1) {
            Some(at) => Some(*at),
            None => nth_from_the_end(&self.history, count - times.len()),
        }
    }

    /// The window is at least that long: requests count again that were thought not to.
    fn stretch_window(&mut self, length: Duration, now: Moment) {
        self.window.at_least(length, now);
        while let Some(at) = self.history.back().copied()
            && now < self.counts_until(at)
        {
            self.history.pop_back();
            self.expired = self.expired.saturating_sub(1);
            self.count(at, 1, true);
        }
    }

    fn beyond_a_window_not_confirmed(&self) -> bool {
        !self.window.confirmed
            && self.expired > 0
            && self.credit.as_ref().is_none_or(|credit| credit.left == 0)
    }

    fn left(&self) -> u64 {
        let used = self.own + self.external + self.in_flight();
        let by_ledger = u64::from(self.limit).saturating_sub(used);
        let by_word = self.credit.as_ref().map_or(0, |credit| credit.left);
        by_ledger.max(by_word)
    }

    fn spend_credit(&mut self) {
        if let Some(credit) = &mut self.credit {
            credit.left = credit.left.saturating_sub(1);
        }
    }

    fn is_after_refusals(&self, ticket: &Ticket) -> bool {
        let last = self.refusals.last;
        last.is_none_or(|last| ticket.issued_at >= last)
    }

    /// Nothing more is to be expected of a request.
    fn leave(&mut self, number: u64) {
        if self.in_flight.remove(&number).is_some() {
            self.settled += 1;
        }
        self.alone = self.alone.filter(|(alone, _)| *alone != number);
    }

    fn in_flight(&self) -> u64 {
        self.in_flight.len() as u64
    }

    /// Counts a request without an answer.
    fn count_late(&mut self, at: Moment) {
        self.count(at + LATE, 1, true);
        // It may be counted after the request that reported the credit.
        self.spend_credit();
    }

    fn count(&mut self, at: Moment, count: u64, own: bool) {
        let place = self.counted.partition_point(|entry| entry.at <= at);
        self.counted.insert(place, Entry { at, count, own });
        if own {
            self.own += count;
        } else {
            self.external += count;
        }
    }

    /// Lets go what counts no longer.
    fn refresh(&mut self, now: Moment) {
        self.window.refresh(now);
        if let Some(alignment) = &mut self.alignment {
            alignment.refresh(now);
        }
        while let Some(entry) = self.counted.front().copied()
            && self.counts_until(entry.at) <= now
        {
            self.counted.pop_front();
            if entry.own {
                self.own -= entry.count;
                self.expired += entry.count;
                self.history.push_back(entry.at);
            } else {
                self.external -= entry.count;
            }
        }
        let (most, windows) = HISTORY;
        let window = self.window.length_with_margin();
        while let Some(at) = self.history.front().copied()
            && (self.history.len() > most || at + window * windows < now)
        {
            self.history.pop_front();
        }
    }
}

/// 1 is the last one.
fn nth_from_the_end(times: &VecDeque<Moment>, n: usize) -> Option<Moment> {
    times.get(times.len().checked_sub(n)?).copied()
}
