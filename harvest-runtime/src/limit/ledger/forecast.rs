//! Forecast of the time at which the next request can go, by what the ledger says now.

use std::time::Duration;

use super::{Ledger, Moment, Outcome, Probe, Ticket};

impl Ledger {
    /// When a request can go at the earliest that waits behind so many others.
    pub(in crate::limit) fn turn_behind(&mut self, others: u64, now: Moment) -> Moment {
        self.refresh(now);
        if let Some(until) = self.paused_until(now) {
            return until;
        }
        let invited = self.probe == Some(Probe::Refused);
        if self.left() > others || (invited && others == 0) {
            return now;
        }
        let used = self.own + self.external + self.in_flight();
        let needed = used.saturating_add(others).saturating_add(1);
        let mut lacking = needed.saturating_sub(u64::from(self.limit));
        let window = self.window.length_with_margin();
        // Those that count go first, in their order; then those under way, as if they were answered now.
        let mut free = now;
        for entry in &self.counted {
            free = self.counts_until(entry.at);
            if lacking <= entry.count {
                return free;
            }
            lacking -= entry.count;
        }
        if self.in_flight() > 0 {
            free = self.counts_until(now);
            lacking = lacking.saturating_sub(self.in_flight());
        }
        // Then those that go before: a window for each time that they use up the limit.
        let windows = lacking.div_ceil(u64::from(self.limit));
        free + window.saturating_mul(u32::try_from(windows).unwrap_or(u32::MAX))
    }

    /// How long nothing will be sent once this is written down.
    pub(in crate::limit) fn pause_after(
        &self,
        ticket: &Ticket,
        outcome: Outcome,
        now: Moment,
    ) -> Option<Duration> {
        let mut after = self.clone();
        after.settled(ticket, outcome, now);
        Some(after.paused_until(now)? - now)
    }
}
