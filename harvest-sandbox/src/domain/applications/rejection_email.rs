//! The mail that informs a candidate of a rejection.

use super::Subject;
use crate::clock::{self, stamp};
use crate::domain::activity_feed::Email;
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::email_templates::{EMAIL_TEMPLATE, EmailTemplate, Letter};
use crate::domain::jobs::{JOB, Job};
use crate::domain::users::{USER, User};
use crate::refusal::{Outcome, Problems, Rule};
use crate::store::View;

/// A mail to send with a rejection.
pub(crate) struct RejectionEmail {
    /// At once, if it is left out or past.
    pub(crate) send_at: Option<String>,
    pub(crate) template_id: i64,
}

impl RejectionEmail {
    /// The mail as the feed will show it once its time has come. Nothing is sent in fact.
    pub(super) fn write(
        &self,
        view: &View<'_>,
        subject: &Subject,
        problems: &mut Problems,
    ) -> Outcome<Option<Email>> {
        let template = self.template(view, problems)?;
        let candidate: Candidate = view.get(&CANDIDATE, subject.application.candidate_id)?;
        let address = candidate.email_addresses.first();
        if address.is_none() {
            problems.add("email", Rule::NoEmailAddress);
        }
        let (Some(template), Some(address)) = (template, address) else {
            return Ok(None);
        };
        let sender: User = view.get(&USER, subject.actor().id)?;
        let job: Option<Job> = match subject.application.job_id() {
            Some(id) => view.find(&JOB, id)?,
            None => None,
        };
        let letter = Letter {
            sender: &sender,
            candidate: &candidate,
            job_name: job.as_ref().map_or("", |job| &job.name),
        };
        let now = stamp(view.now());
        let at = self.send_at.as_deref().and_then(clock::parse);
        Ok(Some(Email {
            // What should have been sent already is sent now.
            created_at: at.filter(|at| *at > now).unwrap_or(now),
            subject: template.name.clone(),
            body: letter.body(&template),
            to: address.value.clone(),
            from: letter.from(&template),
            cc: template.cc,
            user_id: Some(subject.actor().id),
        }))
    }

    /// One of the organization's: users have templates of their own, which are for no other user.
    fn template(&self, view: &View<'_>, problems: &mut Problems) -> Outcome<Option<EmailTemplate>> {
        const AT: &str = "email.template";
        let template: Option<EmailTemplate> = view.find(&EMAIL_TEMPLATE, self.template_id)?;
        match &template {
            None => problems.unknown(AT, "An email template"),
            Some(template) if template.user_id.is_some() => {
                problems.add(AT, Rule::PersonalTemplate);
            }
            Some(_) => {}
        }
        Ok(template)
    }
}
