//! Writing to a candidate by a template.

use super::EmailTemplate;
use crate::domain::candidates::Candidate;
use crate::domain::users::User;

/// Who writes to whom, and about which job: what the tokens of a template stand for.
pub(crate) struct Letter<'a> {
    pub(crate) sender: &'a User,
    pub(crate) candidate: &'a Candidate,
    /// Empty for a prospect.
    pub(crate) job_name: &'a str,
}

impl Letter<'_> {
    pub(crate) fn body(&self, template: &EmailTemplate) -> String {
        self.fill(&template.html_body)
    }

    /// The sender's own address, unless the template says otherwise.
    pub(crate) fn from(&self, template: &EmailTemplate) -> String {
        match &template.from {
            Some(from) => self.fill(from),
            None => self.sender_address(),
        }
    }

    fn sender_address(&self) -> String {
        self.sender.primary_email().unwrap_or_default().to_owned()
    }

    /// Tokens that stand for something else stay as they are.
    fn fill(&self, text: &str) -> String {
        [
            (
                "{{CANDIDATE_FIRST_NAME}}",
                self.candidate.first_name.clone(),
            ),
            ("{{CANDIDATE_NAME}}", self.candidate.name()),
            ("{{JOB_NAME}}", self.job_name.to_owned()),
            ("{{MY_EMAIL_ADDRESS}}", self.sender_address()),
            ("{{MY_SIGNATURE}}", self.sender.name()),
        ]
        .into_iter()
        .fold(text.to_owned(), |text, (token, value)| {
            text.replace(token, &value)
        })
    }
}
