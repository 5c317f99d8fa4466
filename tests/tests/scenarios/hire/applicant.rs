//! The candidate, up to the last interview.

use harvest_generated::v1::types::*;
use harvest_runtime::Timestamp;
use harvest_runtime::attachment::Upload;
use harvest_runtime::custom_field::CustomFieldInput;

use super::super::scenario::{Scenario, assert_changes, refused};
use super::super::steps::{advance, move_to, note, time};
use super::requisition::Vacancy;

pub struct Nora {
    pub id: CandidateId,
    pub application: ApplicationId,
    pub admin: harvest_generated::v1::ActingClient,
}

impl Nora {
    /// With all that a candidate can be added with.
    pub async fn applies(scenario: &mut Scenario, vacancy: &Vacancy) -> Self {
        let admin = vacancy.admin.clone();
        let upload = Upload::from_bytes("nora.txt", "All about me.").unwrap();
        let resume =
            CandidateAttachmentCreate::from_upload(upload, CandidateAttachmentType::Resume);
        let sources = admin.list_sources().send().await.unwrap();
        let referrer = Referrer::default().type_(ReferrerType::Email);
        let lead = admin.get_user(vacancy.lead).send().await.unwrap();
        let referrer = referrer.value(lead.primary_email_address.as_deref().unwrap());
        let application = ApplicationCreateForJob::new(vacancy.job)
            .source_id(sources[0].id)
            .referrer(referrer)
            .attachments([resume.unwrap()]);
        let schools = admin.list_schools().send().await.unwrap();
        let education = EducationCreate::default().school_id(schools[0].id);
        let since = time("2021-03-01T00:00:00Z");
        let employment = EmploymentCreate::new("Northmoor Data", "Analyst", since);
        let hello = CandidateNoteCreate::new(vacancy.lead, "At last.", NoteVisibility::Public);
        let address = EmailAddressInput::new("nora@example.com", EmailAddressType::Personal);
        let new = CandidateCreate::new("Nora", "Lindqvist", [application])
            .company("Northmoor Data")
            .title("Analyst")
            .email_addresses([address])
            .educations([education])
            .employments([employment])
            .tags(["Statistics".to_owned()])
            .custom_fields([CustomFieldInput::by_key("driving_licence").yes_no(true)])
            .activity_feed_notes([hello]);
        let created = admin.create_candidate(&new).send().await.unwrap();
        let id = scenario.name(created.id, "Nora");
        let application = created.application_ids.as_ref().unwrap()[0];
        let application = scenario.name(application, "Nora");
        assert_changes! { scenario:
            "+ 1 tag",
            "+ application Nora",
            "+ candidate Nora",
            "feed Nora + Candidate Added by the admin",
            "feed Nora + public note by the lead: At last.",
        }

        let shown = admin.get_application(application).send().await.unwrap();
        assert_eq!(shown.status, Some(ApplicationStatus::Active));
        let stage = shown.current_stage.as_ref().unwrap().id;
        assert_eq!(stage, vacancy.stages[0].id);
        assert_eq!(shown.recruiter.as_ref().unwrap().id, scenario.admin_id);
        assert_eq!(shown.coordinator, None);
        assert_eq!(shown.credited_to.as_ref().unwrap().id, vacancy.lead);
        let files = shown.attachments.as_ref().unwrap();
        let file = scenario.client.download(&files[0]).bytes().await.unwrap();
        assert_eq!(file, "All about me.");
        Self {
            id,
            application,
            admin,
        }
    }

    /// Tagged, noted, written to, and sent on.
    pub async fn is_looked_at(&self, scenario: &mut Scenario, vacancy: &Vacancy) {
        let tags = self.admin.list_candidate_tags().send().await.unwrap();
        let added = self.admin.add_tag_to_candidate(self.id, tags[0].id);
        added.send().await.unwrap();
        scenario.name(tags[0].id, "a tag");
        assert_changes! { scenario:
            "candidate Nora: last_activity, updated_at",
            "candidate Nora: tags + Field work",
        }
        note(&self.admin, vacancy.lead, self.id, "Call her.")
            .await
            .unwrap();
        let (from, to) = ("hr@example.com", "nora@example.com");
        let mail = CandidateEmailCreate::new(scenario.admin_id, to, from, "A call?", "When?");
        self.admin
            .create_candidate_email(self.id, &mail)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "candidate Nora: last_activity, updated_at",
            "feed Nora + email by the admin: A call?",
            "feed Nora + public note by the lead: Call her.",
        }

