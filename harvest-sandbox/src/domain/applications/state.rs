//! Keeping the state of an application.

use super::{APPLICATION, Application};
use crate::refusal::Outcome;
use crate::store::Edit;

impl Application {
    /// Keeps an application that was changed, or under an id of its own one that is new.
    pub(crate) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        if edit.exists(&APPLICATION, id)? {
            edit.save(&APPLICATION, id, self)?;
            edit.run(
                "DELETE FROM application_job WHERE application_id = ?1",
                [id],
            )?;
        } else {
            edit.insert_as(&APPLICATION, id, self)?;
        }
        self.follow_stage(edit, id)?;
        self.keep_files(edit, id)?;
        self.index(edit, id)
    }

    /// Writes down on which jobs it is.
    pub(crate) fn index(&self, edit: &Edit<'_>, id: i64) -> Outcome<()> {
        for job_id in &self.job_ids {
            edit.run(
                "INSERT OR IGNORE INTO application_job (job_id, application_id) VALUES (?1, ?2)",
                (job_id, id),
            )?;
        }
        Ok(())
    }
}
