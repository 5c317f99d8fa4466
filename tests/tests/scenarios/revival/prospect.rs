//! The prospect, until she is a candidate for a job.

use harvest_generated::v1::types::*;
use harvest_runtime::custom_field::CustomFieldInput;

use super::super::scenario::{Scenario, assert_changes, refused};
use super::super::steps::advance;
use super::{Ines, email, stages_of};

impl Ines {
    /// A prospect for two jobs, referred by someone of the organization.
    pub async fn is_found(scenario: &mut Scenario) -> Self {
        let admin = scenario.admin.clone();
        let jobs = admin
            .list_jobs()
            .status(JobStatus::Open)
            .send()
            .await
            .unwrap();
        let jobs = jobs.iter().filter(|job| job.confidential == Some(false));
        let jobs: Vec<JobId> = jobs.map(|job| job.id).collect();
        let job = scenario.name(jobs[0], "the job");
        let other_job = scenario.name(jobs[1], "the other job");
        scenario.take_snapshot().await;

        let sources = admin.list_sources().send().await.unwrap();
        let referrer = Referrer::default()
            .type_(ReferrerType::Id)
            .value(scenario.admin_id);
        let application = ProspectCreateApplication::default()
            .job_ids([job, other_job])
            .source_id(sources[1].id)
            .referrer(referrer);
        let new = ProspectCreate::new("Ines", "Valadares")
            .email_addresses([email("ines@example.com")])
            .application(application);
        let created = admin.create_prospect(&new).send().await.unwrap();
        let id = scenario.name(created.id, "Ines");
        let application = created.application_ids.as_ref().unwrap()[0];
        let application = scenario.name(application, "the prospect");
        assert_changes! { scenario:
            "+ application the prospect",
            "+ candidate Ines",
            "feed Ines + Candidate Added by the admin",
        }
        let prospect = admin.get_application(application).send().await.unwrap();
        assert_eq!(prospect.prospect, Some(true));
        assert_eq!(prospect.current_stage, None);
        let credited = prospect.credited_to.as_ref().unwrap();
        assert_eq!(credited.id, scenario.admin_id);
        Self {
            id,
            application,
            admin,
            job,
            other_job,
        }
    }

    /// Lists take the place of what was there.
    pub async fn is_described(&self, scenario: &mut Scenario) {
        let phone = |number: &str| PhoneNumberInput::new(number, PhoneNumberType::Mobile);
        let website = "https://ines.example.com";
        let website = WebsiteAddressInput::new(website, WebsiteAddressType::Blog);
        let update = CandidateUpdate::default()
            .company("Delta Works Group")
            .title("Hydrologist")
            .phone_numbers([phone("+351 555 0101"), phone("+351 555 0102")])
            .email_addresses([email("ines@example.com"), email("valadares@example.com")])
            .website_addresses([website])
            .social_media_addresses([SocialMediaAddressInput::new("@ines")])
            .tags(["Ice".to_owned()])
            .custom_fields([CustomFieldInput::by_key("driving_licence").yes_no(true)]);
        self.update(&update).await;
        let tags = self.admin.list_candidate_tags().send().await.unwrap();
        let ice = tags.iter().find(|tag| tag.name.as_deref() == Some("Ice"));
        scenario.name(ice.unwrap().id, "Ice");
        assert_changes! { scenario:
            "+ tag Ice",
            "candidate Ines: company none → Delta Works Group",
            "candidate Ines: email_addresses + valadares@example.com",
            "candidate Ines: keyed_custom_fields.driving_licence none → true",
            "candidate Ines: last_activity, updated_at",
            "candidate Ines: phone_numbers + +351 555 0101 + +351 555 0102",
            "candidate Ines: social_media_addresses + @ines",
            "candidate Ines: tags + Ice",
            "candidate Ines: title none → Hydrologist",
            "candidate Ines: website_addresses + https://ines.example.com",
        }

        let update = CandidateUpdate::default()
            .clear_company()
            .phone_numbers([phone("+351 555 0103")])
            .clear_website_addresses()
            .coordinator(scenario.admin_id)
            .custom_fields([CustomFieldInput::by_key("driving_licence").delete()]);
        self.update(&update).await;
        assert_changes! { scenario:
            "candidate Ines: company Delta Works Group → none",
            "candidate Ines: coordinator none → the admin",
            "candidate Ines: keyed_custom_fields.driving_licence true → none",
            "candidate Ines: last_activity, updated_at",
            "candidate Ines: phone_numbers - +351 555 0101 - +351 555 0102 + +351 555 0103",
            "candidate Ines: website_addresses - https://ines.example.com",
        }
    }

