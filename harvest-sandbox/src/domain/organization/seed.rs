//! Filling a new organization.

use std::ops::{Deref, DerefMut, Range};

use chrono::TimeDelta;

use super::Dice;
use crate::clock::{Moment, stamp};
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

/// The age of a new organization, in days.
const FOUNDED: i64 = 1_200;

/// What organization to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) candidates: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            seed: 1,
            candidates: 60,
        }
    }
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
        )
    }

    /// The ids of the records of a kind that there are by now.
    pub(crate) fn ids(&self, kind: &Kind) -> Outcome<Vec<i64>> {
        self.column(&format!("SELECT id FROM {} ORDER BY id", kind.table), [])
    }
}

/// A time so many days before the organization's "today", which is the same day whenever it is made; to the millisecond
/// as the dice fall. In the form in which times are kept.
pub(crate) fn days_ago(days: usize, dice: &mut Dice) -> String {
    let days = i64::try_from(days).unwrap_or_default();
    // During working hours.
    let time = i64::try_from(dice.below(9 * 3_600_000)).unwrap_or_default();
    stamp(today() - TimeDelta::days(days) + TimeDelta::milliseconds(time))
}

/// The day on which seeded organizations stand still, at 8 in the morning.
fn today() -> Moment {
    // 1 June 2026.
    Moment::UNIX_EPOCH + TimeDelta::days(20_605) + TimeDelta::hours(8)
}

/// Fills a new organization.
pub(crate) fn found(edit: &mut Edit<'_>, plan: Plan) -> Outcome<()> {
    // What has no times of its own has been there from the beginning.
    edit.date(stamp(today() - TimeDelta::days(FOUNDED)));
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
    /// That by which a database was filled, if it was.
    fn read(view: &View<'_>) -> Outcome<Option<Self>> {
        let Some(text) = setting(view, SEEDED)? else {
            return Ok(None);
        };
        let plan = text.split_once('/').and_then(|(seed, candidates)| {
            Some(Self {
                seed: seed.parse().ok()?,
                candidates: candidates.parse().ok()?,
            })
        });
        plan.map(Some)
            .ok_or_else(|| broken("how it was filled can't be read"))
    }

    fn write(self, edit: &Edit<'_>) -> Outcome<()> {
        let Self { seed, candidates } = self;
        set(edit, SEEDED, &format!("{seed}/{candidates}"))
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
    fn today_is_a_day_in_june() {
        assert_eq!(stamp(today()), "2026-06-01T08:00:00.000Z");
    }
}
