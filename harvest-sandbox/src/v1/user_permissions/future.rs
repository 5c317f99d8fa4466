//! What users may do on jobs that are yet to come.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::super::departments::{DEPARTMENT, Department};
use super::super::offices::{OFFICE, Office};
use super::{FUTURE_JOB_PERMISSION, JOB_PERMISSION, JobPermission};
use crate::json::json;
use crate::refusal::{Outcome, Problems};
use crate::store::{Document, Edit, Kind, Row, View};

/// Gives a user a role on each job that is added later to an office and a department; none stands for all of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct FutureJobPermission {
    pub(in crate::v1) user_id: i64,
    pub(in crate::v1) office_id: Option<i64>,
    pub(in crate::v1) department_id: Option<i64>,
    pub(in crate::v1) user_role_id: i64,
}

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: FutureJobPermission = row.state()?;
    let office: Option<Office> = match it.office_id {
        Some(id) => view.find(&OFFICE, id)?,
        None => None,
    };
    let department: Option<Department> = match it.department_id {
        Some(id) => view.find(&DEPARTMENT, id)?,
        None => None,
    };
    Document::of(&json!({
        "id": row.id,
        "office_id": it.office_id,
        "external_office_id": office.and_then(|office| office.external_id),
        "department_id": it.department_id,
        "external_department_id": department.and_then(|department| department.external_id),
        "user_role_id": it.user_role_id,
    }))
}

/// A permission to give. Offices and departments are named by our ids or by the organization's own.
#[derive(Deserialize)]
pub(super) struct Create {
    office_id: Option<i64>,
    external_office_id: Option<String>,
    department_id: Option<i64>,
    external_department_id: Option<String>,
    user_role_id: i64,
}

impl Create {
    pub(super) fn check(
        self,
        view: &View<'_>,
        user_id: i64,
        problems: &mut Problems,
    ) -> Outcome<FutureJobPermission> {
        let fields = ["office_id", "external_office_id"];
        let named = (self.office_id, self.external_office_id);
        let office_id = unit(view, &OFFICE, "An office", fields, named, problems)?;
        let fields = ["department_id", "external_department_id"];
        let named = (self.department_id, self.external_department_id);
        let department_id = unit(view, &DEPARTMENT, "A department", fields, named, problems)?;
        Ok(FutureJobPermission {
            user_id,
            office_id,
            department_id,
            user_role_id: self.user_role_id,
        })
    }
}

fn unit(
    view: &View<'_>,
    kind: &Kind,
    what: &str,
    [field, external_field]: [&str; 2],
    named: (Option<i64>, Option<String>),
    problems: &mut Problems,
) -> Outcome<Option<i64>> {
    match named {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => {
            problems.both(field, external_field);
            Ok(None)
        }
        (Some(id), None) => {
            if !view.exists(kind, id)? {
                problems.unknown(field, what);
            }
            Ok(Some(id))
        }
        (None, Some(external_id)) => {
            let sql = format!("SELECT id FROM {} WHERE external_id = ?1", kind.table);
            let id = view.value(&sql, [external_id])?;
            if id.is_none() {
                problems.unknown(external_field, what);
            }
            Ok(id)
        }
    }
}

/// Where a job belongs.
pub(in crate::v1) struct Place {
    office_ids: HashSet<i64>,
    department_ids: HashSet<i64>,
}

impl Place {
    pub(in crate::v1) fn of(office_ids: &[i64], department_ids: &[i64]) -> Self {
        Self {
            office_ids: office_ids.iter().copied().collect(),
            department_ids: department_ids.iter().copied().collect(),
        }
    }
}

impl FutureJobPermission {
    /// Whether it gives a role on jobs that belong there.
    pub(in crate::v1) fn is_for(&self, place: &Place) -> bool {
        let meets =
            |limit: Option<i64>, ids: &HashSet<i64>| limit.is_none_or(|id| ids.contains(&id));
        meets(self.office_id, &place.office_ids) && meets(self.department_id, &place.department_ids)
    }
}

/// A job was added: whoever was given a role on jobs like it in advance has it now.
pub(in crate::v1) fn take_effect(
    edit: &mut Edit<'_>,
    job_id: i64,
    office_ids: &[i64],
    department_ids: &[i64],
) -> Outcome<()> {
    let all = edit.states::<FutureJobPermission>(&FUTURE_JOB_PERMISSION, "true ORDER BY id", [])?;
    let place = Place::of(office_ids, department_ids);
    for (_, it) in all {
        let permission = JobPermission {
            user_id: it.user_id,
            job_id,
            user_role_id: it.user_role_id,
        };
        if it.is_for(&place) && !permission.is_given(edit)? {
            edit.insert(&JOB_PERMISSION, &permission)?;
        }
    }
    Ok(())
}
