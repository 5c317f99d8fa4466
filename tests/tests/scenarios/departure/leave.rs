//! She leaves, and comes back.

use harvest_generated::v1::types::*;

use super::super::scenario::{Scenario, assert_changes, forbidden, not_there, refused};
use super::super::steps::{advance, apply, note, person, user};
use super::{Mira, Work};

impl Mira {
    /// One permission goes after the other.
    pub async fn loses_permissions(&self, scenario: &mut Scenario, work: &Work) {
        let admin = scenario.admin.clone();
        let ((rui, application), (ana, _)) = (work.rui, work.ana);
        let future = admin
            .list_future_job_permissions(self.id)
            .send()
            .await
            .unwrap();
        let delete = FutureJobPermissionDelete::new(future[0].id);
        let deleted = admin.remove_future_job_permission(self.id, &delete);
        deleted.send().await.unwrap();
        assert_changes! { scenario:
            "access Mira - job admin on jobs to come of Tromsø and null",
        }
        let again = admin.remove_future_job_permission(self.id, &delete);
        assert_eq!(refused(again.send().await), ["future_job_permission_id"]);
        // What it has given stays.
        note(&self.hers, self.id, rui, "Skis well.").await.unwrap();
        assert_changes! { scenario:
            "candidate Rui: last_activity, updated_at",
            "feed Rui + public note by Mira: Skis well.",
        }

        let delete = JobPermissionDelete::new(work.permission);
        let deleted = admin.remove_job_permission(self.id, &delete).send().await;
        deleted.unwrap();
        assert_changes! { scenario:
            "access Mira - job admin on the job",
        }
        assert_eq!(self.in_team(scenario, work).await, Some(false));
        not_there(note(&self.hers, self.id, rui, "Is he still there?").await);
        not_there(advance(&self.hers, application, work.stages[1].id).await);
        let job = JobUpdate::default().notes("On foot");
        forbidden(self.hers.update_job(work.job, &job).send().await);
        scenario.assert_no_changes().await;
        // Ana is hers, whatever the job.
        note(&self.hers, self.id, ana, "Still mine.").await.unwrap();
        assert_changes! { scenario:
            "candidate Ana: last_activity, updated_at",
            "feed Ana + public note by Mira: Still mine.",
        }
    }

    /// Nothing is done in her name any more, and nothing that she did or was is taken back.
    pub async fn is_disabled(&self, scenario: &mut Scenario, work: &Work) {
        let admin = scenario.admin.clone();
        let she = UserSelector::EmployeeId("E-2001".to_owned());
        admin.disable_user(she.clone()).send().await.unwrap();
        assert_changes! { scenario:
            "user Mira: disabled false → true",
            "user Mira: updated_at",
        }
        admin.disable_user(she).send().await.unwrap();
        scenario.assert_no_changes().await;

        forbidden(note(&self.hers, self.id, work.ana.0, "Mine?").await);
        let read = scenario.client.list_jobs().on_behalf_of(self.id);
        forbidden(read.send().await);
        let himself = scenario.admin_id;
        assert_eq!(refused(admin.disable_user(himself).send().await), ["user"]);
        let member = HiringTeamUserInput::new(self.id);
        let team = HiringTeamAdd::default().sourcers([member]);
        let team = admin.add_hiring_team_members(work.job, &team).send().await;
        assert_eq!(refused(team), ["user_id"]);
        let approvers = [ApproverGroupInput::new(1, [user(self.id)])];
        let flow = ApprovalFlowReplace::new(ApprovalType::OpenJob, true);
        let flow = flow.approver_groups(approvers);
        let flow = admin.replace_approval_flow(work.job, &flow).send().await;
        assert_eq!(refused(flow), ["approvers"]);
        scenario.assert_no_changes().await;

        // She still is who she was.
        assert_eq!(self.in_team(scenario, work).await, Some(false));
        let (ana, application) = work.ana;
        let ana = admin.get_candidate(ana).send().await.unwrap();
        assert_eq!(ana.recruiter.as_ref().unwrap().id, self.id);
        let application = admin.get_application(application).send().await.unwrap();
        assert_eq!(application.recruiter.as_ref().unwrap().id, self.id);
        let users = admin.list_users().send().await.unwrap();
        let her = users.iter().find(|it| it.id == self.id).unwrap();
        assert_eq!(her.disabled, Some(true));
    }

