//! Candidates of a new organization who were there twice: what is left of it in the one that stayed.
//!
//! It says what the command says (`merge.rs`), but is written along with the candidate: of a million, 33,000 were there twice,
//! and to make and to merge those by commands would take longer than all the rest of them.

use chrono::TimeDelta;

use super::{CANDIDATE, journey, merge};
use crate::clock::{Moment, stamp};
use crate::domain::organization::Seed;
use crate::domain::records::candidate::{Candidate, Contact};
use crate::refusal::{Outcome, broken};

/// Of so many candidates, one was there twice.
const EVERY: usize = 30;

/// A duplicate who was merged into a candidate.
pub(super) struct Duplicate {
    /// No record has it, nor will one.
    id: i64,
    added_at: Moment,
    merged_at: Moment,
}

impl Duplicate {
    /// That of the candidate with this number, if there was one. Private candidates have none: who merges does not see them.
    pub(super) fn of(
        seed: &Seed<'_, '_>,
        number: usize,
        candidate: &Candidate,
    ) -> Outcome<Option<Self>> {
        let total = seed.plan.candidates;
        if number >= total || number % EVERY != EVERY / 2 || candidate.is_private {
            return Ok(None);
        }
        let mut dice = seed.dice("duplicate", number);
        let start = journey::at(&candidate.created_at)?;
        let end = journey::at(&candidate.last_activity)?;
        let added_at = dice.between(start, end);
        let ids = i64::try_from(total + number / EVERY)
            .map_err(|_| broken("there are more candidates than ids"))?;
        Ok(Some(Self {
            id: CANDIDATE.first_id + ids,
            added_at,
            merged_at: (added_at + TimeDelta::minutes(20)).min(end),
        }))
    }

    /// The address by which the duplicate was there.
    pub(super) fn address(&self, of: &Candidate) -> Contact {
        let name = of.first_name.to_lowercase();
        Contact {
            value: format!("{name}.{}@home.example.com", self.id),
            r#type: Some("other".to_owned()),
        }
    }

    /// Writes into the feed of the candidate how the duplicate came and went.
    pub(super) fn record(
        &self,
        seed: &Seed<'_, '_>,
        into: i64,
        candidate: &Candidate,
        by: Option<i64>,
    ) -> Outcome<()> {
        journey::record_arrival(seed, into, candidate, stamp(self.added_at))?;
        merge::record(seed, into, self.id, self.merged_at, by)
    }
}

/// Gives no other record the ids of duplicates: they follow those of the candidates.
pub(super) fn reserve_ids(seed: &Seed<'_, '_>) -> Outcome<()> {
    for _ in 0..seed.plan.candidates.div_ceil(EVERY) {
        seed.new_id(&CANDIDATE)?;
    }
    Ok(())
}
