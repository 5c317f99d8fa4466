//! Candidates and users who are the same person. A user can be many: who they are is kept apart from what is known about the
//! user, which would be written for each of them.

use super::USER;
use crate::refusal::Outcome;
use crate::store::{Edit, View};

/// The candidates who are the same person as a user.
pub(crate) fn linked_candidates(view: &View<'_>, user_id: i64) -> Outcome<Vec<i64>> {
    let sql = "SELECT candidate_id FROM user_candidate WHERE user_id = ?1 ORDER BY candidate_id";
    view.column(sql, [user_id])
}

/// The users who are the same person as a candidate.
pub(crate) fn linked_users(view: &View<'_>, candidate_id: i64) -> Outcome<Vec<i64>> {
    let sql = "SELECT user_id FROM user_candidate WHERE candidate_id = ?1 ORDER BY user_id";
    view.column(sql, [candidate_id])
}

/// Makes a user and a candidate, who is written along with it, the same person.
pub(crate) fn link(edit: &mut Edit<'_>, user_id: i64, candidate_id: i64) -> Outcome<()> {
    let sql = "INSERT OR IGNORE INTO user_candidate (candidate_id, user_id) VALUES (?1, ?2)";
    edit.run(sql, (candidate_id, user_id))?;
    edit.touch(&USER, user_id)
}

/// Makes them two persons.
pub(crate) fn unlink(edit: &mut Edit<'_>, user_id: i64, candidate_id: i64) -> Outcome<()> {
    let sql = "DELETE FROM user_candidate WHERE candidate_id = ?1 AND user_id = ?2";
    edit.run(sql, (candidate_id, user_id))?;
    edit.touch(&USER, user_id)
}
