//! Candidates in payloads: whole ones, and those that are gone.

use std::rc::Rc;

use super::Context;
use super::values::{custom_fields, us_day, user};
use crate::clock::short_stamp;
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::attachments::{Attachment, Source};
use crate::domain::candidates::{CANDIDATE, Candidate, Education};
use crate::domain::education::{DEGREE, DISCIPLINE, SCHOOL};
use crate::domain::tags::TAG;
use crate::json::{Value, json};
use crate::refusal::Outcome;
use crate::store::{Kind, View};

/// A candidate as an application has it.
pub(super) fn document(cx: &Context<'_>, id: i64) -> Outcome<Option<Value>> {
    let Some(it) = cx.view.find::<Candidate>(&CANDIDATE, id)? else {
        return Ok(None);
    };
    let educations = it.educations.iter().map(|one| education(cx.view, one));
    let tags = it.tag_ids.iter().map(|tag| name(cx.view, &TAG, Some(*tag)));
    let employments = it.employments.iter().map(|one| {
        json!({
            "company_name": one.company_name,
            "title": one.title,
            "start_date": us_day(Some(&one.start_date)),
            "end_date": us_day(one.end_date.as_deref()),
        })
    });
    let attachments = attachments(cx, id, &it)?;
    Ok(Some(json!({
        "id": id,
        "first_name": it.first_name,
        "last_name": it.last_name,
        "title": it.title,
        "company": it.company,
        "created_at": short_stamp(&it.created_at),
        "external_id": null,
        "photo_url": null,
        "url": url(cx, id),
        "is_private": it.is_private,
        "can_email": it.can_email,
        "phone_numbers": it.phone_numbers,
        "addresses": it.addresses,
        "email_addresses": it.email_addresses,
        "website_addresses": it.website_addresses,
        "social_media_addresses": it.social_media_addresses,
        "educations": educations.collect::<Outcome<Vec<_>>>()?,
        "employments": employments.collect::<Vec<_>>(),
        "recruiter": user(cx.view, it.recruiter_id)?,
        "coordinator": user(cx.view, it.coordinator_id)?,
        "attachments": attachments,
        "tags": tags.collect::<Outcome<Vec<_>>>()?,
        "custom_fields": custom_fields(cx, "candidate", &it.custom_fields)?,
    })))
}

/// A candidate who was changed: without two properties that applications show.
pub(super) fn updated(cx: &Context<'_>, id: i64) -> Outcome<Option<Value>> {
    let document = document(cx, id)?;
    Ok(document.map(|it| without(it, &["is_private", "can_email"])))
}

/// A document without some of its properties.
pub(super) fn without(mut document: Value, names: &[&str]) -> Value {
    if let Some(fields) = document.as_object_mut() {
        fields.retain(|name, _| !names.contains(&name.as_str()));
    }
    document
}

/// The page of a candidate, which is one of Dev Center here.
pub(super) fn url(cx: &Context<'_>, id: i64) -> String {
    format!("{}/configure/candidates/{id}", cx.base)
}

/// A candidate who is gone, with what became of the applications.
pub(super) fn person(id: i64, it: &Candidate, (name, value): (&str, Value)) -> Value {
    json!({
        "id": id,
        "first_name": it.first_name,
        "last_name": it.last_name,
        "company": it.company,
        "title": it.title,
        "created_at": short_stamp(&it.created_at),
        "headline": null,
        "is_private": it.is_private,
        "recruiter_user_id": it.recruiter_id,
        "coordinator_user_id": it.coordinator_id,
        "can_email": it.can_email,
        name: value,
    })
}

/// What was erased. One kind of data has another name here than in a request.
pub(super) fn anonymized(id: i64, fields: &[String]) -> Value {
    let names = fields.iter().map(|name| match name.as_str() {
        "rejection_reason" => "rejection_reasons",
        name => name,
    });
    json!({"candidate_id": id, "anonymized_fields": names.collect::<Vec<_>>()})
}

fn education(view: &View<'_>, it: &Education) -> Outcome<Value> {
    Ok(json!({
        "school_name": name(view, &SCHOOL, it.school_id)?,
        "degree": name(view, &DEGREE, it.degree_id)?,
        "discipline": name(view, &DISCIPLINE, it.discipline_id)?,
        "start_date": us_day(it.start_date.as_deref()),
        "end_date": us_day(it.end_date.as_deref()),
    }))
}

/// The name of a record, if there is one.
fn name(view: &View<'_>, kind: &Kind, id: Option<i64>) -> Outcome<Value> {
    let state: Option<Rc<Value>> = match id {
        Some(id) => view.shared(kind, id)?,
        None => None,
    };
    Ok(state.map_or(Value::Null, |state| state["name"].clone()))
}

/// The files of a candidate and of the applications, with links that last for seven days.
fn attachments(cx: &Context<'_>, id: i64, it: &Candidate) -> Outcome<Vec<Value>> {
    let condition = "candidate_id = ?1 ORDER BY id";
    let applications: Vec<(i64, Application)> = cx.view.states(&APPLICATION, condition, [id])?;
    let theirs = applications.iter().flat_map(|(_, it)| &it.attachments);
    let all = it.attachments.iter().chain(theirs);
    Ok(all.map(|it| attachment(cx, it)).collect())
}

fn attachment(cx: &Context<'_>, it: &Attachment) -> Value {
    let url = match &it.source {
        Source::File(file) => cx.links.link(cx.base, *file, &it.filename, cx.view.now()),
        Source::Url(url) => url.clone(),
    };
    json!({"filename": it.filename, "url": url, "type": it.r#type})
}
