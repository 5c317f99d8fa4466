//! Windows that begin by the clock of the service.

use std::time::Duration;

use super::Moment;

/// The clock in headers may not be the one that counts: so far apart they are taken to be, in microseconds.
const MARGIN: i64 = 100_000;
/// Clocks drift apart by one part in so many.
const DRIFT: i64 = 1000;
/// How long the description is not believed after refusals that it does not explain.
const DOUBT: Duration = Duration::from_secs(600);
const SECOND: i64 = 1_000_000;

/// Windows of a service that begin when its clock is at a multiple of their length, as the description says. The clock is
/// learned from the `Date` of answers, so that of this machine does not matter.
#[derive(Clone)]
#[cfg_attr(
    feature = "shared-limiter",
    derive(serde::Deserialize, serde::Serialize)
)]
pub(super) struct Alignment {
    pub(super) length: Duration,
    clock: Option<ServiceClock>,
    doubted_until: Option<Moment>,
}

/// What the clock of the service shows at the zero of ours: least and most, in microseconds since 1970.
#[derive(Clone, Copy)]
#[cfg_attr(
    feature = "shared-limiter",
    derive(serde::Deserialize, serde::Serialize)
)]
struct ServiceClock {
    least: i64,
    most: i64,
    noted: Moment,
}

impl Alignment {
    pub(super) fn new(length: Duration) -> Self {
        Self {
            length,
            clock: None,
            doubted_until: None,
        }
    }

    /// An answer that arrived now, to a request let go then, names this second.
    pub(super) fn observe(&mut self, date: i64, let_go: Moment, now: Moment) {
        let second = date.saturating_mul(SECOND);
        let observed = ServiceClock {
            // It was written before it arrived, and after the request went.
            least: second.saturating_sub(micros(now)),
            most: second.saturating_add(SECOND).saturating_sub(micros(let_go)),
            noted: now,
        };
        let known = self.clock.map(|clock| {
            let drift = micros(now).saturating_sub(micros(clock.noted)) / DRIFT;
            ServiceClock {
                least: observed.least.max(clock.least.saturating_sub(drift)),
                most: observed.most.min(clock.most.saturating_add(drift)),
                noted: now,
            }
        });
        // One of the clocks was set.
        self.clock = Some(
            known
                .filter(|known| known.least <= known.most)
                .unwrap_or(observed),
        );
    }

    /// The end of the last window in which a request may have been counted that was answered then, by what is known of the
    /// clock of the service.
    pub(super) fn end_of_window(&self, at: Moment) -> Option<Moment> {
        let clock = self.clock.filter(|_| self.doubted_until.is_none())?;
        let length = i64::try_from(self.length.as_micros()).ok()?;
        let latest = micros(at).checked_add(clock.most)?.checked_add(MARGIN)?;
        let next = latest.checked_div_euclid(length)?.checked_add(1)?;
        let end = next.checked_mul(length)?.checked_sub(clock.least)?;
        Some(u64::try_from(end.checked_add(MARGIN)?).ok()?.into())
    }

    /// The service refuses more than its windows explain.
    pub(super) fn doubt(&mut self, now: Moment) {
        self.doubted_until = Some(now + DOUBT);
    }

    pub(super) fn refresh(&mut self, now: Moment) {
        self.doubted_until = self.doubted_until.filter(|until| now < *until);
    }

    /// Our clock was set back by so much.
    #[cfg(feature = "shared-limiter")]
    pub(super) fn set_back(&mut self, by: Duration) {
        if let Some(until) = &mut self.doubted_until {
            *until = *until - by;
        }
        // The next answer has the difference that is true now.
        self.clock = None;
    }
}

fn micros(moment: Moment) -> i64 {
    i64::try_from(u64::from(moment)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-02T10:00:00Z, which is at a multiple of 30 s.
    const TEN: i64 = 1_772_445_600;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_window_ends_by_the_clock_of_the_service() {
        let zero = Moment::from(0_u64);
        let mut alignment = Alignment::new(ms(30_000));
        assert!(alignment.end_of_window(zero).is_none(), "no answer yet");
        // Its clock shows 10:00:25 or more, and less than 10:00:26.
        alignment.observe(TEN + 25, zero, zero);
        let end = alignment.end_of_window(zero).unwrap();
        assert_eq!(end - zero, ms(5_100), "the latest that it can be");
        // The next second began before this: it is 10:00:25.8 at zero, or more.
        alignment.observe(TEN + 26, zero + ms(150), zero + ms(200));
        assert_eq!(alignment.end_of_window(zero).unwrap() - zero, ms(4_300));
        // What is answered so near to the end may have been counted after it.
        let near = zero + ms(3_950);
        let end = alignment.end_of_window(near).unwrap();
        assert!(end - zero > ms(34_000), "{end:?}");
    }

    #[test]
    fn a_clock_that_is_set_is_learned_again() {
        let zero = Moment::from(0_u64);
        let mut alignment = Alignment::new(ms(30_000));
        alignment.observe(TEN + 25, zero, zero);
        let now = zero + ms(1_000);
        alignment.observe(TEN + 600, now, now);
        assert_eq!(alignment.end_of_window(now).unwrap() - now, ms(30_100));
        alignment.doubt(now);
        assert!(alignment.end_of_window(now).is_none());
        alignment.refresh(now + DOUBT);
        assert!(alignment.end_of_window(now).is_some());
        // Nonsense does not overflow.
        alignment.observe(i64::MAX, now, now);
        assert!(alignment.end_of_window(now).is_none());
    }
}
