//! Filling a new organization.

use std::ops::{Deref, DerefMut, Range};

use chrono::{Datelike, Months, NaiveTime, TimeDelta, Utc};

use super::Dice;
use crate::clock::{Moment, moment, stamp};
use crate::domain::RESOURCES;
use crate::refusal::{Outcome, broken};
use crate::store::{Edit, Kind, View};

/// Under which a database remembers that it was filled.
const SEEDED: &str = "seeded";

/// Tables that are no part of the organization: what is signed with one secret before it is made again is still signed with
/// it afterwards, and who had the password of Dev Center still has it.
const KEPT: [&str; 2] = ["file_secret", "password"];

/// Under which it remembers how many candidates were added since.
const SUPPLIED: &str = "supplied";

/// Records are rendered at the latest after so many, so that what is left to render needs no memory to speak of.
const SETTLED: usize = 1_000;

/// The age of a new organization, in days.
const FOUNDED: i64 = 1_200;

/// What organization to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) candidates: usize,
    /// What happened so far happened before.
    pub(crate) now: Moment,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            seed: 1,
            candidates: 60,
            now: start_of_day(Utc::now()),
        }
    }
}

impl Plan {
    /// Whether what it makes takes a few megabytes.
    pub(crate) fn is_small(&self) -> bool {
        self.candidates <= 1_000
    }
}

fn start_of_day(moment: Moment) -> Moment {
    moment.date_naive().and_time(NaiveTime::MIN).and_utc()
}

/// A new organization on its way. It reads and writes like an [`Edit`].
pub(crate) struct Seed<'a, 'e> {
    edit: &'a mut Edit<'e>,
    pub(crate) plan: Plan,
}

impl<'e> Deref for Seed<'_, 'e> {
    type Target = Edit<'e>;

    fn deref(&self) -> &Edit<'e> {
        self.edit
    }
}

impl<'e> DerefMut for Seed<'_, 'e> {
    fn deref_mut(&mut self) -> &mut Edit<'e> {
        self.edit
    }
}

impl Seed<'_, '_> {
    /// Choices for the record of a kind with this number.
    pub(crate) fn dice(&self, kind: &str, number: usize) -> Dice {
        Dice::new(
            self.plan.seed,
            kind,
            u64::try_from(number).unwrap_or(u64::MAX),
            self.plan.last_day(),
        )
    }

    /// Renders what was written so far, now and then: to be called with the number of each of very many records.
    pub(crate) fn settle_some(&mut self, number: usize) -> Outcome<()> {
        if number % SETTLED == SETTLED - 1 {
            self.settle()?;
        }
        Ok(())
    }

    /// A time from this one on, in the past of the organization.
    pub(crate) fn after(&self, time: &str, dice: &mut Dice) -> Outcome<String> {
        let start = moment(time).ok_or_else(|| broken("a time of the seed is none"))?;
        let end = (self.plan.last_day() + TimeDelta::hours(9)).max(start);
        Ok(stamp(dice.between(start, end)))
    }

    /// The site admin who did what takes one, if there is any.
    pub(crate) fn administrator(&self) -> Outcome<Option<i64>> {
        let sql = "SELECT id FROM user
                   WHERE site_admin AND NOT disabled AND employee_id <> 'INTUSER123'
                   ORDER BY id LIMIT 1";
        self.value(sql, [])
    }

    /// The ids of the records of a kind that there are by now.
    pub(crate) fn ids(&self, kind: &Kind) -> Outcome<Vec<i64>> {
        self.column(&format!("SELECT id FROM {} ORDER BY id", kind.table), [])
    }
}

/// A time so many days before the last day of the organization's past, to the millisecond as the dice fall. In the form in
/// which times are kept.
pub(crate) fn days_ago(days: usize, dice: &mut Dice) -> String {
    on_day(-i64::try_from(days).unwrap_or_default(), dice)
}

/// The same, so many days after that day. What is two days ahead is after the present.
pub(crate) fn days_ahead(days: usize, dice: &mut Dice) -> String {
    on_day(i64::try_from(days).unwrap_or_default(), dice)
}

fn on_day(days: i64, dice: &mut Dice) -> String {
    // During working hours.
    let time = i64::try_from(dice.below(9 * 3_600_000)).unwrap_or_default();
    stamp(dice.last_day + TimeDelta::days(days) + TimeDelta::milliseconds(time))
}

