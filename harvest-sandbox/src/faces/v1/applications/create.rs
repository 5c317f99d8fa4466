//! Requests that add an application, to a candidate or together with one.

use serde::Deserialize;

use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::applications::Application;
use crate::domain::departments::DEPARTMENT;
use crate::domain::job_stages;
use crate::domain::job_stages::{JOB_STAGE, JobStage};
use crate::domain::jobs::{HiringTeam, JOB, Job};
use crate::domain::offices::OFFICE;
use crate::domain::prospect_pools::{PROSPECT_POOL, ProspectPool};
use crate::domain::sources::SOURCE;
use crate::domain::unique::unique;
use crate::domain::users::USER;
use crate::faces::v1::{attachments, custom_fields};
use crate::http::refusal::Outcome;
use crate::json::Value;
use crate::refusal::Problems;
use crate::store::{Edit, Kind, View};

/// Either form of an application to add.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::faces::v1) struct Create {
    job_id: Option<ClientId>,
    /// `"true"` or true for a prospect.
    prospect: Value,
    job_ids: Vec<ClientId>,
    source_id: Option<i64>,
    initial_stage_id: Option<ClientId>,
    referrer: Option<Referrer>,
    recruiter_id: Option<i64>,
    coordinator_id: Option<i64>,
    prospect_pool_id: Option<i64>,
    prospect_pool_stage_id: Option<i64>,
    prospect_owner_id: Option<i64>,
    prospective_department_id: Option<i64>,
    prospective_office_id: Option<i64>,
    custom_fields: Vec<custom_fields::Input>,
    attachments: Vec<attachments::Input>,
}

/// Who is credited with a candidate.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Referrer {
    r#type: Option<String>,
    value: Option<Value>,
}

impl Create {
    /// The application of a prospect without anything said about it.
    pub(in crate::faces::v1) fn prospect(mut self) -> Self {
        self.prospect = true.into();
        self
    }

