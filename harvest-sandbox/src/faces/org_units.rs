//! Units of the organization that a job belongs to: its department and its offices, as bodies name them.

use serde::Deserialize;

use crate::domain::jobs;
use crate::domain::patch::Change;

#[derive(Deserialize)]
pub(crate) struct UnitsInput {
    #[serde(default)]
    department_id: Change<i64>,
    external_department_id: Option<String>,
    office_ids: Option<Vec<i64>>,
    external_office_ids: Option<Vec<String>>,
}

impl From<UnitsInput> for jobs::OrgUnits {
    fn from(it: UnitsInput) -> Self {
        Self {
            department_id: it.department_id,
            external_department_id: it.external_department_id,
            office_ids: it.office_ids,
            external_office_ids: it.external_office_ids,
        }
    }
}
