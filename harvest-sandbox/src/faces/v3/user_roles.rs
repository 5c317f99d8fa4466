//! Roles that users can have on jobs, as v3 shows them.

use super::list;
use super::presentation::{dated, shown};
use crate::domain::user_roles::USER_ROLE;
use crate::faces::{Handler, Resource};
use crate::json::{Value, json};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&USER_ROLE, |view, row| {
        let role: Value = row.state()?;
        let role_type = match role["type"].as_str() {
            // The role is left from early organizations, and v3 says so.
            Some("interviewer") => "deprecated_interviewer",
            other => other.unwrap_or_default(),
        };
        let shown = json!({"role_type": role_type, "name": role["name"]});
        dated(view, &USER_ROLE, row, shown)
    })],
    operations: &[(
        "list_user_roles",
        Handler::Read(|cx| list::list(cx, &USER_ROLE, &[])),
    )],
};
