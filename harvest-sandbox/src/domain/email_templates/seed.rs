//! The templates of a new organization.

use super::{EMAIL_TEMPLATE, EmailTemplate};
use crate::domain::organization::{Seed, days_ago};
use crate::refusal::Outcome;

/// Type, name, what for, sender and text.
type Definition = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
);

const TEMPLATES: [Definition; 6] = [
    (
        "candidate_auto_reply",
        "Thank you",
        Some("Goes to everybody who applies."),
        Some("recruiting@example.com"),
        "<p>Dear {{CANDIDATE_FIRST_NAME}},</p><p>we have your application for {{JOB_NAME}}.</p>",
    ),
    (
        "candidate_rejection",
        "Not this time",
        Some("For candidates who were not interviewed."),
        Some("recruiting@example.com"),
        "<p>Dear {{CANDIDATE_FIRST_NAME}},</p><p>we have chosen others for {{JOB_NAME}}.</p>",
    ),
    (
        "candidate_rejection",
        "Not this time, in person",
        None,
        Some("{{MY_EMAIL_ADDRESS}}"),
        "<p>Dear {{CANDIDATE_FIRST_NAME}},</p><p>it was good to meet you.</p>{{MY_SIGNATURE}}",
    ),
    (
        "scorecard_reminder",
        "Scorecard nudge",
        Some("Goes to interviewers who owe us a scorecard."),
        None,
        "<p>Good evening,</p>\r\n<p>your notes on {{CANDIDATE_NAME}} are missing: \
         {{SCORECARD_LINK}}</p>",
    ),
    (
        "interviewer_invite",
        "You interview",
        None,
        None,
        "<p>Please meet {{CANDIDATE_NAME}}: {{INTERVIEW_LINK}}</p>",
    ),
    (
        "candidate_email",
        "Still interested?",
        Some("A note to candidates who went quiet."),
        Some("{{MY_EMAIL_ADDRESS}}"),
        "<p>Dear {{CANDIDATE_FIRST_NAME}},</p><p>is {{JOB_NAME}} still on your \
         mind?</p>{{MY_SIGNATURE}}",
    ),
];

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let users: Vec<i64> = seed.column("SELECT id FROM user WHERE NOT disabled ORDER BY id", [])?;
    let mut types = Vec::new();
    for (number, (of, name, description, from, html_body)) in TEMPLATES.into_iter().enumerate() {
        let mut dice = seed.dice("email_template", number);
        // Those that are sent from a user's own address are that user's own.
        let is_own = from == Some("{{MY_EMAIL_ADDRESS}}");
        let days = 30 + dice.below(600);
        let template = EmailTemplate {
            name: name.to_owned(),
            description: description.map(str::to_owned),
            default: !is_own && !types.contains(&of),
            created_at: days_ago(days, &mut dice),
            updated_at: days_ago(dice.below(30), &mut dice),
            r#type: of.to_owned(),
            from: from.map(str::to_owned),
            cc: dice
                .percent(30)
                .then(|| "archive@example.com".to_owned())
                .into_iter()
                .collect(),
            html_body: html_body.to_owned(),
            user_id: dice.maybe(&users).copied().filter(|_| is_own),
        };
        types.push(of);
        seed.insert(&EMAIL_TEMPLATE, &template)?;
    }
    Ok(())
}