    /// What will be kept, or what is wrong; `at` is the place in the body, with a dot at its end if it is not empty.
    pub(in crate::faces::v1) fn check(
        &self,
        edit: &Edit<'_>,
        user: &Actor,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Application> {
        let view: &View<'_> = edit;
        let now = stamp(view.now());
        let mut application = Application {
            applied_at: now.clone(),
            last_activity_at: now,
            status: "active".to_owned(),
            source_id: self.source_id,
            recruiter_id: self.recruiter_id,
            coordinator_id: self.coordinator_id,
            ..Application::default()
        };
        self.check_references(view, at, problems)?;
        for (place, attachment) in self.attachments.iter().enumerate() {
            let at = format!("{at}attachments.{place}.");
            let attachment = attachment.keep(edit, &at, problems)?;
            application.attachments.push(attachment);
        }
        let values = &mut application.custom_fields;
        custom_fields::apply(
            view,
            "application",
            &self.custom_fields,
            values,
            at,
            problems,
        )?;
        if let Some(referrer) = &self.referrer {
            application.credited_to_id = referrer.user(view, at, problems)?;
        }
        match self.job_id {
            Some(job_id) => self.check_job(view, user, job_id, &mut application, at, problems)?,
            None => self.check_prospect(view, user, &mut application, at, problems)?,
        }
        Ok(application)
    }

    fn check_references(&self, view: &View<'_>, at: &str, problems: &mut Problems) -> Outcome<()> {
        let references: [(&str, Option<i64>, &Kind, &str); 6] = [
            ("source_id", self.source_id, &SOURCE, "A source"),
            ("recruiter_id", self.recruiter_id, &USER, "A user"),
            ("coordinator_id", self.coordinator_id, &USER, "A user"),
            ("prospect_owner_id", self.prospect_owner_id, &USER, "A user"),
            (
                "prospective_department_id",
                self.prospective_department_id,
                &DEPARTMENT,
                "A department",
            ),
            (
                "prospective_office_id",
                self.prospective_office_id,
                &OFFICE,
                "An office",
            ),
        ];
        for (field, id, kind, what) in references {
            if let Some(id) = id
                && !view.exists(kind, id)?
            {
                problems.unknown(&format!("{at}{field}"), what);
            }
        }
        Ok(())
    }

    /// A candidate on one job: in its first stage unless another is named, and with the recruiter and the coordinator who
    /// are responsible for it unless others are named.
    fn check_job(
        &self,
        view: &View<'_>,
        user: &Actor,
        job_id: ClientId,
        application: &mut Application,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let field = format!("{at}job_id");
        let Some((job_id, job)) = job_id.find::<Job>(view, user, &JOB)? else {
            problems.unknown(&field, "A job");
            return Ok(());
        };
        if job.status == "closed" {
            problems.add(&field, "This job is closed");
        }
        user.require_job(view, job_id)?;
        application.job_ids = vec![job_id];
        let team = &job.hiring_team;
        application.recruiter_id = self
            .recruiter_id
            .or_else(|| HiringTeam::responsible(&team.recruiters));
        application.coordinator_id = self
            .coordinator_id
            .or_else(|| HiringTeam::responsible(&team.coordinators));
        application.stage_id = match self.initial_stage_id {
            None => job_stages::of_job(view, job_id)?.first().copied(),
            Some(id) => {
                let stage = id.find::<JobStage>(view, user, &JOB_STAGE)?;
                let stage = stage.filter(|(_, stage)| stage.job_id == job_id);
                if stage.is_none() {
                    problems.add(&format!("{at}initial_stage_id"), "Is no stage of this job");
                }
                stage.map(|(id, _)| id)
            }
        };
        Ok(())
    }

    fn check_prospect(
        &self,
        view: &View<'_>,
        user: &Actor,
        application: &mut Application,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let mut job_ids = Vec::new();
        for (place, job_id) in self.job_ids.iter().enumerate() {
            match job_id.row(view, Some(user), &JOB)? {
                Some(job) => job_ids.push(job.id),
                None => problems.unknown(&format!("{at}job_ids.{place}"), "A job"),
            }
        }
        application.job_ids = unique(job_ids);
        let pool: Option<ProspectPool> = match self.prospect_pool_id {
            Some(id) => view.find(&PROSPECT_POOL, id)?,
            None => None,
        };
        if self.prospect_pool_id.is_some() && pool.is_none() {
            problems.unknown(&format!("{at}prospect_pool_id"), "A prospect pool");
        }
        if let Some(stage_id) = self.prospect_pool_stage_id {
            let stages = pool.iter().flat_map(|pool| &pool.prospect_stages);
            if !stages.into_iter().any(|stage| stage.id == stage_id) {
                let message = "Is no stage of the pool in prospect_pool_id";
                problems.add(&format!("{at}prospect_pool_stage_id"), message);
            }
        }
        if self.prospective_office_id.is_some() && self.prospective_department_id.is_none() {
            let message = "Needs a prospective_department_id";
            problems.add(&format!("{at}prospective_office_id"), message);
        }
        application.prospect = true;
        application.prospect_pool_id = self.prospect_pool_id;
        application.prospect_stage_id = self.prospect_pool_stage_id;
        application.prospect_owner_id = self.prospect_owner_id;
        application.prospective_department_id = self.prospective_department_id;
        application.prospective_office_id = self.prospective_office_id;
        Ok(())
    }
}

impl Referrer {
    /// The user who referred the candidate, if it was one.
    pub(super) fn user(
        &self,
        view: &View<'_>,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Option<i64>> {
        let (Some(of), Some(value)) = (&self.r#type, &self.value) else {
            return Ok(None);
        };
        let found = match of.as_str() {
            "id" => {
                let id = value.as_i64().or_else(|| value.as_str()?.parse().ok());
                view.value("SELECT id FROM user WHERE id = ?1", [id])?
            }
            "email" => {
                let sql = "SELECT user_id FROM user_email WHERE address = ?1";
                view.value(sql, [value.as_str()])?
            }
            // Someone outside of the organization is no user, and gets no credit here.
            _ => return Ok(None),
        };
        if found.is_none() {
            problems.add(&format!("{at}referrer.value"), "Names no user");
        }
        Ok(found)
    }
}
