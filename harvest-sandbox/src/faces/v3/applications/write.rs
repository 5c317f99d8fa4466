//! Requests that add, change or delete applications.

use serde::Deserialize;

use crate::clock;
use crate::domain::access::ClientId;
use crate::domain::applications::{self, APPLICATION, NewApplication, Referrer, Update};
use crate::domain::candidates::CANDIDATE;
use crate::domain::patch::Change;
use crate::faces::Writing;
use crate::faces::v3::custom_values::{Input, entries};
use crate::faces::v3::deleted::Deleted;
use crate::http::refusal::Outcome;

/// The names of v3 for what the domain takes.
pub(super) const NAMES: &[(&str, &str)] = &[
    ("referrer", "referrer_id"),
    (".referrer", ".referrer_id"),
    ("applied_at", "created_at"),
];

/// Either form of an application to add.
#[derive(Deserialize)]
pub(in crate::faces::v3) struct NewApplicationInput {
    job_id: Option<ClientId>,
    initial_stage_id: Option<ClientId>,
    source_id: Option<i64>,
    referrer_id: Option<i64>,
    recruiter_id: Option<i64>,
    coordinator_id: Option<i64>,
    created_at: Option<String>,
    #[serde(default)]
    custom_fields: Vec<Input>,
    #[serde(default)]
    job_ids: Vec<ClientId>,
    prospect_pool_id: Option<i64>,
    prospect_pool_stage_id: Option<i64>,
    prospect_owner_id: Option<i64>,
    prospective_department_id: Option<i64>,
    prospective_office_id: Option<i64>,
}

impl From<NewApplicationInput> for NewApplication {
    fn from(it: NewApplicationInput) -> Self {
        Self {
            applied_at: it.created_at.as_deref().and_then(clock::parse),
            job_id: it.job_id,
            initial_stage_id: it.initial_stage_id,
            source_id: it.source_id,
            referrer: it.referrer_id.map(Referrer::Listed),
            recruiter_id: it.recruiter_id,
            coordinator_id: it.coordinator_id,
            custom_fields: entries(it.custom_fields),
            attachments: Vec::new(),
            job_ids: it.job_ids,
            prospect_pool_id: it.prospect_pool_id,
            prospect_pool_stage_id: it.prospect_pool_stage_id,
            prospect_owner_id: it.prospect_owner_id,
            prospective_department_id: it.prospective_department_id,
            prospective_office_id: it.prospective_office_id,
        }
    }
}

#[derive(Deserialize)]
struct Create {
    candidate_id: ClientId,
    #[serde(flatten)]
    application: NewApplicationInput,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let (at, what) = ("candidate_id", "A candidate");
    let candidate = body.candidate_id.named(cx, &actor, &CANDIDATE, at, what)?;
    let created = applications::create(cx, &actor, candidate, &body.application.into());
    let id = created.map_err(|it| it.renamed(NAMES))?;
    cx.created(&APPLICATION, id)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    source_id: Change<i64>,
    referrer_id: Change<i64>,
    recruiter_id: Change<i64>,
    coordinator_id: Change<i64>,
    prospect_pool_id: Change<i64>,
    prospect_stage_id: Change<i64>,
    /// A day, as the next one.
    rejected_at: Option<String>,
    created_at: Option<String>,
    custom_fields: Vec<Input>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Body = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let time = |text: Option<String>| text.and_then(|text| clock::parse(&text));
    let command = Update {
        applied_at: time(body.created_at),
        rejected_at: time(body.rejected_at),
        source_id: body.source_id,
        referrer: match body.referrer_id {
            Change::Leave => Change::Leave,
            Change::Clear => Change::Clear,
            Change::Set(id) => Change::Set(Referrer::Listed(id)),
        },
        recruiter_id: body.recruiter_id,
        coordinator_id: body.coordinator_id,
        custom_fields: entries(body.custom_fields),
        prospect_pool_id: body.prospect_pool_id,
        prospect_stage_id: body.prospect_stage_id,
        rejection_details: None,
    };
    let changed = applications::update(cx, &actor, id, command);
    let id = changed.map_err(|it| it.renamed(NAMES))?;
    cx.changed(&APPLICATION, id)
}

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&APPLICATION, "id")?;
    let deleted = Deleted::of(cx, &APPLICATION, id)?;
    let actor = cx.user.clone();
    applications::delete(cx, &actor, ClientId::new(id))?;
    Ok(deleted.answer("Application"))
}
