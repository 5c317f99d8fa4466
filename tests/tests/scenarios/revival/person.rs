//! Her files, her history, and her tags.

use harvest_generated::v1::types::*;
use harvest_runtime::attachment::Upload;

use super::super::scenario::{Scenario, assert_changes, not_there};
use super::super::steps::time;
use super::Ines;

impl Ines {
    /// One of the person, and one of the application; both are shown by the candidate, and can be fetched.
    pub async fn sends_files(&self, scenario: &mut Scenario, application: ApplicationId) {
        let upload = Upload::from_bytes("cv.txt", "Rivers and ice.").unwrap();
        let resume =
            CandidateAttachmentCreate::from_upload(upload, CandidateAttachmentType::Resume);
        let attached = self
            .admin
            .create_candidate_attachment(self.id, &resume.unwrap());
        attached.send().await.unwrap();
        assert_changes! { scenario:
            "candidate Ines: attachments + cv.txt",
            "candidate Ines: last_activity, updated_at",
        }

        let upload = Upload::from_bytes("letter.txt", "Dear rivers.").unwrap();
        let letter = ApplicationAttachmentType::CoverLetter;
        let letter = ApplicationAttachmentCreate::from_upload(upload, letter).unwrap();
        let attached = self
            .admin
            .create_application_attachment(application, &letter);
        attached.send().await.unwrap();
        assert_changes! { scenario:
            "application Ines: attachments + letter.txt",
            "application Ines: last_activity_at",
            "candidate Ines: attachments + letter.txt",
            "candidate Ines: last_activity, updated_at",
            "feed Ines + Attachment Added by the admin",
        }

        let read = self.admin.get_candidate(self.id).send().await.unwrap();
        let files = read.attachments.as_ref().unwrap();
        for (file, text) in files.iter().zip(["Rivers and ice.", "Dear rivers."]) {
            let bytes = scenario.client.download(file).bytes().await.unwrap();
            assert_eq!(bytes, text.as_bytes());
        }
        assert_eq!(files.len(), 2);
    }

    /// Where she studied and worked; what turns out to be wrong is removed.
    pub async fn has_a_past(&self, scenario: &mut Scenario) {
        let schools = self.admin.list_schools().send().await.unwrap();
        let degrees = self.admin.list_degrees().send().await.unwrap();
        let disciplines = self.admin.list_disciplines().send().await.unwrap();
        let education = EducationCreate::default()
            .school_id(schools[0].id)
            .degree_id(degrees[0].id)
            .discipline_id(disciplines[0].id)
            .start_month(9)
            .start_year(2015);
        let education = self.admin.create_education(self.id, &education);
        let education = education.send().await.unwrap();
        let started = time("2019-02-01T00:00:00Z");
        let job = EmploymentCreate::new("Tidewater Survey", "Hydrologist", started);
        let job = self
            .admin
            .create_employment(self.id, &job)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "candidate Ines: educations + Instituto Fluvial do Douro",
            "candidate Ines: employments + Tidewater Survey",
            "candidate Ines: last_activity, updated_at",
        }

        let removed = self.admin.delete_education(self.id, education.id);
        removed.send().await.unwrap();
        assert_changes! { scenario:
            "candidate Ines: educations - Instituto Fluvial do Douro",
            "candidate Ines: last_activity, updated_at",
        }
        let again = self.admin.delete_education(self.id, education.id);
        not_there(again.send().await);
        scenario.assert_no_changes().await;
        let removed = self.admin.delete_employment(self.id, job.id);
        removed.send().await.unwrap();
        assert_changes! { scenario:
            "candidate Ines: employments - Tidewater Survey",
            "candidate Ines: last_activity, updated_at",
        }
    }

    /// A tag is there once, however it is written, and goes from all candidates when it goes.
    pub async fn is_tagged(&self, scenario: &mut Scenario) {
        let tag = CandidateTagCreate::new("Rivers");
        let tag = self.admin.create_candidate_tag(&tag).send().await.unwrap();
        assert_eq!(tag.status(), 201);
        let rivers = scenario.name(tag.id, "Rivers");
        assert_changes! { scenario:
            "+ tag Rivers",
        }
        let again = CandidateTagCreate::new("rivers");
        let again = self
            .admin
            .create_candidate_tag(&again)
            .send()
            .await
            .unwrap();
        assert_eq!((again.status().as_u16(), again.id), (200, rivers));
        scenario.assert_no_changes().await;

        let added = self.admin.add_tag_to_candidate(self.id, rivers);
        added.send().await.unwrap();
        assert_changes! { scenario:
            "candidate Ines: last_activity, updated_at",
            "candidate Ines: tags + Rivers",
        }
        let removed = self.admin.remove_tag_from_candidate(self.id, rivers);
        removed.send().await.unwrap();
        assert_changes! { scenario:
            "candidate Ines: last_activity, updated_at",
            "candidate Ines: tags - Rivers",
        }
        let tags = self
            .admin
            .list_tags_of_candidate(self.id)
            .send()
            .await
            .unwrap();
        let deleted = self.admin.delete_candidate_tag(tags[0].id).send().await;
        deleted.unwrap();
        assert_changes! { scenario:
            "- tag Ice",
            "candidate Ines: tags - Ice",
        }
    }
}
