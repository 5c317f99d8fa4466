//! A hire, from requisition to accepted offer, by v3.

use harvest_generated::v3::types::*;
use harvest_runtime::{Date, Timestamp};

use super::super::scenario::{Scenario, assert_changes, refused};
use super::super::usage::Face;

#[tokio::test]
async fn a_hire_from_requisition_to_accepted_offer_by_v3() {
    let mut scenario = Scenario::written_by(Face::V3).await;
    let vacancy = Vacancy::opens(&mut scenario).await;
    vacancy.has_a_team(&mut scenario).await;
    let (nora, application) = vacancy.is_applied_for(&mut scenario).await;
    is_looked_at(&mut scenario, &vacancy, nora, application).await;
    is_interviewed(&mut scenario, &vacancy, application).await;
    is_hired(&mut scenario, &vacancy, application).await;
    let used = scenario.end().await;
    used.print("hire by v3");
    assert_eq!((used.changes, used.refusals), (12, 3));
}

struct Vacancy {
    job: i64,
    /// The stages, first to last.
    stages: Vec<i64>,
    opening: i64,
    /// A user who is no admin of anything.
    lead: i64,
}

impl Vacancy {
    /// Made of another job, with openings of its own.
    async fn opens(scenario: &mut Scenario) -> Self {
        let admin = scenario.admin_v3();
        let jobs = admin.list_jobs().send().await.unwrap();
        let mut jobs = jobs.iter();
        // The oldest, of which v1 makes it, too.
        let template = jobs
            .rfind(|job| job.confidential == Some(false) && job.status == Some(JobStatus::Open));
        let template = template.unwrap().id.unwrap();
        scenario.name_as("job", template, "the template");
        let users = admin.list_users().deactivated(false).send().await.unwrap();
        let lead = users.iter().find(|it| it.site_admin == Some(false));
        let lead = scenario.name_as("user", lead.unwrap().id.unwrap(), "the lead");
        scenario.take_snapshot().await;

        let admin = scenario.admin_v3();
        let new = JobCreate::new(template, 2)
            .job_name("River keeper")
            .requisition_id("REQ-901")
            .opening_ids(["R-1", "R-2"].map(str::to_owned));
        let wrong = new.clone().opening_ids(["R-1".to_owned()]);
        let wrong = admin.create_job(&wrong).send().await;
        assert_eq!(refused(wrong), ["opening_ids"]);
        scenario.assert_no_changes().await;

        let admin = scenario.admin_v3();
        let job = admin.create_job(&new).send().await.unwrap().id.unwrap();
        let openings = admin.list_job_openings().job_ids([job]);
        let openings = openings.send().await.unwrap();
        let named = |name: &str| {
            let mut openings = openings.iter();
            let found = openings.find(|it| it.opening_id.as_deref() == Some(name));
            found.unwrap().id.unwrap()
        };
        let opening = scenario.name_as("opening", named("R-1"), "R-1");
        scenario.name_as("opening", named("R-2"), "R-2");
        let stages = admin.list_job_stages().job_ids([job]).send().await.unwrap();
        let mut stages: Vec<_> = stages.iter().map(|it| (it.sort_order, it.id)).collect();
        stages.sort_unstable();
        let stages = stages.iter().map(|(_, id)| id.unwrap().into()).collect();
        let job = scenario.name_as("job", job, "the job");
        assert_changes! { scenario:
            "+ 2 post",
            "+ 5 stage",
            "+ job the job",
            "+ opening R-1",
            "+ opening R-2",
        }
        Self {
            job,
            stages,
            opening,
            lead,
        }
    }

    /// Described, with a third opening, and with two parts for one user.
    async fn has_a_team(&self, scenario: &mut Scenario) {
        let admin = scenario.admin_v3();
        let update = JobUpdate::default().notes("By the water");
        admin.update_job(self.job, &update).send().await.unwrap();
        let third = JobOpeningCreate::new(self.job).opening_id("R-3");
        let third = admin.create_job_opening(&third).send().await.unwrap();
        scenario.name_as("opening", third.id.unwrap(), "R-3");
        assert_changes! { scenario:
            "+ opening R-3",
            "job the job: notes none → By the water",
            "job the job: updated_at",
        }

        let admin = scenario.admin_v3();
        let manager = JobHiringManagerCreate::new(self.job, self.lead);
        let made = admin.create_job_hiring_manager(&manager).send().await;
        made.unwrap();
        let sourcer = JobOwnerCreate::new(self.job, self.lead, JobOwnerType::Sourcer);
        admin.create_job_owner(&sourcer).send().await.unwrap();
        assert_changes! { scenario:
            "job the job: hiring_team.hiring_managers + the lead",
            "job the job: hiring_team.sourcers + the lead",
            "job the job: updated_at",
        }
    }

