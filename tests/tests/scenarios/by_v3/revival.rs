//! A prospect becomes a candidate, who is rejected, revived, merged and at last deleted, by v3.

use harvest_generated::v3::types::*;
use harvest_runtime::Date;

use super::super::scenario::{Scenario, assert_changes, not_there, refused};
use super::super::usage::Face;

#[tokio::test]
async fn a_rejected_candidate_is_revived_by_v3() {
    let mut scenario = Scenario::written_by(Face::V3).await;
    let ines = Ines::is_found(&mut scenario).await;
    ines.has_a_past(&mut scenario).await;
    let application = ines.is_converted(&mut scenario).await;
    ines.is_rejected(&mut scenario, application).await;
    ines.is_merged(&mut scenario).await;
    ines.is_deleted(&mut scenario).await;
    let used = scenario.end().await;
    used.print("revival by v3");
    assert_eq!((used.changes, used.refusals), (11, 4));
}

struct Ines {
    id: i64,
    /// That of the prospect.
    application: i64,
    job: i64,
}

impl Ines {
    async fn is_found(scenario: &mut Scenario) -> Self {
        let admin = scenario.admin_v3();
        let jobs = admin.list_jobs().send().await.unwrap();
        let mut jobs = jobs.iter();
        let job =
            jobs.find(|it| it.confidential == Some(false) && it.status == Some(JobStatus::Open));
        let job = scenario.name_as("job", job.unwrap().id.unwrap(), "the job");
        scenario.take_snapshot().await;

        let admin = scenario.admin_v3();
        let prospect = CandidateApplicationForProspect::new(true);
        let new = CandidateCreate::new("Ines", "Valadares")
            .title("Hydrologist")
            .application(CandidateApplication::Prospect(prospect));
        let created = admin.create_candidate(&new).send().await.unwrap();
        let id = created.candidate.as_ref().unwrap().id.unwrap();
        let application = created.application.as_ref().unwrap().id.unwrap();
        let id = scenario.name_as("candidate", id, "Ines");
        let application = scenario.name_as("application", application, "the prospect");
        assert_changes! { scenario:
            "+ application the prospect",
            "+ candidate Ines",
            "feed Ines + Candidate Added by the admin",
        }
        Self {
            id,
            application,
            job,
        }
    }

    /// Schools and employers are records of v3 and parts of a candidate of v1.
    async fn has_a_past(&self, scenario: &mut Scenario) {
        let admin = scenario.admin_v3();
        let since = "2015-03-01".parse::<Date>().unwrap();
        let diver = EmploymentCreate::new(self.id, "Tidewater Survey", "Diver", since);
        let employment = admin.create_employment(&diver).send().await.unwrap();
        assert_changes! { scenario:
            "candidate Ines: employments + Tidewater Survey",
            "candidate Ines: last_activity, updated_at",
        }
        let admin = scenario.admin_v3();
        let removed = admin.delete_employment(employment.id.unwrap());
        removed.send().await.unwrap();
        let tags = admin.list_candidate_tags().send().await.unwrap();
        let tag = tags[0].id.unwrap();
        scenario.name_as("tag", tag, "a tag");
        let add = AppliedCandidateTagCreate::new(self.id, tag);
        admin.add_tag_to_candidate(&add).send().await.unwrap();
        let name = tags[0].name.clone().unwrap();
        let tagged = format!("candidate Ines: tags + {name}");
        scenario
            .assert_changes(&[
                "candidate Ines: employments - Tidewater Survey",
                "candidate Ines: last_activity, updated_at",
                &tagged,
            ])
            .await;
    }

    async fn is_converted(&self, scenario: &mut Scenario) -> i64 {
        let admin = scenario.admin_v3();
        let convert = ProspectConvert::new(self.job);
        let converted = admin.convert_prospect(self.application, &convert);
        let converted = converted.send().await.unwrap();
        let id = converted.id.unwrap();
        let id = scenario.name_as("application", id, "Ines");
        assert_changes! { scenario:
            "+ application Ines",
            "application the prospect: last_activity_at",
            "application the prospect: status active → converted",
            "candidate Ines: application_ids + Ines",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Prospect Converted by the admin",
        }
        id
    }

