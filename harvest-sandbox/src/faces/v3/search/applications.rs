//! The search for applications.

use super::{OF_APPLICATIONS, candidate_has_text, check_text};
use crate::domain::applications::APPLICATION;
use crate::faces::Reading;
use crate::faces::v3::applications;
use crate::faces::v3::list::{self, Meaning, Means};
use crate::http::refusal::Outcome;

const TEXT: &str = concat!(
    "candidate_id IN (SELECT candidate.id FROM candidate WHERE ",
    candidate_has_text!(),
    ")"
);

pub(super) fn search(cx: &Reading<'_>) -> Outcome {
    check_text(cx)?;
    let mut meanings: Vec<Meaning> = vec![("search", Means::Where(TEXT))];
    let of_search = OF_APPLICATIONS.iter();
    meanings.extend(of_search.map(|(name, condition)| (*name, Means::Where(condition))));
    meanings.extend(applications::MEANINGS);
    list::list(cx, &APPLICATION, &meanings)
}