        let stages = &vacancy.stages;
        advance(&self.admin, self.application, stages[0].id)
            .await
            .unwrap();
        assert_changes! { scenario:
            "application Nora: current_stage Application Review → Telephone Interview",
            "application Nora: last_activity_at",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Candidate Stage Change by the admin",
        }
        // A stage that the application has left is refused.
        let again = advance(&self.admin, self.application, stages[0].id).await;
        assert_eq!(refused(again), ["from_stage_id"]);
        scenario.assert_no_changes().await;
    }

    /// By telephone, in an hour that is moved, and then over. Another appointment is cancelled.
    pub async fn is_interviewed(&self, scenario: &mut Scenario, vacancy: &Vacancy) {
        let step = vacancy.stages[1].interviews.as_ref().unwrap()[0].id;
        let with = |status| [ScheduledInterviewerInput::new(vacancy.lead, status)];
        let asked = with(InterviewerResponseStatus::NeedsAction);
        let hours = (scenario.hours_later(2), scenario.hours_later(3));
        let new = |event: &str, (start, end): (Timestamp, _)| {
            let asked = asked.clone();
            ScheduledInterviewCreate::new(self.application, step, asked, start, end, event)
        };
        let wrong = new("call-1", (hours.1.clone(), hours.0.clone()));
        assert_eq!(refused(self.schedule(&wrong).await), ["end"]);
        let call = self.schedule(&new("call-1", hours.clone())).await.unwrap();
        let call = scenario.name(call, "the call");
        assert_changes! { scenario:
            "+ interview the call",
            "application Nora: last_activity_at",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Interview Scheduled by the admin",
        }
        let found = self
            .admin
            .list_scheduled_interviews()
            .external_event_id("call-1");
        assert_eq!(found.send().await.unwrap()[0].id, call);
        let again = self.schedule(&new("call-1", hours)).await;
        assert_eq!(refused(again), ["external_event_id"]);
        scenario.assert_no_changes().await;

        let update = ScheduledInterviewUpdate::default()
            .interviewers(with(InterviewerResponseStatus::Accepted))
            .start(scenario.hours_later(1))
            .end(scenario.hours_later(2))
            .video_conferencing_url("https://meet.example.com/nora");
        let update = self.admin.update_scheduled_interview(call, &update);
        update.send().await.unwrap();
        assert_changes! { scenario:
            "application Nora: last_activity_at",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Interview Changed by the admin",
            "interview the call: end.date_time 2026-09-02T18:00:00.000Z → 2026-09-02T19:00:00.000Z",
            "interview the call: interviewers.0.response_status needs_action → accepted",
            "interview the call: start.date_time 2026-09-02T17:00:00.000Z → \
             2026-09-02T18:00:00.000Z",
            "interview the call: updated_at",
            "interview the call: video_conferencing_url none → https://meet.example.com/nora",
        }

        let later = (scenario.hours_later(40), scenario.hours_later(41));
        let second = self.schedule(&new("call-2", later)).await.unwrap();
        let second = scenario.name(second, "the second call");
        assert_changes! { scenario:
            "+ interview the second call",
            "application Nora: last_activity_at",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Interview Scheduled by the admin",
        }
        let actionable = self.admin.list_scheduled_interviews().actionable(true);
        let actionable = actionable.send().await.unwrap();
        assert!(
            [call, second]
                .iter()
                .all(|id| actionable.iter().any(|it| it.id == *id))
        );
        self.admin
            .delete_scheduled_interview(second)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "- interview the second call",
            "application Nora: last_activity_at",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Interview Cancelled by the admin",
            "interview the call: status scheduled → awaiting_feedback",
        }
    }

    async fn schedule(
        &self,
        new: &ScheduledInterviewCreate,
    ) -> Result<ScheduledInterviewId, harvest_runtime::Error> {
        let scheduled = self.admin.create_scheduled_interview(new).send().await;
        scheduled.map(|interview| interview.id)
    }

    /// Scorecards are written in the browser, and hers are not there yet. Those of another candidate are read in all places.
    pub async fn has_no_scorecard(&self, scenario: &mut Scenario) {
        let hers = self.admin.list_application_scorecards(self.application);
        assert!(hers.send().await.unwrap().is_empty());
        let scorecards = self.admin.list_scorecards().send().await.unwrap();
        let scorecard = &scorecards[0];
        scenario.name(scorecard.id, "a scorecard");
        scenario.name(scorecard.application_id.unwrap(), "another candidate");
        scenario.assert_no_changes().await;

        let interviews = self.admin.list_scheduled_interviews().send().await.unwrap();
        let interviewers = interviews
            .iter()
            .flat_map(|it| it.interviewers.iter().flatten());
        let mut written = interviewers.filter(|it| it.scorecard_id == Some(scorecard.id));
        let by = written.next().unwrap().id;
        assert_eq!(scorecard.interviewer.as_ref().unwrap().id, by);
        let questions = scorecard.questions.iter().flatten();
        let of_the_kit = questions.filter(|it| it.id.is_some()).count();
        assert!(of_the_kit > 0);
    }

    /// Past the test that she hands in early, and back once, since she was moved too far.
    pub async fn goes_on(&self, scenario: &mut Scenario, vacancy: &Vacancy) {
        let [_, call, test, face, _] = &vacancy.stages[..] else {
            panic!("the job has five stages");
        };
        let (by, id) = (&self.admin, self.application);
        let upload = Upload::from_bytes("test.txt", "42").unwrap();
        let kind = ApplicationAttachmentType::Other;
        let test_file = ApplicationAttachmentCreate::from_upload(upload, kind).unwrap();
        let attached = by.create_application_attachment(id, &test_file);
        attached.send().await.unwrap();
        assert_changes! { scenario:
            "application Nora: attachments + test.txt",
            "application Nora: last_activity_at",
            "candidate Nora: attachments + test.txt",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Attachment Added by the admin",
        }
        move_to(by, id, (call.id, face.id)).await.unwrap();
        assert_changes! { scenario:
            "application Nora: current_stage Telephone Interview → Face to Face",
            "application Nora: last_activity_at",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Candidate Stage Change by the admin",
        }
        let wrong = move_to(by, id, (call.id, test.id)).await;
        assert_eq!(refused(wrong), ["from_stage_id"]);
        move_to(by, id, (face.id, test.id)).await.unwrap();
        assert_changes! { scenario:
            "application Nora: current_stage Face to Face → Take Home Test",
            "application Nora: last_activity_at",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Candidate Stage Change by the admin",
        }
        advance(by, id, test.id).await.unwrap();
        assert_changes! { scenario:
            "application Nora: current_stage Take Home Test → Face to Face",
            "application Nora: last_activity_at",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Candidate Stage Change by the admin",
        }
    }
}
