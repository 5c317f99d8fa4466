//! Documents of permissions on future jobs.

use crate::domain::departments::{DEPARTMENT, Department};
use crate::domain::offices::{OFFICE, Office};
use crate::domain::user_permissions::FutureJobPermission;
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

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
