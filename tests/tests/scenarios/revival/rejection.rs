//! Rejected, taken back, and moved about.

use harvest_generated::v1::types::*;
use harvest_runtime::custom_field::CustomFieldInput;

use super::super::scenario::{Scenario, assert_changes, refused};
use super::super::steps::{advance, move_to};
use super::{Ines, stages_of};

impl Ines {
    /// For one reason and then for another. While she is, the application stands still.
    pub async fn is_rejected(&self, scenario: &mut Scenario, application: ApplicationId) {
        let reasons = self.admin.list_rejection_reasons().send().await.unwrap();
        let reject = ApplicationReject::default()
            .rejection_reason_id(reasons[0].id)
            .notes("No boots.");
        let rejected = self.admin.reject_application(application, &reject);
        rejected.send().await.unwrap();
        assert_changes! { scenario:
            "application Ines: last_activity_at, rejected_at",
            "application Ines: rejection_details none → {keyed_custom_fields {stay_in_touch none}}",
            "application Ines: rejection_reason none → No field experience",
            "application Ines: status active → rejected",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Candidate Rejected by the admin",
            "feed Ines + public note by the admin: No boots.",
        }

        let answer = CustomFieldInput::by_key("stay_in_touch").text("In spring");
        let details = RejectionDetailsUpdate::default().custom_fields([answer]);
        let update = ApplicationUpdate::default().rejection_details(details);
        self.update_application(application, &update).await;
        assert_changes! { scenario:
            "application Ines: last_activity_at",
            "application Ines: rejection_details.keyed_custom_fields.stay_in_touch none → In \
             spring",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Application Edited by the admin",
        }
        let other = RejectionUpdate::new(reasons[1].id);
        let changed = self
            .admin
            .update_rejection(application, &other)
            .send()
            .await;
        changed.unwrap();
        assert_changes! { scenario:
            "application Ines: last_activity_at",
            "application Ines: rejection_reason No field experience → Salary expectations",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Rejection Reason Changed by the admin",
        }

        let stages = stages_of(scenario, self.job).await;
        let again = self.admin.reject_application(application, &reject);
        assert!(refused(again.send().await).is_empty());
        assert!(refused(advance(&self.admin, application, stages[1]).await).is_empty());
        let moved = move_to(&self.admin, application, (stages[1], stages[2])).await;
        assert!(refused(moved).is_empty());
        let hire = ApplicationHire::default();
        let hired = self.admin.hire_application(application, &hire).send().await;
        assert!(refused(hired).is_empty());
        scenario.assert_no_changes().await;
    }

    /// The reason and the answers about it are forgotten, and the application is where it was.
    pub async fn is_revived(&self, scenario: &mut Scenario, application: ApplicationId) {
        let revived = self.admin.unreject_application(application);
        revived.send().await.unwrap();
        assert_changes! { scenario:
            "application Ines: last_activity_at",
            "application Ines: rejected_at 2026-09-02T09:00:00.000Z → none",
            "application Ines: rejection_details {keyed_custom_fields {stay_in_touch In spring}} → \
             none",
            "application Ines: rejection_reason Salary expectations → none",
            "application Ines: status rejected → active",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Candidate Unrejected by the admin",
        }
        let again = self.admin.unreject_application(application);
        assert!(refused(again.send().await).is_empty());
        let reasons = self.admin.list_rejection_reasons().send().await.unwrap();
        let reason = RejectionUpdate::new(reasons[0].id);
        let changed = self
            .admin
            .update_rejection(application, &reason)
            .send()
            .await;
        assert!(refused(changed).is_empty());
        scenario.assert_no_changes().await;

        let (from, to) = ("hr@example.com", "ines@example.com");
        let mail =
            CandidateEmailCreate::new(scenario.admin_id, to, from, "Welcome back", "Come in.")
                .cc(["boots@example.com".to_owned()]);
        let mail = self.admin.create_candidate_email(self.id, &mail);
        mail.send().await.unwrap();
        assert_changes! { scenario:
            "candidate Ines: last_activity, updated_at",
            "feed Ines + email by the admin: Welcome back",
        }
    }

    /// To another stage, to another job, and to a third one beside it.
    pub async fn changes_jobs(&self, scenario: &mut Scenario, application: ApplicationId) {
        let stages = stages_of(scenario, self.job).await;
        let wrong = move_to(&self.admin, application, (stages[0], stages[3])).await;
        assert_eq!(refused(wrong), ["from_stage_id"]);
        scenario.assert_no_changes().await;
        let moved = move_to(&self.admin, application, (stages[1], stages[3])).await;
        moved.unwrap();
        assert_changes! { scenario:
            "application Ines: current_stage Telephone Interview → Face to Face",
            "application Ines: last_activity_at",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Candidate Stage Change by the admin",
        }

        let others = stages_of(scenario, self.other_job).await;
        let wrong = ApplicationTransfer::new(self.other_job).new_stage_id(stages[0]);
        let wrong = self.admin.transfer_application(application, &wrong);
        assert_eq!(refused(wrong.send().await), ["new_stage_id"]);
        scenario.assert_no_changes().await;
        let transfer = ApplicationTransfer::new(self.other_job).new_stage_id(others[2]);
        let transferred = self.admin.transfer_application(application, &transfer);
        transferred.send().await.unwrap();
        assert_changes! { scenario:
            "application Ines: current_stage Face to Face → Take Home Test",
            "application Ines: jobs - the job + the other job",
            "application Ines: last_activity_at",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Candidate Transferred by the admin",
        }

        let second = ApplicationCreateForJob::new(self.job).into();
        let second = self.admin.create_application(self.id, &second);
        let second = second.send().await.unwrap();
        let second = scenario.name(second.id, "the second");
        assert_changes! { scenario:
            "+ application the second",
            "candidate Ines: application_ids + the second",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Application Added by the admin",
        }
        let deleted = self.admin.delete_application(second).send().await;
        deleted.unwrap();
        assert_changes! { scenario:
            "- application the second",
            "candidate Ines: application_ids - the second",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Application Deleted by the admin",
        }
    }
}
