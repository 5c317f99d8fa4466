//! Adding an application, to a candidate who is there or together with one.

use super::{APPLICATION, Referrer, record};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::activity_feed::About;
use crate::domain::attachments::NewAttachment;
use crate::domain::custom_fields::{self, Entry};
use crate::domain::departments::DEPARTMENT;
use crate::domain::events::Event;
use crate::domain::job_stages::{self, JOB_STAGE, JobStage};
use crate::domain::jobs::{HiringTeam, JOB, Job};
use crate::domain::offices::OFFICE;
use crate::domain::prospect_pools::{PROSPECT_POOL, ProspectPool};
use crate::domain::records::application::Application;
use crate::domain::sources::SOURCE;
use crate::domain::unique::unique;
use crate::domain::users::USER;
use crate::refusal::{Outcome, Problems, Rule, Why};
use crate::store::{Edit, Kind, View};

/// An application to add. Its paths are the names of these.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewApplication {
    /// A time, as times are kept; now, if there is none.
    pub(crate) applied_at: Option<String>,
    /// The job of a candidate. Without one it is the application of a prospect.
    pub(crate) job_id: Option<ClientId>,
    pub(crate) initial_stage_id: Option<ClientId>,
    pub(crate) source_id: Option<i64>,
    pub(crate) referrer: Option<Referrer>,
    pub(crate) recruiter_id: Option<i64>,
    pub(crate) coordinator_id: Option<i64>,
    pub(crate) custom_fields: Vec<Entry>,
    pub(crate) attachments: Vec<NewAttachment>,
    /// The jobs that a prospect is considered for.
    pub(crate) job_ids: Vec<ClientId>,
    pub(crate) prospect_pool_id: Option<i64>,
    pub(crate) prospect_pool_stage_id: Option<i64>,
    pub(crate) prospect_owner_id: Option<i64>,
    pub(crate) prospective_department_id: Option<i64>,
    pub(crate) prospective_office_id: Option<i64>,
}

/// Adds an application to a candidate whom the actor may see.
pub(crate) fn create(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate_id: i64,
    new: &NewApplication,
) -> Outcome<i64> {
    let mut problems = Problems::default();
    let application = new.check(edit, actor, "", &mut problems)?;
    problems.check()?;
    let job_ids = application.job_ids.clone();
    let id = add(edit, candidate_id, application)?;
    let about = About::application(id).naming(&job_ids);
    let what = "has another application";
    record(edit, actor, candidate_id, &about, "Application Added", what)?;
    Ok(id)
}

/// Keeps a new application of a candidate.
pub(crate) fn add(
    edit: &mut Edit<'_>,
    candidate_id: i64,
    mut application: Application,
) -> Outcome<i64> {
    application.candidate_id = candidate_id;
    let id = edit.new_id(&APPLICATION)?;
    application.save(edit, id)?;
    Event::ApplicationCreated(id).record(edit);
    Ok(id)
}

impl NewApplication {
    /// The application to keep, or what is wrong. `at` is the path of it, with a dot at its end if it is not empty.
    pub(crate) fn check(
        &self,
        edit: &Edit<'_>,
        actor: &Actor,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Application> {
        let view: &View<'_> = edit;
        let now = stamp(view.now());
        let mut application = Application {
            applied_at: self.applied_at.clone().unwrap_or_else(|| now.clone()),
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
            let attachment = attachment.clone().keep(edit, &at, problems)?;
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
            Some(job_id) => self.check_job(view, actor, job_id, &mut application, at, problems)?,
            None => self.check_prospect(view, actor, &mut application, at, problems)?,
        }
        Ok(application)
    }

    fn check_references(&self, view: &View<'_>, at: &str, problems: &mut Problems) -> Outcome<()> {
        let references: [(&str, Option<i64>, &Kind, &'static str); 6] = [
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
        actor: &Actor,
        job_id: ClientId,
        application: &mut Application,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let field = format!("{at}job_id");
        let Some((job_id, job)) = Job::find_seen(view, actor, job_id)? else {
            problems.unknown(&field, "A job");
            return Ok(());
        };
        if job.status == "closed" {
            problems.add(&field, Why::Closed("job"));
        }
        actor.require_job(view, job_id)?;
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
                let stage = id.shared::<JobStage>(view, actor, &JOB_STAGE)?;
                let stage = stage.filter(|(_, stage)| stage.job_id == job_id);
                if stage.is_none() {
                    let why = Why::NotOf("stage", "this job");
                    problems.add(&format!("{at}initial_stage_id"), why);
                }
                stage.map(|(id, _)| id)
            }
        };
        Ok(())
    }

    fn check_prospect(
        &self,
        view: &View<'_>,
        actor: &Actor,
        application: &mut Application,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let mut job_ids = Vec::new();
        for (place, job_id) in self.job_ids.iter().enumerate() {
            match job_id.known(view, Some(actor), &JOB)? {
                Some(id) => job_ids.push(id),
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
                problems.add(&format!("{at}prospect_pool_stage_id"), Rule::OtherPool);
            }
        }
        if self.prospective_office_id.is_some() && self.prospective_department_id.is_none() {
            let rule = Rule::OfficeWithoutDepartment;
            problems.add(&format!("{at}prospective_office_id"), rule);
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
