//! Bulk jobs that take away the permissions of users. Hiring teams and approval flows are left by all of them at once: each
//! has many members, and would be written for each row.

use std::collections::HashSet;

use axum::http::StatusCode;

use super::start::{each, id_alone, job};
use crate::domain::bulk::Rows;
use crate::domain::users::{self, USER};
use crate::faces::Writing;
use crate::faces::v3::users::take_permissions;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

pub(super) fn revoke(cx: &mut Writing<'_, '_>) -> Outcome {
    job(cx, Rows::naming(&USER), |cx, rows| {
        let mut demoted = HashSet::new();
        let rows = each(cx, rows, id_alone, |cx| {
            demoted.extend(take_permissions(cx)?);
            Ok(Reply::empty(StatusCode::NO_CONTENT))
        })?;
        users::leave(cx, &demoted)?;
        Ok(rows)
    })
}
