//! The mail that tells a candidate of a rejection.

use serde::Deserialize;

use crate::clock;
use crate::domain::activity_feed::Email;
use crate::domain::applications::Subject;
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::email_templates::{EMAIL_TEMPLATE, EmailTemplate, Letter};
use crate::domain::jobs::{JOB, Job};
use crate::domain::users::{USER, User};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::refusal::Problems;

#[derive(Deserialize)]
pub(super) struct RejectionEmail {
    send_email_at: Option<String>,
    email_template_id: i64,
}

impl RejectionEmail {
    /// The mail as the feed will show it once its time has come. Nothing is sent in fact.
    pub(super) fn write(
        &self,
        cx: &Writing<'_, '_>,
        subject: &Subject,
        problems: &mut Problems,
    ) -> Outcome<Option<Email>> {
        let template = self.template(cx, problems)?;
        let candidate: Candidate = cx.get(&CANDIDATE, subject.application.candidate_id)?;
        let address = candidate.email_addresses.first();
        if address.is_none() {
            problems.add("rejection_email", "The candidate has no e-mail address");
        }
        let (Some(template), Some(address)) = (template, address) else {
            return Ok(None);
        };
        let sender: User = cx.get(&USER, cx.user.id)?;
        let job: Option<Job> = match subject.application.job_id() {
            Some(id) => cx.find(&JOB, id)?,
            None => None,
        };
        let letter = Letter {
            sender: &sender,
            candidate: &candidate,
            job_name: job.as_ref().map_or("", |job| &job.name),
        };
        let now = cx.stamp();
        let at = self.send_email_at.as_deref().and_then(clock::parse);
        Ok(Some(Email {
            // What should have been sent already is sent now.
            created_at: at.filter(|at| *at > now).unwrap_or(now),
            subject: template.name.clone(),
            body: letter.body(&template),
            to: address.value.clone(),
            from: letter.from(&template),
            cc: template.cc,
            user_id: Some(cx.user.id),
        }))
    }

    /// One of the organization's: users have templates of their own, which are for nobody else.
    fn template(
        &self,
        cx: &Writing<'_, '_>,
        problems: &mut Problems,
    ) -> Outcome<Option<EmailTemplate>> {
        const FIELD: &str = "rejection_email.email_template_id";
        let template: Option<EmailTemplate> = cx.find(&EMAIL_TEMPLATE, self.email_template_id)?;
        match &template {
            None => problems.unknown(FIELD, "An email template"),
            Some(template) if template.user_id.is_some() => {
                problems.add(FIELD, "Must be a template of the whole organization");
            }
            Some(_) => {}
        }
        Ok(template)
    }
}
