//! She works.

use harvest_generated::v1::types::*;

use super::super::scenario::{Scenario, assert_changes, forbidden, not_there};
use super::super::steps::{advance, apply, note, person, stages, time, user};
use super::{Mira, Work};

impl Mira {
    /// A job comes to her office; she is in its team, approves it, and gets its candidates.
    pub async fn works(&self, scenario: &mut Scenario) -> Work {
        let admin = scenario.admin.clone();
        let new = JobCreate::new(self.template, 1)
            .job_name("Avalanche observer")
            .opening_ids(["SNOW-1".to_owned()])
            .department_id(self.department)
            .office_ids([self.office]);
        let job = admin.create_job(&new).send().await.unwrap();
        scenario.name(job.openings.as_ref().unwrap()[0].id, "SNOW-1");
        let job = scenario.name(job.id, "the job");
        assert_changes! { scenario:
            "+ 2 post",
            "+ 5 stage",
            "+ job the job",
            "+ opening SNOW-1",
            "access Mira + job admin on the job",
        }

        let member =
            HiringTeamResponsibleUserInput::new(self.id).responsible_for_future_candidates(true);
        let team = HiringTeamReplace::default()
            .recruiters([member])
            .clear_coordinators()
            .clear_sourcers()
            .hiring_managers([HiringTeamUserInput::new(scenario.admin_id)]);
        admin.replace_hiring_team(job, &team).send().await.unwrap();
        assert_changes! { scenario:
            "job the job: hiring_team.coordinators - Quentin Oyelaran",
            "job the job: hiring_team.hiring_managers - Elif Yilmaz + the admin",
            "job the job: hiring_team.recruiters - Elif Yilmaz + Mira",
            "job the job: hiring_team.sourcers - Ivo Maddox",
            "job the job: updated_at",
        }

        let approvers = [ApproverGroupInput::new(1, [user(self.id)])];
        let flow = ApprovalFlowReplace::new(ApprovalType::OfferJob, true);
        let flow = flow.approver_groups(approvers);
        let flow = admin
            .replace_approval_flow(job, &flow)
            .send()
            .await
            .unwrap();
        let flow = scenario.name(flow.approval_flow_id.unwrap(), "the flow");
        assert_changes! { scenario:
            "+ flow the flow",
            "access Mira + approval of the flow is waiting",
        }
        admin.request_approvals(flow).send().await.unwrap();
        assert_changes! { scenario:
            "access Mira + approval of the flow is due",
            "access Mira - approval of the flow is waiting",
            "flow the flow: requested_by_user_id none → the admin",
        }

        let rui = apply(scenario, &admin, &person("Rui", "Valadares", job)).await;
        assert_changes! { scenario:
            "+ application Rui",
            "+ candidate Rui",
            "feed Rui + Candidate Added by the admin",
        }
        let ana = person("Ana", "Quintela", job).recruiter(self.id);
        let ana = apply(scenario, &admin, &ana).await;
        assert_changes! { scenario:
            "+ application Ana",
            "+ candidate Ana",
            "feed Ana + Candidate Added by the admin",
        }

        let flow_now = admin.get_approval_flow(flow).send().await.unwrap();
        let permissions = admin.list_job_permissions(self.id).send().await.unwrap();
        let permission = permissions.iter().find(|it| it.job_id == Some(job));
        let others = admin.list_applications().status(ApplicationStatus::Active);
        let others = others.send().await.unwrap();
        let strangers = others.iter().filter_map(|it| it.candidate_id);
        Work {
            job,
            stages: stages(&scenario.client, job).await,
            rui,
            ana,
            stranger: strangers.min().unwrap(),
            group: flow_now.approver_groups.as_ref().unwrap()[0].id,
            permission: permission.unwrap().id,
        }
    }

    /// What she does is done in her name. What is not on her job is none of hers.
    pub async fn acts(&self, scenario: &mut Scenario, work: &Work) {
        let (rui, application) = work.rui;
        assert_eq!(self.in_team(scenario, work).await, Some(true));
        let shown = scenario
            .client
            .get_application(application)
            .send()
            .await
            .unwrap();
        assert_eq!(shown.recruiter.as_ref().unwrap().id, self.id);
        note(&self.hers, self.id, rui, "Knows snow.").await.unwrap();
        assert_changes! { scenario:
            "candidate Rui: last_activity, updated_at",
            "feed Rui + public note by Mira: Knows snow.",
        }
        advance(&self.hers, application, work.stages[0].id)
            .await
            .unwrap();
        assert_changes! { scenario:
            "application Rui: current_stage Application Review → Telephone Interview",
            "application Rui: last_activity_at",
            "candidate Rui: last_activity, updated_at",
            "feed Rui + Candidate Stage Change by Mira",
        }
        let title = CandidateUpdate::default().title("Guide");
        self.hers
            .update_candidate(rui, &title)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "candidate Rui: last_activity, updated_at",
            "candidate Rui: title none → Guide",
        }
        let notes = JobUpdate::default().notes("On skis");
        self.hers.update_job(work.job, &notes).send().await.unwrap();
        assert_changes! { scenario:
            "job the job: notes none → On skis",
            "job the job: updated_at",
        }

        let step = work.stages[1].interviews.as_ref().unwrap()[0].id;
        let herself = ScheduledInterviewerInput::new(self.id, InterviewerResponseStatus::Accepted);
        let interview = ScheduledInterviewCreate::new(
            application,
            step,
            [herself],
            time("2026-10-05T09:00:00Z"),
            time("2026-10-05T10:00:00Z"),
            "snow-1",
        );
        let interview = self.hers.create_scheduled_interview(&interview);
        let interview = interview.send().await.unwrap();
        scenario.name(interview.id, "the interview");
        assert_changes! { scenario:
            "+ interview the interview",
            "application Rui: last_activity_at",
            "candidate Rui: last_activity, updated_at",
            "feed Rui + Interview Scheduled by Mira",
        }

        not_there(note(&self.hers, self.id, work.stranger, "Who?").await);
        forbidden(self.hers.disable_user(scenario.admin_id).send().await);
        scenario.assert_no_changes().await;
    }
}
