//! The organization that a new sandbox begins with: invented people at example.com, the same for the same seed.
//!
//! What records there are is said by each resource in its `seed`; here is what these have in common.

mod dice;
mod people;
mod seed;

pub(crate) use dice::Dice;
pub(crate) use people::Person;
pub(crate) use seed::{
    Plan, Seed, age, days_ago, days_ahead, first_of_a_month_ahead, found, refound, supply,
};
