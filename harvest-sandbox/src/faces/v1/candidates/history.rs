//! Requests about where candidates studied and worked.

use axum::http::StatusCode;
use serde::Deserialize;

use super::document::{education, employment};
use crate::clock;
use crate::domain::access::ClientId;
use crate::domain::candidates::{self, Month, NewEducation, NewEmployment};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

/// An education to add.
#[derive(Deserialize)]
pub(super) struct EducationInput {
    school_id: Option<i64>,
    discipline_id: Option<i64>,
    degree_id: Option<i64>,
    start_month: Option<u32>,
    start_year: Option<u32>,
    start_date: Option<String>,
    end_month: Option<u32>,
    end_year: Option<u32>,
    end_date: Option<String>,
}

impl EducationInput {
    pub(super) fn read(self) -> NewEducation {
        let (start, end) = (self.start_date.as_deref(), self.end_date.as_deref());
        NewEducation {
            school_id: self.school_id,
            discipline_id: self.discipline_id,
            degree_id: self.degree_id,
            start_date: Month::of(start, self.start_month, self.start_year),
            end_date: Month::of(end, self.end_month, self.end_year),
        }
    }
}

/// An employment to add.
#[derive(Deserialize)]
pub(super) struct EmploymentInput {
    company_name: String,
    title: String,
    start_date: String,
    end_date: Option<String>,
}

impl EmploymentInput {
    pub(super) fn read(self) -> NewEmployment {
        // The time of day is ignored.
        let day = |text: &str| clock::parse_day(text).map(|day| format!("{day}T00:00:00.000Z"));
        NewEmployment {
            company_name: self.company_name,
            title: self.title,
            start_date: day(&self.start_date).unwrap_or_default(),
            end_date: self.end_date.as_deref().and_then(day),
        }
    }
}

pub(super) fn add_education(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: EducationInput = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let added = candidates::add_education(cx, &actor, id, body.read())?;
    Ok(Reply::json(
        StatusCode::CREATED,
        &json!(education(cx, &added)?),
    ))
}

pub(super) fn add_employment(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: EmploymentInput = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let added = candidates::add_employment(cx, &actor, id, body.read())?;
    Ok(Reply::json(StatusCode::CREATED, &json!(employment(&added))))
}

pub(super) fn remove_education(cx: &mut Writing<'_, '_>) -> Outcome {
    let (actor, candidate) = (cx.user.clone(), cx.call.id("candidate_id")?);
    let removed = cx.call.id("education_id")?;
    candidates::remove_education(cx, &actor, candidate, removed)?;
    Ok(destroyed("Education", removed))
}

pub(super) fn remove_employment(cx: &mut Writing<'_, '_>) -> Outcome {
    let (actor, candidate) = (cx.user.clone(), cx.call.id("candidate_id")?);
    let removed = cx.call.id("employment_id")?;
    candidates::remove_employment(cx, &actor, candidate, removed)?;
    Ok(destroyed("Employment", removed))
}

fn destroyed(what: &str, id: ClientId) -> Reply {
    let message = format!("{what} ID {id} destroyed.");
    Reply::value(&json!({"success": true, "message": message}))
}
