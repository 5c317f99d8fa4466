//! Units of the organization that a job belongs to: its department and its offices.

use super::Job;
use crate::domain::departments::DEPARTMENT;
use crate::domain::offices::Office;
use crate::domain::patch::{Change, replace};
use crate::domain::tree;
use crate::refusal::{Outcome, Problems};
use crate::store::View;

/// Department and offices, by our ids or by those of the organization. Paths are the names of these.
#[derive(Debug, Default)]
pub(crate) struct OrgUnits {
    pub(crate) department_id: Change<i64>,
    pub(crate) external_department_id: Option<String>,
    pub(crate) office_ids: Option<Vec<i64>>,
    pub(crate) external_office_ids: Option<Vec<String>>,
}

impl OrgUnits {
    /// Changes what was sent, and leaves the rest.
    pub(super) fn apply(
        self,
        view: &View<'_>,
        job: &mut Job,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let offices = tree::several::<Office>(
            view,
            self.office_ids,
            self.external_office_ids,
            "",
            problems,
        )?;
        replace(&mut job.office_ids, offices);
        match (self.department_id, self.external_department_id) {
            (Change::Leave, None) => {}
            (Change::Leave, Some(external_id)) => {
                let sql = "SELECT id FROM department WHERE external_id = ?1";
                match view.value(sql, [external_id])? {
                    Some(id) => job.department_ids = vec![id],
                    None => problems.unknown("external_department_id", "A department"),
                }
            }
            (_, Some(_)) => problems.both("department_id", "external_department_id"),
            (Change::Clear, None) => job.department_ids.clear(),
            (Change::Set(id), None) => {
                if view.exists(&DEPARTMENT, id)? {
                    job.department_ids = vec![id];
                } else {
                    problems.unknown("department_id", "A department");
                }
            }
        }
        Ok(())
    }
}
