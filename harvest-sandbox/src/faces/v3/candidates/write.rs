//! Requests that add, change, merge, anonymize or delete candidates.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::applications::APPLICATION;
use crate::domain::candidates::{self, CANDIDATE, Contact, NewCandidate};
use crate::domain::patch::Change;
use crate::faces::Writing;
use crate::faces::v3::applications::NewApplicationInput;
use crate::faces::v3::custom_values::{Input, all};
use crate::faces::v3::deleted::Deleted;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

/// What can be said when a candidate is added, and changed later.
#[derive(Deserialize)]
struct Fields {
    first_name: Option<String>,
    last_name: Option<String>,
    #[serde(default)]
    preferred_name: Change<String>,
    #[serde(default)]
    time_zone: Change<String>,
    #[serde(default)]
    company: Change<String>,
    #[serde(default)]
    title: Change<String>,
    is_private: Option<bool>,
    can_email: Option<bool>,
    phone_numbers: Option<Vec<Contact>>,
    addresses: Option<Vec<Contact>>,
    email_addresses: Option<Vec<Contact>>,
    website_addresses: Option<Vec<Contact>>,
    social_media_addresses: Option<Vec<Contact>>,
    tags: Option<Vec<String>>,
    linked_user_ids: Option<Vec<i64>>,
    custom_fields: Option<Vec<Input>>,
}

impl From<Fields> for candidates::Fields {
    fn from(it: Fields) -> Self {
        // An empty text clears, too.
        let text = |change| match change {
            Change::Set(text) if String::is_empty(&text) => Change::Clear,
            change => change,
        };
        Self {
            first_name: it.first_name,
            last_name: it.last_name,
            preferred_name: text(it.preferred_name),
            time_zone: text(it.time_zone),
            company: text(it.company),
            title: text(it.title),
            is_private: it.is_private,
            can_email: it.can_email,
            phone_numbers: it.phone_numbers,
            addresses: it.addresses,
            email_addresses: it.email_addresses,
            website_addresses: it.website_addresses,
            social_media_addresses: it.social_media_addresses,
            tags: it.tags,
            linked_user_ids: it.linked_user_ids,
            custom_fields: all(it.custom_fields),
            ..Self::default()
        }
    }
}

#[derive(Deserialize)]
struct Create {
    #[serde(flatten)]
    fields: Fields,
    application: Option<NewApplicationInput>,
}

/// Answered with both the candidate and the application.
pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let new = NewCandidate {
        fields: body.fields.into(),
        applications: body.application.into_iter().map(Into::into).collect(),
        ..NewCandidate::default()
    };
    let created = candidates::create(cx, &actor, new);
    let names = [
        ("applications.0.", "application."),
        (".referrer", ".referrer_id"),
    ];
    let id = created.map_err(|it| it.renamed(&names))?;
    let sql = "SELECT id FROM application WHERE candidate_id = ?1 ORDER BY id LIMIT 1";
    let application = match cx.value(sql, [id])? {
        Some(id) => Some(cx.answered(&APPLICATION, id)?),
        None => None,
    };
    let shown = json!({"candidate": cx.answered(&CANDIDATE, id)?, "application": application});
    Ok(Reply::json(StatusCode::CREATED, &shown))
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Fields = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let id = candidates::update(cx, &actor, id, body.into())?;
    cx.changed(&CANDIDATE, id)
}

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&CANDIDATE, "id")?;
    let deleted = Deleted::of(cx, &CANDIDATE, id)?;
    let actor = cx.user.clone();
    candidates::delete(cx, &actor, ClientId::new(id))?;
    Ok(deleted.answer("Candidate"))
}

#[derive(Deserialize)]
struct Merge {
    secondary_candidate_id: ClientId,
}

pub(super) fn merge(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Merge = cx.call.body()?;
    // The one in the path has to be there, where a body may name any.
    let primary = cx.id_in_path(&CANDIDATE, "id")?;
    let actor = cx.user.clone();
    let duplicate = body.secondary_candidate_id;
    let merged = candidates::merge(cx, &actor, ClientId::new(primary), duplicate);
    let names = [("duplicate", "secondary_candidate_id")];
    let id = merged.map_err(|it| it.renamed(&names))?;
    cx.changed(&CANDIDATE, id)
}

#[derive(Deserialize)]
struct Anonymize {
    fields: Vec<String>,
}

/// The service erases later what is of candidates on more than this many jobs.
const JOBS_AT_ONCE: i64 = 5;

pub(super) fn anonymize(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Anonymize = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let fields: Vec<&str> = body.fields.iter().map(String::as_str).collect();
    let id = candidates::anonymize(cx, &actor, id, &fields)?;
    // Applications that the user may not see are left unchanged, and so are not reported.
    let hidden = json!(actor.hidden_applications(cx, id)?).to_string();
    let sql = "SELECT count(DISTINCT job_id) FROM application
               JOIN application_job ON application_job.application_id = application.id
               WHERE candidate_id = ?1 AND application.id NOT IN (SELECT value FROM json_each(?2))";
    if cx.value(sql, (id, hidden))? > Some(JOBS_AT_ONCE) {
        let message = format!("Candidate {id} is being anonymized.");
        return Ok(Reply::message(StatusCode::ACCEPTED, &message));
    }
    cx.changed(&CANDIDATE, id)
}