/// How many days before the last day of the organization's past that was.
pub(crate) fn age(time: &str, dice: &Dice) -> usize {
    let days = moment(time).map(|time| (dice.last_day.date_naive() - time.date_naive()).num_days());
    days.and_then(|days| usize::try_from(days).ok())
        .unwrap_or_default()
}

/// The first day of one of the months that follow the past of the organization.
pub(crate) fn first_of_a_month_ahead(dice: &mut Dice) -> String {
    let months = Months::new(1 + u32::try_from(dice.below(5)).unwrap_or_default());
    let day = dice.last_day.date_naive();
    let first = day.with_day(1).unwrap_or(day);
    first
        .checked_add_months(months)
        .unwrap_or(first)
        .to_string()
}

/// Fills a new organization.
pub(crate) fn found(edit: &mut Edit<'_>, plan: Plan) -> Outcome<()> {
    // What has no times of its own has been there from the beginning.
    edit.date(stamp(plan.last_day() - TimeDelta::days(FOUNDED)));
    let mut seed = Seed { edit, plan };
    for resource in RESOURCES {
        (resource.seed)(&mut seed)?;
        seed.settle()?;
    }
    plan.write(edit)
}

/// Empties an organization, and fills it as it was filled at first.
pub(crate) fn refound(edit: &mut Edit<'_>) -> Outcome<()> {
    let plan = Plan::read(edit)?.unwrap_or_default();
    edit.clear(&KEPT)?;
    found(edit, plan)
}

/// Adds records whose numbers go on from those that there were at first, and from those that were added before. `add` adds
/// those with some numbers.
pub(crate) fn supply(
    edit: &mut Edit<'_>,
    count: usize,
    add: fn(&mut Seed<'_, '_>, Range<usize>) -> Outcome<()>,
) -> Outcome<()> {
    let plan = Plan::read(edit)?.unwrap_or_default();
    let supplied: Option<usize> = setting(edit, SUPPLIED)?.and_then(|text| text.parse().ok());
    let supplied = supplied.unwrap_or_default();
    let from = plan.candidates.saturating_add(supplied);
    let mut seed = Seed { edit, plan };
    add(&mut seed, from..from.saturating_add(count))?;
    seed.settle()?;
    set(edit, SUPPLIED, &supplied.saturating_add(count).to_string())
}

impl Plan {
    /// The last day that is over, at 8 in the morning: whatever happens on it in working hours is over, too.
    fn last_day(&self) -> Moment {
        start_of_day(self.now) - TimeDelta::days(1) + TimeDelta::hours(8)
    }

    /// That by which a database was filled, if it was.
    fn read(view: &View<'_>) -> Outcome<Option<Self>> {
        let Some(text) = setting(view, SEEDED)? else {
            return Ok(None);
        };
        let mut parts = text.split('/');
        let mut read = || {
            Some(Self {
                seed: parts.next()?.parse().ok()?,
                candidates: parts.next()?.parse().ok()?,
                now: match parts.next() {
                    Some(now) => moment(now)?,
                    // All that were filled before it was written down.
                    None => moment("2026-06-02")?,
                },
            })
        };
        read()
            .map(Some)
            .ok_or_else(|| broken("how it was filled can't be read"))
    }

    fn write(self, edit: &Edit<'_>) -> Outcome<()> {
        let Self {
            seed,
            candidates,
            now,
        } = self;
        set(edit, SEEDED, &format!("{seed}/{candidates}/{}", stamp(now)))
    }
}

fn setting(view: &View<'_>, name: &str) -> Outcome<Option<String>> {
    view.value("SELECT value FROM setting WHERE name = ?1", [name])
}

fn set(edit: &Edit<'_>, name: &str, value: &str) -> Outcome<()> {
    edit.run(
        "INSERT INTO setting (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = ?2",
        (name, value),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_happens_after_the_present() {
        for now in ["2026-06-02T00:00:00Z", "2026-06-02T23:59:59Z"] {
            let now = moment(now).unwrap();
            let plan = Plan {
                now,
                ..Plan::default()
            };
            let mut dice = Dice::new(plan.seed, "days", 0, plan.last_day());
            for _ in 0..1_000 {
                let latest = days_ago(0, &mut dice);
                assert!(
                    latest.starts_with("2026-06-01T") && latest < stamp(now),
                    "{latest}"
                );
            }
        }
    }
}
