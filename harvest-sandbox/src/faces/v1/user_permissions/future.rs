//! Permissions on future jobs: their documents, and the checks of bodies.

use serde::Deserialize;

use crate::domain::departments::{DEPARTMENT, Department};
use crate::domain::offices::{OFFICE, Office};
use crate::domain::user_permissions::FutureJobPermission;
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::refusal::Problems;
use crate::store::{Document, Kind, Row, View};

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
    what: &'static str,
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