    /// Prospects have a pool with stages of its own, and none of what candidates have.
    pub async fn joins_a_pool(&self, scenario: &mut Scenario) {
        let pools = self.admin.list_prospect_pools().send().await.unwrap();
        let stages = pools[0].prospect_stages.as_ref().unwrap();
        let update = ApplicationUpdate::default()
            .prospect_pool_id(pools[0].id)
            .prospect_stage_id(stages[0].id);
        self.update_application(self.application, &update).await;
        assert_changes! { scenario:
            "application the prospect: last_activity_at",
            "application the prospect: prospect_detail.prospect_pool none → Field hydrologists",
            "application the prospect: prospect_detail.prospect_stage none → Not contacted",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Application Edited by the admin",
        }
        let update = ApplicationUpdate::default().prospect_stage_id(stages[1].id);
        self.update_application(self.application, &update).await;
        assert_changes! { scenario:
            "application the prospect: last_activity_at",
            "application the prospect: prospect_detail.prospect_stage Not contacted → In \
             conversation",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Application Edited by the admin",
        }

        let wrong = pools[1].prospect_stages.as_ref().unwrap()[0].id;
        let update = ApplicationUpdate::default().prospect_stage_id(wrong);
        let update = self.admin.update_application(self.application, &update);
        assert_eq!(refused(update.send().await), ["prospect_stage_id"]);
        let stages = stages_of(scenario, self.job).await;
        assert!(refused(advance(&self.admin, self.application, stages[0]).await).is_empty());
        let deleted = self.admin.delete_application(self.application);
        assert!(refused(deleted.send().await).is_empty());
        scenario.assert_no_changes().await;
    }

    /// The application of the prospect stays, and another goes on from it.
    pub async fn is_converted(&self, scenario: &mut Scenario) -> ApplicationId {
        let stages = stages_of(scenario, self.job).await;
        let convert = ProspectConvert::new(self.job).initial_stage_id(stages[1]);
        let converted = self.admin.convert_prospect(self.application, &convert);
        let converted = converted.send().await.unwrap();
        assert_eq!(converted.old_application_id, Some(self.application));
        assert_eq!(converted.new_stage_id, Some(stages[1]));
        let application = scenario.name(converted.new_application_id.unwrap(), "Ines");
        assert_changes! { scenario:
            "+ application Ines",
            "application the prospect: last_activity_at",
            "application the prospect: status active → converted",
            "candidate Ines: application_ids + Ines",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Prospect Converted by the admin",
        }
        let now = self
            .admin
            .get_application(application)
            .send()
            .await
            .unwrap();
        assert_eq!(now.prospect, Some(false));
        assert_eq!(now.current_stage.as_ref().unwrap().id, stages[1]);
        let pool = &now.prospect_detail.as_ref().unwrap().prospect_pool;
        assert!(pool.is_none());

        let again = self.admin.convert_prospect(self.application, &convert);
        assert!(refused(again.send().await).is_empty());
        let again = self.admin.convert_prospect(application, &convert);
        assert!(refused(again.send().await).is_empty());
        scenario.assert_no_changes().await;
        application
    }
}
