//! Applications, as they are sent.

use std::rc::Rc;

use serde::Serialize;

use crate::domain;
use crate::domain::access::{Actor, Audience};
use crate::domain::applications::{APPLICATION, Answer, Application};
use crate::domain::departments::Department;
use crate::domain::job_stages::JOB_STAGE;
use crate::domain::offices::Office;
use crate::domain::prospect_pools::{PROSPECT_POOL, ProspectPool, ProspectStage};
use crate::domain::rejection_reasons::REJECTION_REASON;
use crate::domain::sources::SOURCE;
use crate::domain::users::{USER, User};
use crate::faces::v1::{attachments, custom_fields, summary, tree};
use crate::http::refusal::Outcome;
use crate::json::{Map, Value, json};
use crate::store::{Document, Row, View};

/// With custom fields, as on its own.
pub(super) fn full(view: &View<'_>, row: &Row) -> Outcome<Document> {
    show(view, row, Audience::Admins)
}

/// Without attachments that are for others.
pub(super) fn redact(
    view: &View<'_>,
    user: &Actor,
    id: i64,
    document: Document,
) -> Outcome<Document> {
    let sql = "SELECT candidate_id FROM application WHERE id = ?1";
    let audience = match view.value(sql, [id])? {
        Some(candidate_id) if !user.site_admin => user.audience(view, candidate_id)?,
        _ => Audience::Admins,
    };
    match audience {
        Audience::Admins => Ok(document),
        Audience::Others => show(view, &view.require(&APPLICATION, id)?, audience),
    }
}

/// An application, as it is sent.
#[derive(Serialize)]
pub(in crate::faces::v1) struct Shown<'a> {
    id: i64,
    candidate_id: i64,
    prospect: bool,
    applied_at: &'a str,
    rejected_at: Option<&'a str>,
    last_activity_at: &'a str,
    location: Option<Location<'a>>,
    source: &'a Value,
    credited_to: &'a Value,
    recruiter: &'a Value,
    coordinator: &'a Value,
    rejection_reason: &'a Value,
    rejection_details: Option<&'a Details>,
    jobs: Vec<&'a Value>,
    job_post_id: Option<i64>,
    status: &'a str,
    current_stage: &'a Value,
    answers: &'a [Answer],
    prospective_office: Option<&'a Value>,
    prospective_department: Option<&'a Value>,
    prospect_detail: &'a ProspectDetail,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_fields: Option<Map>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keyed_custom_fields: Option<Map>,
    attachments: Vec<attachments::Shown<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    address: &'a str,
}

#[derive(Serialize)]
struct Details {
    custom_fields: Map,
    keyed_custom_fields: Map,
}

#[derive(Serialize)]
struct ProspectDetail {
    prospect_pool: Option<Value>,
    prospect_stage: Option<ProspectStage>,
    prospect_owner: Option<Value>,
}

fn show(view: &View<'_>, row: &Row, audience: Audience) -> Outcome<Document> {
    let it: Application = row.state()?;
    let named = Named::of(view, &it)?;
    let mut shown = named.shown(row.id, &it, audience);
    let custom = custom_fields::shown(view, "application", &it.custom_fields)?;
    shown.custom_fields = Some(custom.by_name);
    shown.keyed_custom_fields = Some(custom.by_key);
    Document::of(&shown)
}

/// What an application shows of other records.
pub(in crate::faces::v1) struct Named {
    source: Rc<Value>,
    credited_to: Rc<Value>,
    recruiter: Rc<Value>,
    coordinator: Rc<Value>,
    rejection_reason: Rc<Value>,
    rejection_details: Option<Details>,
    jobs: Vec<Rc<Value>>,
    current_stage: Rc<Value>,
    prospective_office: Option<Value>,
    prospective_department: Option<Value>,
    prospect_detail: ProspectDetail,
}

