//! Candidates, as they are sent.

use std::collections::HashSet;
use std::rc::Rc;

use serde::{Serialize, Serializer};

use crate::clock::day_of;
use crate::domain::access::{Actor, Audience};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::candidates::{CANDIDATE, Candidate, Contact, Education, Employment};
use crate::domain::education::{DEGREE, DISCIPLINE, SCHOOL};
use crate::domain::tags::TAG;
use crate::domain::users::linked_users;
use crate::faces::v1::applications;
use crate::faces::v1::attachments::shown;
use crate::faces::v1::{attachments, custom_fields, summary};
use crate::http::refusal::Outcome;
use crate::json::{Map, Value};
use crate::store::{Document, Row, View};

#[derive(Serialize)]
struct Shown<'a> {
    id: i64,
    first_name: &'a str,
    last_name: &'a str,
    company: Option<&'a str>,
    title: Option<&'a str>,
    created_at: &'a str,
    updated_at: &'a str,
    last_activity: &'a str,
    is_private: bool,
    /// Always null: photos are no longer kept.
    photo_url: (),
    attachments: Vec<attachments::Shown<'a>>,
    application_ids: Vec<i64>,
    phone_numbers: &'a [Contact],
    addresses: &'a [Contact],
    email_addresses: &'a [Contact],
    website_addresses: &'a [Contact],
    social_media_addresses: &'a [Contact],
    recruiter: &'a Value,
    coordinator: &'a Value,
    can_email: bool,
    tags: Vec<&'a Value>,
    applications: Vec<applications::Shown<'a>>,
    educations: Vec<ShownEducation>,
    employments: Vec<ShownEmployment<'a>>,
    linked_user_ids: Vec<i64>,
    custom_fields: Map,
    keyed_custom_fields: Map,
}

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    show(view, row, &HashSet::new(), Audience::Admins)
}

/// Without the applications on jobs that the user may not see, and without attachments that are for others.
pub(super) fn redact(
    view: &View<'_>,
    user: &Actor,
    id: i64,
    document: Document,
) -> Outcome<Document> {
    let hidden = user.hidden_applications(view, id)?;
    let audience = user.audience(view, id)?;
    if hidden.is_empty() && audience == Audience::Admins {
        return Ok(document);
    }
    let hidden = hidden.into_iter().collect();
    show(view, &view.require(&CANDIDATE, id)?, &hidden, audience)
}

fn show(
    view: &View<'_>,
    row: &Row,
    hidden: &HashSet<i64>,
    audience: Audience,
) -> Outcome<Document> {
    let it: Candidate = row.state()?;
    let mut rows = view.rows(&APPLICATION, "candidate_id = ?1 ORDER BY id", [row.id])?;
    rows.retain(|application| !hidden.contains(&application.id));
    let applications = rows.iter().map(Row::state::<Application>);
    let applications: Vec<Application> = applications.collect::<Outcome<_>>()?;
    let theirs = applications
        .iter()
        .flat_map(|application| &application.attachments);
    let tags = it
        .tag_ids
        .iter()
        .map(|id| summary::named(view, &TAG, Some(*id)));
    let tags: Vec<Rc<Value>> = tags.collect::<Outcome<_>>()?;
    let custom = custom_fields::shown(view, "candidate", &it.custom_fields)?;
    let named = applications
        .iter()
        .map(|application| applications::Named::of(view, application));
    let named: Vec<_> = named.collect::<Outcome<_>>()?;
    let shown_applications = rows.iter().zip(&applications).zip(&named);
    Document::of(&Shown {
        id: row.id,
        first_name: &it.first_name,
        last_name: &it.last_name,
        company: it.company.as_deref(),
        title: it.title.as_deref(),
        created_at: &it.created_at,
        updated_at: &it.updated_at,
        last_activity: &it.last_activity,
        is_private: it.is_private,
        photo_url: (),
        attachments: shown(it.attachments.iter().chain(theirs), audience),
        application_ids: rows.iter().map(|row| row.id).collect(),
        phone_numbers: &it.phone_numbers,
        addresses: &it.addresses,
        email_addresses: &it.email_addresses,
        website_addresses: &it.website_addresses,
        social_media_addresses: &it.social_media_addresses,
        recruiter: &*summary::user(view, it.recruiter_id)?,
        coordinator: &*summary::user(view, it.coordinator_id)?,
        can_email: it.can_email,
        tags: tags.iter().map(|tag| &tag["name"]).collect(),
        applications: shown_applications
            .map(|((row, application), named)| named.shown(row.id, application, audience))
            .collect(),
        educations: it
            .educations
            .iter()
            .map(|one| education(view, one))
            .collect::<Outcome<_>>()?,
        employments: it.employments.iter().map(employment).collect(),
        linked_user_ids: linked_users(view, row.id)?,
        custom_fields: custom.by_name,
        keyed_custom_fields: custom.by_key,
    })
}

/// An education, with names where ids were sent.
#[derive(Serialize)]
pub(super) struct ShownEducation {
    id: i64,
    school_name: Name,
    degree: Name,
    discipline: Name,
    start_date: Option<String>,
    end_date: Option<String>,
}

/// The name of a record in its summary.
struct Name(Rc<Value>);

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0["name"].serialize(to)
    }
}

pub(super) fn education(view: &View<'_>, it: &Education) -> Outcome<ShownEducation> {
    let name = |kind, id| summary::named(view, kind, id).map(Name);
    Ok(ShownEducation {
        id: it.id,
        school_name: name(&SCHOOL, it.school_id)?,
        degree: name(&DEGREE, it.degree_id)?,
        discipline: name(&DISCIPLINE, it.discipline_id)?,
        start_date: it.start_date.as_deref().map(without_zone),
        end_date: it.end_date.as_deref().map(without_zone),
    })
}

/// An employment, with days, as observed.
#[derive(Serialize)]
pub(super) struct ShownEmployment<'a> {
    id: i64,
    company_name: &'a str,
    title: &'a str,
    start_date: &'a str,
    end_date: Option<&'a str>,
}

pub(super) fn employment(it: &Employment) -> ShownEmployment<'_> {
    ShownEmployment {
        id: it.id,
        company_name: &it.company_name,
        title: &it.title,
        start_date: day_of(&it.start_date),
        end_date: it.end_date.as_deref().map(day_of),
    }
}

/// A time as educations were seen to have it: `2010-08-15T04:00:00.000000`.
fn without_zone(stamp: &str) -> String {
    match stamp.strip_suffix('Z') {
        Some(local) => format!("{local}000"),
        None => stamp.to_owned(),
    }
}
