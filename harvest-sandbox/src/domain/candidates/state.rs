//! Keeping the state of a candidate.

use super::{CANDIDATE, Candidate};
use crate::clock::stamp;
use crate::refusal::Outcome;
use crate::store::Edit;

impl Candidate {
    /// Keeps a candidate who was changed, or under an id of its own one who is new.
    pub(crate) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        if edit.exists(&CANDIDATE, id)? {
            edit.save(&CANDIDATE, id, self)?;
            forget_index(edit, id)?;
        } else {
            edit.insert_as(&CANDIDATE, id, self)?;
        }
        self.keep_parts(edit, id)?;
        self.index(edit, id)
    }

    /// Writes down by which addresses and tags the candidate is found.
    pub(crate) fn index(&self, edit: &Edit<'_>, id: i64) -> Outcome<()> {
        for email in &self.email_addresses {
            edit.run(
                "INSERT OR IGNORE INTO candidate_email (address, candidate_id) VALUES (?1, ?2)",
                (&email.value, id),
            )?;
        }
        for tag_id in &self.tag_ids {
            edit.run(
                "INSERT OR IGNORE INTO candidate_tag (tag_id, candidate_id) VALUES (?1, ?2)",
                (tag_id, id),
            )?;
        }
        Ok(())
    }
}

impl Candidate {
    /// Keeps a candidate to whom something was done just now.
    pub(crate) fn save_changed(&mut self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        self.updated_at = stamp(edit.now());
        self.last_activity.clone_from(&self.updated_at);
        self.save(edit, id)
    }
}

/// Forgets by which addresses and tags a candidate is found.
pub(crate) fn forget_index(edit: &Edit<'_>, id: i64) -> Outcome<()> {
    edit.run("DELETE FROM candidate_email WHERE candidate_id = ?1", [id])?;
    edit.run("DELETE FROM candidate_tag WHERE candidate_id = ?1", [id])?;
    Ok(())
}
