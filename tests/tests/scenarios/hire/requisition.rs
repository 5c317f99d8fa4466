//! The job: openings, team, post, stages and approvals.

use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::*;
use harvest_runtime::custom_field::CustomFieldInput;

use super::super::scenario::{Scenario, assert_changes, refused};
use super::super::steps::{apply, person, stages, user};

pub struct Vacancy {
    pub admin: ActingClient,
    pub job: JobId,
    pub stages: Vec<JobStage>,
    pub openings: Vec<OpeningId>,
    /// The hiring manager, who is no admin of anything.
    pub lead: UserId,
}

impl Vacancy {
    /// A job is made of another one: with its stages, posts and team, and with openings of its own.
    pub async fn opens(scenario: &mut Scenario) -> Self {
        let admin = scenario.admin.clone();
        let jobs = admin
            .list_jobs()
            .status(JobStatus::Open)
            .send()
            .await
            .unwrap();
        let mut jobs = jobs.iter().filter(|job| job.confidential == Some(false));
        let template = scenario.name(jobs.next().unwrap().id, "the template");
        let users = admin.list_users().send().await.unwrap();
        let mut users = users.iter().filter(|it| it.disabled != Some(true));
        let lead = users.rfind(|it| it.site_admin == Some(false)).unwrap();
        let lead = scenario.name(lead.id, "the lead");
        scenario.take_snapshot().await;

        let offices = admin.list_offices().send().await.unwrap();
        let departments = admin.list_departments().send().await.unwrap();
        let new = JobCreate::new(template, 2)
            .job_name("River keeper")
            .job_post_name("Keep a river")
            .requisition_id("REQ-900")
            .department_id(departments[0].id)
            .office_ids([offices[0].id])
            .opening_ids(["R-1", "R-2"].map(str::to_owned));
        let wrong = new.clone().opening_ids(["R-1".to_owned()]);
        assert_eq!(
            refused(admin.create_job(&wrong).send().await),
            ["opening_ids"]
        );
        scenario.assert_no_changes().await;
        let job = admin.create_job(&new).send().await.unwrap();
        let openings = job.openings.as_deref().unwrap_or_default();
        let openings = [(&openings[0], "R-1"), (&openings[1], "R-2")];
        let openings = openings
            .map(|(it, name)| scenario.name(it.id, name))
            .to_vec();
        let job = scenario.name(job.id, "the job");
        assert_changes! { scenario:
            "+ 2 post",
            "+ 5 stage",
            "+ job the job",
            "+ opening R-1",
            "+ opening R-2",
        }

        for list in [
            admin.list_jobs().requisition_id("REQ-900"),
            admin.list_jobs().opening_id("R-2"),
        ] {
            let found = list.send().await.unwrap();
            assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), [job]);
        }
        for list in [
            admin.list_jobs().office_id(offices[0].id),
            admin.list_jobs().department_id(departments[0].id),
        ] {
            assert!(list.send().await.unwrap().iter().any(|it| it.id == job));
        }
        let stages = stages(&scenario.client, job).await;
        for stage in &stages {
            scenario.name(stage.id, stage.name.as_deref().unwrap());
        }
        Self {
            admin,
            job,
            stages,
            openings,
            lead,
        }
    }

    pub async fn is_described(&self, scenario: &mut Scenario) {
        let basin = CustomFieldInput::by_key("river_basin");
        let update = JobUpdate::default()
            .notes("By the water")
            .custom_fields([basin.option_named("Minho")]);
        self.admin
            .update_job(self.job, &update)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "job the job: keyed_custom_fields.river_basin none → Minho",
            "job the job: notes none → By the water",
            "job the job: updated_at",
        }
        let update = JobUpdate::default().name(" ");
        let update = self.admin.update_job(self.job, &update).send().await;
        assert_eq!(refused(update), ["name"]);
        scenario.assert_no_changes().await;
    }

    /// A third opening is added, closed, and deleted; one that is open can't be.
    pub async fn has_openings(&self, scenario: &mut Scenario) {
        let year = CustomFieldInput::by_key("budget_year").number(2027);
        let third = JobOpeningCreate::new("R-3".to_owned()).custom_fields([year]);
        let third = JobOpeningsCreate::new([third]);
        let third = self
            .admin
            .create_job_openings(self.job, &third)
            .send()
            .await;
        let third = third.unwrap().openings.as_ref().unwrap()[0].id;
        let third = scenario.name(third, "R-3");
        assert_changes! { scenario:
            "+ opening R-3",
        }

        let reasons = self.admin.list_close_reasons().send().await.unwrap();
        let close = JobOpeningUpdate::default().close_reason_id(reasons[2].id);
        assert_eq!(
            refused(self.update_opening(third, &close).await),
            ["close_reason_id"]
        );
        scenario.assert_no_changes().await;
        let close = close
            .status(JobOpeningStatus::Closed)
            .opening_id("R-3 (withdrawn)");
        self.update_opening(third, &close).await.unwrap();
        assert_changes! { scenario:
            "opening R-3: close_reason none → Budget withdrawn",
            "opening R-3: closed_at",
            "opening R-3: opening_id R-3 → R-3 (withdrawn)",
            "opening R-3: status open → closed",
        }

        let delete = JobOpeningsDelete::new([self.openings[0], third]);
        let deleted = self
            .admin
            .delete_job_openings(self.job, &delete)
            .send()
            .await;
        let deleted = deleted.unwrap();
        assert_eq!(deleted.deleted_ids.as_deref(), Some(&[third][..]));
        assert_eq!(deleted.failed_ids.as_deref(), Some(&self.openings[..1]));
        assert_changes! { scenario:
            "- opening R-3",
        }
    }

    async fn update_opening(
        &self,
        id: OpeningId,
        update: &JobOpeningUpdate,
    ) -> Result<(), harvest_runtime::Error> {
        let update = self.admin.update_job_opening(self.job, id, update);
        update.send().await.map(drop)
    }

    /// The admin recruits for the lead.
    pub async fn has_a_team(&self, scenario: &mut Scenario) {
        let recruiter = HiringTeamResponsibleUserInput::new(scenario.admin_id)
            .responsible_for_future_candidates(true);
        let team = HiringTeamReplace::default()
            .hiring_managers([HiringTeamUserInput::new(self.lead)])
            .recruiters([recruiter])
            .clear_coordinators();
        let team = self.admin.replace_hiring_team(self.job, &team);
        team.send().await.unwrap();
        assert_changes! { scenario:
            "job the job: hiring_team.coordinators - Quentin Oyelaran",
            "job the job: hiring_team.hiring_managers - Elif Yilmaz + the lead",
            "job the job: hiring_team.recruiters - Elif Yilmaz + the admin",
            "job the job: updated_at",
        }
        let sourcer = HiringTeamUserInput::new(scenario.admin_id);
        let team = HiringTeamAdd::default().sourcers([sourcer]);
        let team = self.admin.add_hiring_team_members(self.job, &team);
        team.send().await.unwrap();
        assert_changes! { scenario:
            "job the job: hiring_team.sourcers + the admin",
            "job the job: updated_at",
        }
        let team = HiringTeamRemove::default().sourcers([scenario.admin_id]);
        let team = self.admin.remove_hiring_team_members(self.job, &team);
        team.send().await.unwrap();
        assert_changes! { scenario:
            "job the job: hiring_team.sourcers - the admin",
            "job the job: updated_at",
        }
    }

    /// The post that was copied is offline until it is set live.
    pub async fn is_published(&self, scenario: &mut Scenario) {
        let posts = self
            .admin
            .list_job_posts_for_job(self.job)
            .send()
            .await
            .unwrap();
        let post = scenario.name(posts[0].id, "the post");
        assert_eq!(posts[0].title.as_deref(), Some("Keep a river"));
        assert_eq!(posts[0].live, Some(false));

        // It is on a board that takes any text.
        let locations = self.admin.list_job_post_custom_locations(post);
        assert!(locations.send().await.unwrap().is_empty());
        let wrong = JobPostCustomLocationInput::new(1);
        let wrong = JobPostUpdate::default().location(wrong);
        let wrong = self.admin.update_job_post(post, &wrong).send().await;
        assert_eq!(refused(wrong), ["location"]);
        scenario.assert_no_changes().await;
        let update = JobPostUpdate::default()
            .title("Keep our river")
            .location("By the Minho")
            .content("<p>It is long.</p>");
        self.admin
            .update_job_post(post, &update)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "post the post: content <p>Field Hydrologist: you tell us what rivers are about to \
             do.</p> → <p>It is long.</p>",
            "post the post: location.name Porto, Portugal → By the Minho",
            "post the post: title Keep a river → Keep our river",
            "post the post: updated_at",
        }

        let live = JobPostStatusUpdate::new(JobPostStatus::Live);
        self.admin
            .update_job_post_status(post, &live)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "post the post: first_published_at, updated_at",
            "post the post: live false → true",
        }
        let list = self.admin.list_job_posts().live(true).send().await.unwrap();
        assert!(list.iter().any(|it| it.id == post));
    }

    /// Interview kits say what to ask.
    pub async fn has_kits(&self, scenario: &Scenario) {
        let names: Vec<_> = self
            .stages
            .iter()
            .filter_map(|it| it.name.as_deref())
            .collect();
        assert_eq!(
            names[1..4],
            ["Telephone Interview", "Take Home Test", "Face to Face"]
        );
        let stage = scenario
            .client
            .get_job_stage(self.stages[1].id)
            .send()
            .await
            .unwrap();
        let interview = &stage.interviews.as_ref().unwrap()[0];
        assert_eq!(interview.schedulable, Some(true));
        let kit = interview.interview_kit.as_ref().unwrap();
        assert!(kit.content.as_ref().unwrap().contains("30 minutes"));
        assert_eq!(kit.questions.as_ref().unwrap().len(), 2);
        // A copy, with an id of its own.
        let all = scenario.client.list_job_stages().send().await.unwrap();
        let interviews = all.iter().flat_map(|it| it.interviews.iter().flatten());
        assert_eq!(interviews.filter(|it| it.id == interview.id).count(), 1);
    }

    /// Offers need the lead's approval and then the admin's; another admin takes the place of the second.
    pub async fn is_approved(&self, scenario: &mut Scenario) {
        let groups = [self.lead, scenario.admin_id];
        let groups = groups.map(|id| ApproverGroupInput::new(1, [user(id)]));
        let flow = ApprovalFlowReplace::new(ApprovalType::OfferJob, true);
        let wrong = [ApproverGroupInput::new(2, [user(self.lead)])];
        let wrong = flow.clone().approver_groups(wrong);
        let wrong = self.admin.replace_approval_flow(self.job, &wrong);
        let fields = refused(wrong.send().await);
        assert_eq!(fields, ["approvals_required"]);
        scenario.assert_no_changes().await;

        let flow = flow.approver_groups(groups);
        let flow = self.admin.replace_approval_flow(self.job, &flow);
        let flow = flow.send().await.unwrap().approval_flow_id.unwrap();
        let flow = scenario.name(flow, "the flow");
        assert_changes! { scenario:
            "+ flow the flow",
            "access the admin + approval of the flow is waiting",
            "access the lead + approval of the flow is waiting",
        }
        self.admin.request_approvals(flow).send().await.unwrap();
        assert_changes! { scenario:
            "access the lead + approval of the flow is due",
            "access the lead - approval of the flow is waiting",
            "flow the flow: requested_by_user_id none → the admin",
        }
        assert!(refused(self.admin.request_approvals(flow).send().await).is_empty());
        scenario.assert_no_changes().await;

        let shown = self.admin.get_approval_flow(flow).send().await.unwrap();
        let second = shown.approver_groups.as_ref().unwrap()[1].id;
        let users = self.admin.list_users().send().await.unwrap();
        let mut users = users.iter().filter(|it| it.id != scenario.admin_id);
        let other = users.find(|it| it.site_admin == Some(true)).unwrap().id;
        let other = ApproverReplace::new(scenario.admin_id, other);
        self.admin
            .replace_approver(second, &other)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "access the admin - approval of the flow is waiting",
            "flow the flow: approver_groups.1.approvers - the admin + Dara Lorimer",
        }

        scenario.approve(flow);
        assert_changes! { scenario:
            "access the lead - approval of the flow is due",
            "flow the flow: approval_status pending → approved",
            "flow the flow: approver_groups.0.resolved_at, approver_groups.1.resolved_at",
        }
    }

    /// With the second hire no opening is left.
    pub async fn closes(&self, scenario: &mut Scenario) {
        let admin = self.admin.clone();
        let (_, application) = apply(scenario, &admin, &person("Otto", "Brandt", self.job)).await;
        assert_changes! { scenario:
            "+ application Otto",
            "+ candidate Otto",
            "feed Otto + Candidate Added by the admin",
        }
        let hire = ApplicationHire::default();
        admin
            .hire_application(application, &hire)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "application Otto: current_stage Application Review → none",
            "application Otto: last_activity_at",
            "application Otto: status active → hired",
            "candidate Otto: last_activity, updated_at",
            "feed Otto + Candidate Hired by the admin",
            "job the job: closed_at, updated_at",
            "job the job: status open → closed",
            "opening R-1: application_id none → Otto",
            "opening R-1: closed_at",
            "opening R-1: status open → closed",
        }
        let late = admin.create_candidate(&person("Late", "Comer", self.job));
        assert_eq!(refused(late.send().await), ["job_id"]);
        scenario.assert_no_changes().await;
    }
}