    async fn is_applied_for(&self, scenario: &mut Scenario) -> (i64, i64) {
        let admin = scenario.admin_v3();
        let address = EmailAddressInput::new("nora@example.com", EmailAddressType::Personal);
        let new = CandidateCreate::new("Nora", "Lindqvist")
            .company("Northmoor Data")
            .email_addresses([address])
            .tags(["Statistics"])
            .application(CandidateApplication::Job(CandidateApplicationForJob::new(
                self.job,
            )));
        let created = admin.create_candidate(&new).send().await.unwrap();
        let candidate = created.candidate.as_ref().unwrap().id.unwrap();
        let application = created.application.as_ref().unwrap().id.unwrap();
        let candidate = scenario.name_as("candidate", candidate, "Nora");
        let application = scenario.name_as("application", application, "Nora");
        assert_changes! { scenario:
            "+ 1 tag",
            "+ application Nora",
            "+ candidate Nora",
            "feed Nora + Candidate Added by the admin",
        }
        (candidate, application)
    }
}

async fn is_looked_at(
    scenario: &mut Scenario,
    vacancy: &Vacancy,
    candidate: i64,
    application: i64,
) {
    let admin = scenario.admin_v3();
    let note = NoteCreate::new(
        candidate,
        "Call her.",
        NoteCreateType::Note,
        NoteVisibilityInput::Public,
    );
    admin.create_note(&note).send().await.unwrap();
    assert_changes! { scenario:
        "candidate Nora: last_activity, updated_at",
        "feed Nora + public note by the admin: Call her.",
    }

    let admin = scenario.admin_v3();
    let advance = ApplicationMove::new(vacancy.stages[0]);
    let moved = admin.move_application(application, &advance).send().await;
    moved.unwrap();
    assert_changes! { scenario:
        "application Nora: current_stage Application Review → Telephone Interview",
        "application Nora: last_activity_at",
        "candidate Nora: last_activity, updated_at",
        "feed Nora + Candidate Stage Change by the admin",
    }
    // A stage that the application has left is refused.
    let admin = scenario.admin_v3();
    let again = admin.move_application(application, &advance).send().await;
    assert_eq!(refused(again), ["from_stage_id"]);
    scenario.assert_no_changes().await;
}

async fn is_interviewed(scenario: &mut Scenario, vacancy: &Vacancy, application: i64) {
    let admin = scenario.admin_v3();
    let steps = admin.list_job_interviews().job_ids([vacancy.job]);
    let steps = steps.send().await.unwrap();
    let mut steps = steps.iter();
    let second = JobStageId(vacancy.stages[1]);
    let step = steps.find(|it| it.job_interview_stage_id == Some(second));
    let step = step.unwrap().id.unwrap();
    let hours = (scenario.hours_later(2), scenario.hours_later(3));
    let asked =
        ScheduledInterviewerInput::new(vacancy.lead, InterviewerResponseStatus::NeedsAction);
    let new = |(start, end): (Timestamp, Timestamp)| {
        ScheduledInterviewCreate::new(application, step, [asked.clone()], start, end, "call-1")
    };
    let wrong = new((hours.1.clone(), hours.0.clone()));
    let wrong = admin.create_scheduled_interview(&wrong).send().await;
    assert_eq!(refused(wrong), ["ends_at"]);
    let call = admin.create_scheduled_interview(&new(hours)).send().await;
    let call = scenario.name_as("interview", call.unwrap().id.unwrap(), "the call");
    assert_changes! { scenario:
        "+ interview the call",
        "application Nora: last_activity_at",
        "candidate Nora: last_activity, updated_at",
        "feed Nora + Interview Scheduled by the admin",
    }
    let admin = scenario.admin_v3();
    let update = ScheduledInterviewUpdate::default().location("Room Tejo");
    let updated = admin.update_scheduled_interview(call, &update).send().await;
    updated.unwrap();
    assert_changes! { scenario:
        "application Nora: last_activity_at",
        "candidate Nora: last_activity, updated_at",
        "feed Nora + Interview Changed by the admin",
        "interview the call: location none → Room Tejo",
        "interview the call: updated_at",
    }
}

async fn is_hired(scenario: &mut Scenario, vacancy: &Vacancy, application: i64) {
    let admin = scenario.admin_v3();
    let offer = OfferCreate::new(application).starts_on("2026-11-02".parse::<Date>().unwrap());
    let offer = admin.create_offer(&offer).send().await.unwrap();
    scenario.name_as("offer", offer.id.unwrap(), "the offer");
    assert_changes! { scenario:
        "+ offer the offer",
    }
    let admin = scenario.admin_v3();
    let reasons = admin.list_close_reasons().send().await.unwrap();
    let hire = ApplicationHire::default()
        .opening_id(vacancy.opening)
        .close_reason_id(reasons[0].id.unwrap());
    let hired = admin.hire_application(application, &hire).send().await;
    hired.unwrap();
    let reason = reasons[0].name.as_deref().unwrap();
    let closed = format!("opening R-1: close_reason none → {reason}");
    scenario
        .assert_changes(&[
            "application Nora: current_stage Telephone Interview → none",
            "application Nora: last_activity_at",
            "application Nora: status active → hired",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Candidate Hired by the admin",
            // Its hour has passed.
            "interview the call: status scheduled → awaiting_feedback",
            "offer the offer: opening none → R-1",
            "offer the offer: resolved_at, updated_at",
            "offer the offer: status unresolved → accepted",
            "opening R-1: application_id none → Nora",
            &closed,
            "opening R-1: closed_at",
            "opening R-1: status open → closed",
        ])
        .await;
}