impl Named {
    pub(in crate::faces::v1) fn of(view: &View<'_>, it: &Application) -> Outcome<Self> {
        let jobs = it.job_ids.iter().map(|id| summary::job(view, *id));
        Ok(Self {
            source: summary::summary(
                view,
                &SOURCE,
                it.source_id,
                |id, source: &Value| json!({"id": id, "public_name": source["name"]}),
            )?,
            credited_to: summary::user(view, it.credited_to_id)?,
            recruiter: summary::user(view, it.recruiter_id)?,
            coordinator: summary::user(view, it.coordinator_id)?,
            rejection_reason: summary::summary(
                view,
                &REJECTION_REASON,
                it.rejection_reason_id,
                |id, reason: &Value| {
                    let (name, kind) = (&reason["name"], &reason["type"]);
                    json!({"id": id, "name": name, "type": kind})
                },
            )?,
            rejection_details: rejection_details(view, it)?,
            jobs: jobs.collect::<Outcome<_>>()?,
            current_stage: summary::named(view, &JOB_STAGE, it.stage_id)?,
            prospective_office: unit::<Office>(view, it.prospective_office_id)?,
            prospective_department: unit::<Department>(view, it.prospective_department_id)?,
            prospect_detail: prospect_detail(view, it)?,
        })
    }

    /// Without custom fields, as inside of its candidate.
    pub(in crate::faces::v1) fn shown<'a>(
        &'a self,
        id: i64,
        it: &'a Application,
        audience: Audience,
    ) -> Shown<'a> {
        let location = it.location.as_deref();
        Shown {
            id,
            candidate_id: it.candidate_id,
            prospect: it.prospect,
            applied_at: &it.applied_at,
            rejected_at: it.rejected_at.as_deref(),
            last_activity_at: &it.last_activity_at,
            location: location.map(|address| Location { address }),
            source: &self.source,
            credited_to: &self.credited_to,
            recruiter: &self.recruiter,
            coordinator: &self.coordinator,
            rejection_reason: &self.rejection_reason,
            rejection_details: self.rejection_details.as_ref(),
            jobs: self.jobs.iter().map(|job| &**job).collect(),
            job_post_id: it.job_post_id,
            status: &it.status,
            current_stage: &self.current_stage,
            answers: &it.answers,
            prospective_office: self.prospective_office.as_ref(),
            prospective_department: self.prospective_department.as_ref(),
            prospect_detail: &self.prospect_detail,
            custom_fields: None,
            keyed_custom_fields: None,
            attachments: attachments::shown(&it.attachments, audience),
        }
    }
}

/// The answers to the rejection questions, of what is rejected now.
fn rejection_details(view: &View<'_>, it: &Application) -> Outcome<Option<Details>> {
    if it.rejected_at.is_none() {
        return Ok(None);
    }
    let answers = custom_fields::shown(view, "rejection_question", &it.rejection_details)?;
    Ok(Some(Details {
        custom_fields: answers.by_name,
        keyed_custom_fields: answers.by_key,
    }))
}

fn unit<T: domain::tree::Unit>(view: &View<'_>, id: Option<i64>) -> Outcome<Option<Value>> {
    match id {
        // Prospects of one unit can be many.
        Some(id) => {
            let shown = view.memo(T::kind(), id, || tree::within_others::<T>(view, &[id]))?;
            Ok(shown.first().cloned())
        }
        None => Ok(None),
    }
}

fn prospect_detail(view: &View<'_>, it: &Application) -> Outcome<ProspectDetail> {
    let pool: Option<ProspectPool> = match it.prospect_pool_id {
        Some(id) => view.find(&PROSPECT_POOL, id)?,
        None => None,
    };
    let pool_id = it.prospect_pool_id;
    let shown = pool
        .as_ref()
        .map(|pool| json!({"id": pool_id, "name": pool.name}));
    let mut stages = pool.into_iter().flat_map(|pool| pool.prospect_stages);
    let stage = stages.find(|stage| Some(stage.id) == it.prospect_stage_id);
    let owner: Option<Rc<User>> = match it.prospect_owner_id {
        Some(id) => view.shared(&USER, id)?,
        None => None,
    };
    Ok(ProspectDetail {
        prospect_pool: shown,
        prospect_stage: stage,
        prospect_owner: owner
            .map(|owner| json!({"id": it.prospect_owner_id, "name": owner.name()})),
    })
}
