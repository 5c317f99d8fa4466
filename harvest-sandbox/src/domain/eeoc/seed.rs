//! The answers of a new organization's candidates.

use super::{DISABILITY_STATUSES, EEOC, Eeoc, GENDERS, RACES, VETERAN_STATUSES};
use crate::domain::organization::Seed;
use crate::refusal::Outcome;

/// Of the applications that are no prospects', so many at the most have answers: enough for some pages.
const AT_MOST: usize = 300;

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let applications: Vec<i64> = seed.column(
        "SELECT id FROM application WHERE stage_id IS NOT NULL ORDER BY id LIMIT ?1",
        [AT_MOST],
    )?;
    for (number, id) in applications.into_iter().enumerate() {
        let mut dice = seed.dice("eeoc", number);
        if dice.percent(40) {
            continue;
        }
        let applied_at: Option<String> =
            seed.value("SELECT created_at FROM application WHERE id = ?1", [id])?;
        let eeoc = Eeoc {
            race: Some(1 + dice.below(RACES.len())),
            gender: Some(1 + dice.below(GENDERS.len())),
            veteran_status: (!dice.percent(20)).then(|| 1 + dice.below(VETERAN_STATUSES.len())),
            disability_status: Some(1 + dice.below(DISABILITY_STATUSES.len())),
            submitted_at: applied_at.unwrap_or_default(),
        };
        seed.insert_as(&EEOC, id, &eeoc)?;
    }
    Ok(())
}
