//! Educations and employments of candidates, as v3 shows and changes them.

use serde::Deserialize;

use super::deleted::Deleted;
use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use crate::clock;
use crate::domain::access::ClientId;
use crate::domain::candidates::{
    self, CANDIDATE, EDUCATION, EMPLOYMENT, ListedEducation, ListedEmployment, Month, NewEducation,
    NewEmployment,
};
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&EDUCATION, education),
        &shown(&EMPLOYMENT, employment),
    ],
    operations: &[
        (
            "list_educations",
            Handler::Read(|cx| list::list(cx, &EDUCATION, OF_EDUCATIONS)),
        ),
        ("create_education", Handler::Write(add_education)),
        ("delete_education", Handler::Write(remove_education)),
        (
            "list_employments",
            Handler::Read(|cx| list::list(cx, &EMPLOYMENT, OF_EMPLOYMENTS)),
        ),
        ("create_employment", Handler::Write(add_employment)),
        ("delete_employment", Handler::Write(remove_employment)),
    ],
};

const OF_EDUCATIONS: &[Meaning] = &[
    ("candidate_ids", Means::Column("candidate_id")),
    ("start_at", Means::Column("state ->> 'start_date'")),
    ("end_at", Means::Column("state ->> 'end_date'")),
    ("latest", Means::Column("state ->> 'latest'")),
];

const OF_EMPLOYMENTS: &[Meaning] = &[
    ("candidate_ids", Means::Column("candidate_id")),
    ("latest", Means::Column("state ->> 'latest'")),
];

fn education(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedEducation = row.state()?;
    let part = |date: &Option<String>, part: std::ops::Range<usize>| {
        let text = date.as_ref()?.get(part)?;
        text.parse::<i64>().ok()
    };
    let education = &it.education;
    let (start, end) = (&education.start_date, &education.end_date);
    let shown = json!({
        "candidate_id": it.candidate_id,
        "school_name_custom_field_option_id": education.school_id,
        "degree_custom_field_option_id": education.degree_id,
        "discipline_custom_field_option_id": education.discipline_id,
        "start_at": start,
        "end_at": end,
        "latest": it.latest,
        "start_date_month": part(start, 5..7),
        "start_date_year": part(start, 0..4),
        "end_date_month": part(end, 5..7),
        "end_date_year": part(end, 0..4),
    });
    dated(view, &EDUCATION, row, shown)
}

fn employment(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedEmployment = row.state()?;
    let day = |time: &String| time.get(..10).map(str::to_owned);
    let employment = &it.employment;
    let shown = json!({
        "candidate_id": it.candidate_id,
        "company_name": employment.company_name,
        "title": employment.title,
        "start_date": day(&employment.start_date),
        "end_date": employment.end_date.as_ref().and_then(day),
        "latest": it.latest,
    });
    dated(view, &EMPLOYMENT, row, shown)
}

#[derive(Deserialize)]
struct EducationInput {
    candidate_id: ClientId,
    school_name_custom_field_option_id: Option<i64>,
    degree_custom_field_option_id: Option<i64>,
    discipline_custom_field_option_id: Option<i64>,
    start_date: Option<String>,
    end_date: Option<String>,
    start_date_month: Option<u32>,
    start_date_year: Option<u32>,
    end_date_month: Option<u32>,
    end_date_year: Option<u32>,
}

/// The names of v3 for what the domain takes.
const NAMES: &[(&str, &str)] = &[
    ("school_id", "school_name_custom_field_option_id"),
    ("degree_id", "degree_custom_field_option_id"),
    ("discipline_id", "discipline_custom_field_option_id"),
];

fn add_education(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: EducationInput = cx.call.body()?;
    check_candidate(cx, body.candidate_id)?;
    let new = NewEducation {
        school_id: body.school_name_custom_field_option_id,
        degree_id: body.degree_custom_field_option_id,
        discipline_id: body.discipline_custom_field_option_id,
        start_date: Month::of(
            body.start_date.as_deref(),
            body.start_date_month,
            body.start_date_year,
        ),
        end_date: Month::of(
            body.end_date.as_deref(),
            body.end_date_month,
            body.end_date_year,
        ),
    };
    let actor = cx.user.clone();
    let added = candidates::add_education(cx, &actor, body.candidate_id, new);
    let id = added.map_err(|it| it.renamed(NAMES))?.id;
    cx.created(&EDUCATION, id)
}

fn remove_education(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, it): (i64, ListedEducation) = cx.record_in_path(&EDUCATION, "id")?;
    let deleted = Deleted::of(cx, &EDUCATION, id)?;
    let (actor, candidate) = (cx.user.clone(), ClientId::new(it.candidate_id));
    candidates::remove_education(cx, &actor, candidate, ClientId::new(id))?;
    Ok(deleted.answer("Candidate education"))
}

#[derive(Deserialize)]
struct EmploymentInput {
    candidate_id: ClientId,
    company_name: String,
    title: String,
    start_date: String,
    end_date: Option<String>,
}

fn add_employment(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: EmploymentInput = cx.call.body()?;
    check_candidate(cx, body.candidate_id)?;
    let day = |text: &str| clock::parse_day(text).map(|day| format!("{day}T00:00:00.000Z"));
    let new = NewEmployment {
        company_name: body.company_name,
        title: body.title,
        start_date: day(&body.start_date).unwrap_or_default(),
        end_date: body.end_date.as_deref().and_then(day),
    };
    let actor = cx.user.clone();
    let id = candidates::add_employment(cx, &actor, body.candidate_id, new)?.id;
    cx.created(&EMPLOYMENT, id)
}

fn remove_employment(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, it): (i64, ListedEmployment) = cx.record_in_path(&EMPLOYMENT, "id")?;
    let deleted = Deleted::of(cx, &EMPLOYMENT, id)?;
    let (actor, candidate) = (cx.user.clone(), ClientId::new(it.candidate_id));
    candidates::remove_employment(cx, &actor, candidate, ClientId::new(id))?;
    Ok(deleted.answer("Candidate employment"))
}

/// The candidate that a body names is there, and may be seen.
fn check_candidate(cx: &Writing<'_, '_>, id: ClientId) -> Outcome<()> {
    let (at, what) = ("candidate_id", "A candidate");
    id.named(cx, &cx.user, &CANDIDATE, at, what).map(|_| ())
}