    /// Then revived: the reason is forgotten, and the application is where it was.
    async fn is_rejected(&self, scenario: &mut Scenario, application: i64) {
        let admin = scenario.admin_v3();
        let reasons = admin.list_rejection_reasons().send().await.unwrap();
        let reason = reasons[0].name.as_deref().unwrap();
        let reject = ApplicationReject::new(reasons[0].id.unwrap()).notes("No boots.");
        let rejected = admin.reject_application(application, &reject).send().await;
        rejected.unwrap();
        let at = scenario.now();
        scenario
            .assert_changes(&[
                "application Ines: last_activity_at, rejected_at",
                "application Ines: rejection_details none → {keyed_custom_fields {stay_in_touch \
                 none}}",
                &format!("application Ines: rejection_reason none → {reason}"),
                "application Ines: status active → rejected",
                "candidate Ines: last_activity, updated_at",
                "feed Ines + Candidate Rejected by the admin",
                "feed Ines + public note by the admin: No boots.",
            ])
            .await;
        let admin = scenario.admin_v3();
        let again = admin.reject_application(application, &reject).send().await;
        assert!(refused(again).is_empty());
        scenario.assert_no_changes().await;

        let admin = scenario.admin_v3();
        let revived = admin.unreject_application(application).send().await;
        revived.unwrap();
        scenario
            .assert_changes(&[
                "application Ines: last_activity_at",
                &format!("application Ines: rejected_at {at} → none"),
                "application Ines: rejection_details {keyed_custom_fields {stay_in_touch none}} → \
                 none",
                &format!("application Ines: rejection_reason {reason} → none"),
                "application Ines: status rejected → active",
                "candidate Ines: last_activity, updated_at",
                "feed Ines + Candidate Unrejected by the admin",
            ])
            .await;
        let admin = scenario.admin_v3();
        let again = admin.unreject_application(application).send().await;
        assert!(refused(again).is_empty());
        scenario.assert_no_changes().await;
    }

    async fn is_merged(&self, scenario: &mut Scenario) {
        let admin = scenario.admin_v3();
        let application = CandidateApplication::Job(CandidateApplicationForJob::new(self.job));
        let inez = CandidateCreate::new("Inez", "Valadares").application(application);
        let inez = admin.create_candidate(&inez).send().await.unwrap();
        let hers = inez.application.as_ref().unwrap().id.unwrap();
        let inez = inez.candidate.as_ref().unwrap().id.unwrap();
        scenario.name_as("application", hers, "Inez");
        let inez = scenario.name_as("candidate", inez, "Inez");
        assert_changes! { scenario:
            "+ application Inez",
            "+ candidate Inez",
            "feed Inez + Candidate Added by the admin",
        }
        let admin = scenario.admin_v3();
        let merge = CandidateMerge::new(inez);
        let merged = admin.merge_candidates(self.id, &merge).send().await;
        merged.unwrap();
        assert_changes! { scenario:
            "- candidate Inez",
            "- feed Inez",
            "application Inez: candidate_id Inez → Ines",
            "candidate Ines: application_ids + Inez",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Candidate Added by the admin",
            "feed Ines + Candidates Merged by the admin",
        }
        let admin = scenario.admin_v3();
        let again = admin.merge_candidates(self.id, &merge).send().await;
        assert_eq!(refused(again), ["secondary_candidate_id"]);
        scenario.assert_no_changes().await;
    }

    async fn is_deleted(&self, scenario: &mut Scenario) {
        let admin = scenario.admin_v3();
        let fields = CandidateAnonymize::new([AnonymizableField::FullName]);
        let anonymized = admin.anonymize_candidate(self.id, &fields).send().await;
        anonymized.unwrap();
        assert_changes! { scenario:
            "candidate Ines: first_name Ines → Anonymized",
            "candidate Ines: last_activity, updated_at",
            "candidate Ines: last_name Valadares → the id of Ines",
            "feed Ines + Candidate Anonymized by the admin",
        }
        let admin = scenario.admin_v3();
        admin.delete_candidate(self.id).send().await.unwrap();
        assert_changes! { scenario:
            "- application Ines",
            "- application Inez",
            "- application the prospect",
            "- candidate Ines",
            "- feed Ines",
        }
        let admin = scenario.admin_v3();
        not_there(admin.delete_candidate(self.id).send().await);
        scenario.assert_no_changes().await;
    }
}
