//! Merged, anonymized and deleted.

use harvest_generated::v1::types::*;

use super::super::scenario::{Scenario, assert_changes, not_there, refused};
use super::super::steps::{apply, note, person};
use super::{Ines, email};

impl Ines {
    /// With someone who applied under another address. She is the one who stays.
    pub async fn is_merged(&self, scenario: &mut Scenario, application: ApplicationId) {
        let admin = self.admin.clone();
        let inez = person("Inez", "Valadares", self.job)
            .title("Diver")
            .company("Oldbridge Instruments")
            .email_addresses([email("inez@example.com")])
            .tags(["Rivers".to_owned()]);
        let (inez, her_application) = apply(scenario, &admin, &inez).await;
        note(&admin, scenario.admin_id, inez, "The same?")
            .await
            .unwrap();
        assert_changes! { scenario:
            "+ application Inez",
            "+ candidate Inez",
            "feed Inez + Candidate Added by the admin",
            "feed Inez + public note by the admin: The same?",
        }

        let merge = CandidateMerge::new(self.id, inez);
        let wrong = CandidateMerge::new(self.id, self.id);
        let wrong = admin.merge_candidates(&wrong).send().await;
        assert_eq!(refused(wrong), ["duplicate_candidate_id"]);
        scenario.assert_no_changes().await;
        admin.merge_candidates(&merge).send().await.unwrap();
        assert_changes! { scenario:
            "- candidate Inez",
            "- feed Inez",
            "application Inez: candidate_id Inez → Ines",
            "candidate Ines: application_ids + Inez",
            "candidate Ines: company none → Oldbridge Instruments",
            "candidate Ines: email_addresses + inez@example.com",
            "candidate Ines: last_activity, updated_at",
            "candidate Ines: tags + Rivers",
            "feed Ines + Candidate Added by the admin",
            "feed Ines + Candidates Merged by the admin",
            "feed Ines + public note by the admin: The same?",
        }
        for id in [application, her_application] {
            let application = admin.get_application(id).send().await.unwrap();
            assert_eq!(application.candidate_id, Some(self.id));
        }
        let again = admin.merge_candidates(&merge).send().await;
        assert_eq!(refused(again), ["duplicate_candidate_id"]);
        not_there(note(&admin, scenario.admin_id, inez, "Where?").await);
        scenario.assert_no_changes().await;
    }

    /// What is named goes, and the rest stays.
    pub async fn is_anonymized(&self, scenario: &mut Scenario) {
        let fields = [
            AnonymizableField::FullName,
            AnonymizableField::PhoneNumbers,
            AnonymizableField::EmailAddresses,
            AnonymizableField::Notes,
            AnonymizableField::RejectionNotes,
        ];
        let anonymized = self.admin.anonymize_candidate(self.id, fields);
        anonymized.send().await.unwrap();
        assert_changes! { scenario:
            "candidate Ines: email_addresses - ines@example.com - valadares@example.com - \
             inez@example.com",
            "candidate Ines: first_name Ines → Anonymized",
            "candidate Ines: last_activity, updated_at",
            "candidate Ines: last_name Valadares → the id of Ines",
            "candidate Ines: phone_numbers - +351 555 0103",
            "feed Ines + Candidate Anonymized by the admin",
            "feed Ines - public note by the admin: No boots.",
            "feed Ines - public note by the admin: The same?",
        }
        let one = [AnonymizableField::CurrentTitle];
        let anonymized = self.admin.anonymize_candidate(self.id, one);
        anonymized.send().await.unwrap();
        assert_changes! { scenario:
            "candidate Ines: last_activity, updated_at",
            "candidate Ines: title Hydrologist → none",
            "feed Ines + Candidate Anonymized by the admin",
        }
    }

    /// All that was hers is gone with her, files too; the snapshot asks for each of it.
    pub async fn is_deleted(&self, scenario: &mut Scenario, application: ApplicationId) {
        let last = self.admin.get_candidate(self.id).send().await.unwrap();
        let files = last.attachments.as_deref().unwrap_or_default();
        assert_eq!(files.len(), 2);
        self.admin.delete_candidate(self.id).send().await.unwrap();
        assert_changes! { scenario:
            "- application Ines",
            "- application Inez",
            "- application the prospect",
            "- candidate Ines",
            "- feed Ines",
        }
        not_there(self.admin.delete_candidate(self.id).send().await);
        not_there(note(&self.admin, scenario.admin_id, self.id, "Gone?").await);
        let reject = ApplicationReject::default();
        let rejected = self.admin.reject_application(application, &reject);
        not_there(rejected.send().await);
        for file in files {
            let gone = scenario.client.download(file).bytes().await.err();
            assert!(gone.unwrap().is_download());
        }
        scenario.assert_no_changes().await;
    }
}