    /// The admin takes over what was hers.
    pub async fn is_replaced(&self, scenario: &mut Scenario, work: &Work) {
        let admin = scenario.admin.clone();
        let substitute = ApproverReplace::new(self.id, scenario.admin_id);
        let replaced = admin.replace_approver(work.group, &substitute);
        replaced.send().await.unwrap();
        assert_changes! { scenario:
            "access Mira - approval of the flow is due",
            "access the admin + approval of the flow is due",
            "flow the flow: approver_groups.0.approvers - Mira + the admin",
        }

        let member = HiringTeamResponsibleUserInput::new(scenario.admin_id)
            .responsible_for_future_candidates(true)
            .responsible_for_active_candidates(true);
        let team = HiringTeamAdd::default().recruiters([member]);
        admin
            .add_hiring_team_members(work.job, &team)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "application Ana: recruiter Mira → the admin",
            "application Rui: recruiter Mira → the admin",
            "job the job: hiring_team.recruiters + the admin",
            "job the job: updated_at",
        }
        let she = HiringTeamRemove::default().recruiters([self.id]);
        admin
            .remove_hiring_team_members(work.job, &she)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "job the job: hiring_team.recruiters - Mira",
            "job the job: updated_at",
        }
        assert_eq!(self.in_team(scenario, work).await, None);

        let eva = person("Eva", "Holm", work.job);
        let (_, eva) = apply(scenario, &admin, &eva).await;
        assert_changes! { scenario:
            "+ application Eva",
            "+ candidate Eva",
            "feed Eva + Candidate Added by the admin",
        }
        let eva = admin.get_application(eva).send().await.unwrap();
        assert_eq!(eva.recruiter.as_ref().unwrap().id, scenario.admin_id);
        // The person, unlike the application, is not handed over.
        let ana = admin.get_candidate(work.ana.0).send().await.unwrap();
        assert_eq!(ana.recruiter.as_ref().unwrap().id, self.id);
    }

    /// Whatever is left goes at once.
    pub async fn is_made_basic(&self, scenario: &mut Scenario) {
        let admin = scenario.admin.clone();
        let basic = UserPermissionLevelUpdate::new(user(self.id), UserPermissionLevel::Basic);
        admin
            .change_user_permission_level(&basic)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "access Mira - interviewer on the template",
        }
        admin
            .change_user_permission_level(&basic)
            .send()
            .await
            .unwrap();
        scenario.assert_no_changes().await;
    }

    /// She can act again, and may do what she may without a permission. Those that went are granted again or not at all, and
    /// the rest of the team is as it was.
    pub async fn comes_back(&self, scenario: &mut Scenario, work: &Work) {
        let admin = scenario.admin.clone();
        admin.enable_user(self.id).send().await.unwrap();
        assert_changes! { scenario:
            "user Mira: disabled true → false",
            "user Mira: updated_at",
        }
        admin.enable_user(self.id).send().await.unwrap();
        scenario.assert_no_changes().await;

        let ((rui, application), (ana, _)) = (work.rui, work.ana);
        not_there(note(&self.hers, self.id, rui, "Back.").await);
        not_there(advance(&self.hers, application, work.stages[1].id).await);
        scenario.assert_no_changes().await;
        note(&self.hers, self.id, ana, "Back.").await.unwrap();
        assert_changes! { scenario:
            "candidate Ana: last_activity, updated_at",
            "feed Ana + public note by Mira: Back.",
        }

        let role = JobPermissionCreate::new(work.job, self.job_admin);
        admin
            .add_job_permission(self.id, &role)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "access Mira + job admin on the job",
        }
        assert_eq!(self.in_team(scenario, work).await, None);
        advance(&self.hers, application, work.stages[1].id)
            .await
            .unwrap();
        assert_changes! { scenario:
            "application Rui: current_stage Telephone Interview → Take Home Test",
            "application Rui: last_activity_at",
            "candidate Rui: last_activity, updated_at",
            "feed Rui + Candidate Stage Change by Mira",
        }
    }
}
