//! Refusals as answers.

mod management;
mod rules;

use std::collections::HashMap;

use axum::http::StatusCode;

use crate::bounds::{ANSWER_BYTES, LISTED_ERRORS};
use crate::http::reply::{FieldError, Reply};
use crate::refusal::{CROWDED, FULL, Invalid, LOCKED, Problems, QUEUED, Refusal, State, Why};

/// The result of a stage or a handler: what it gives, or else why the request goes no further.
pub(crate) type Outcome<T = Reply> = crate::refusal::Outcome<T>;

/// Words of one's own for what is wrong; none where those that everyone has will do.
pub(crate) type Words = fn(&Invalid) -> Option<String>;

/// The words that everyone has.
pub(crate) const COMMON: Words = |_| None;

/// A reason in words already: what a check of the description, or of a face, found.
pub(crate) fn worded(words: impl Into<String>) -> Why {
    Why::Worded(words.into())
}

impl Refusal {
    /// 403 with a sentence about what is missing.
    pub(crate) fn forbidden(message: &str) -> Self {
        Reply::message(StatusCode::FORBIDDEN, message).into()
    }

    /// What is wrong with what was sent, in words of one's own; other refusals as they are.
    pub(crate) fn in_words(self, own: Words) -> Self {
        match self {
            Self::Invalid(problems) => Reply::invalid_body(&errors(&problems, own)).into(),
            refusal => refusal,
        }
    }

    /// What is wrong with each field of a form; under an empty name, what is wrong with no field in particular.
    pub(crate) fn by_field(&self, own: Words) -> HashMap<String, String> {
        let Self::Invalid(problems) = self else {
            return HashMap::new();
        };
        errors(problems, own)
            .into_iter()
            .map(|error| (error.field.unwrap_or_default(), error.message))
            .collect()
    }

    /// The answer that says it, in the words that everyone has: observed or documented as far as there are any.
    pub(crate) fn into_reply(self) -> Reply {
        match self {
            Self::NotFound => Reply::not_found(),
            Self::Denied(_) => {
                Reply::message(StatusCode::FORBIDDEN, "The acting user may not do this")
            }
            Self::Invalid(problems) => Reply::invalid_body(&errors(&problems, COMMON)),
            Self::AnswerTooLong => {
                let message = format!(
                    "The answer would be longer than {ANSWER_BYTES} bytes: ask for less at once, \
                     with a smaller per_page"
                );
                Reply::invalid_request(&[FieldError::whole(message)])
            }
            Self::Full => Reply::message(StatusCode::INSUFFICIENT_STORAGE, FULL),
            Self::Locked => Reply::later(LOCKED),
            Self::Queued => Reply::later(QUEUED),
            Self::Crowded => Reply::later(CROWDED),
            Self::Failed(_) | Self::Broken(_) => {
                Reply::message(StatusCode::INTERNAL_SERVER_ERROR, &self.to_string())
            }
            Self::Answered(answer) => match answer.downcast::<Reply>() {
                Ok(reply) => *reply,
                // Nothing else is ever made of one.
                Err(_) => Reply::empty(StatusCode::INTERNAL_SERVER_ERROR),
            },
        }
    }
}

impl From<Reply> for Refusal {
    fn from(reply: Reply) -> Self {
        Self::Answered(Box::new(reply))
    }
}

impl From<&Invalid> for FieldError {
    fn from(one: &Invalid) -> Self {
        error(one, COMMON)
    }
}

fn error(one: &Invalid, own: Words) -> FieldError {
    let at = one.at.as_deref().unwrap_or_default();
    FieldError {
        message: own(one).unwrap_or_else(|| common(at, &one.why)),
        field: one.at.clone(),
    }
}

/// The sentence that says which rule is broken, as observed where that was possible. It names no property of one version.
fn common(at: &str, why: &Why) -> String {
    match why {
        Why::Unknown(what) => format!("{what} with this id does not exist."),
        Why::Taken => "Is already taken".to_owned(),
        Why::Excludes(other) => format!("Send {at} or {other}, not both"),
        Why::Blank => "Must not be blank".to_owned(),
        Why::TooLong(most) => format!("Must be at most {most} characters long"),
        Why::Closed(what) => format!("This {what} is closed"),
        Why::NotOf(what, whole) => format!("Is no {what} of {whole}"),
        Why::Unchanged(what) => format!("Is {what}"),
        Why::Missing => format!("Missing required field: {at}"),
        Why::State(state) => words_of_state(state),
        Why::Rule(rule) => rules::words(rule).into_owned(),
        Why::Worded(words) => words.clone(),
    }
}

fn words_of_state(state: &State) -> String {
    match state {
        State::Status { wanted, is } => {
            format!("Application must be '{wanted}', is currently '{is}'")
        }
        State::Prospect => "This is the application of a prospect".to_owned(),
        State::NoProspect => "This is not the application of a prospect".to_owned(),
        State::OtherStage => "Is not the stage that the application is in".to_owned(),
        State::LastStage => "Is the last stage of this job".to_owned(),
        State::NotApproved(what) => format!("The {what} lacks approvals"),
    }
}

/// Each as the answer lists it.
fn errors(problems: &Problems, own: Words) -> Vec<FieldError> {
    let listed = problems.listed().iter();
    let mut errors: Vec<FieldError> = listed.map(|one| error(one, own)).collect();
    if problems.are_enough() {
        let message = format!("There are more errors than these {LISTED_ERRORS}");
        errors.push(FieldError::whole(message));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(count: usize) -> Vec<FieldError> {
        let mut problems = Problems::default();
        for number in 0..count {
            problems.taken(&format!("field_{number}"));
            problems.taken("field_0");
        }
        assert_eq!(problems.are_enough(), count > LISTED_ERRORS);
        let refused = problems.check().err();
        refused.map_or_else(Vec::new, |it| it.into_reply().errors())
    }

    #[test]
    fn no_more_errors_are_reported_than_the_limit() {
        for count in [0, 1, LISTED_ERRORS] {
            assert_eq!(reported(count).len(), count);
        }
        for count in [LISTED_ERRORS + 1, 10_000] {
            let errors = reported(count);
            assert_eq!(errors.len(), LISTED_ERRORS + 1);
            let last = &errors[LISTED_ERRORS];
            assert_eq!(last.field, None);
            assert!(last.message.contains("more errors"), "{last:?}");
        }
    }

    /// Each as it was said before it was data.
    #[test]
    fn rules_are_said_in_the_words_that_they_had() {
        use crate::refusal::{
            FieldRule, IntegrationRule, RedirectUriRule, Rule, UnitRule, UserRule, WebhookRule,
        };
        let of = |rule: Rule| common("at", &Why::Rule(rule));
        for (rule, sentence) in [
            (
                Rule::Field(FieldRule::NotOfUsers),
                "Fields of users are single_select, multi_select, yes_no or user",
            ),
            (
                Rule::Field(FieldRule::NeedsOptions),
                "Fields of type single_select and multi_select need options",
            ),
            (
                Rule::Field(FieldRule::TakesNoOptions),
                "Only fields of type single_select and multi_select have options",
            ),
            (Rule::Field(FieldRule::Fixed), "Can't be changed"),
            (
                Rule::Field(FieldRule::Required),
                "A required field can't be deleted: make it optional first",
            ),
            (
                Rule::Field(FieldRule::Unlimited),
                "Only fields of jobs, offers and openings are limited to departments and offices",
            ),
            (
                Rule::Field(FieldRule::Token),
                "Must not be blank, and is sent without braces",
            ),
            (
                Rule::User(UserRule::Oneself),
                "Users can't disable themselves",
            ),
            (
                Rule::User(UserRule::LastSiteAdmin),
                "The organization needs another site admin first",
            ),
            (Rule::User(UserRule::NoSiteAdmin), "Must be a site admin"),
            (
                Rule::User(UserRule::ConfidentialJob),
                "Permissions on confidential jobs can't be given by the API",
            ),
            (
                Rule::Unit(UnitRule::WithinItself),
                "Is the unit itself, or below it",
            ),
            (
                Rule::Unit(UnitRule::TooDeep(10)),
                "Has 10 levels with this one, which is the maximum",
            ),
            (
                Rule::Integration(IntegrationRule::LongDescription(200)),
                "Say it in 200 characters or less",
            ),
            (
                Rule::Integration(IntegrationRule::TooManyRedirectUris(10)),
                "There can be 10 redirect URIs at most",
            ),
            (
                Rule::Integration(IntegrationRule::RedirectUri(RedirectUriRule::Fragment)),
                "A redirect URI has no fragment (#)",
            ),
            (
                Rule::Webhook(WebhookRule::Attempts(7)),
                "Must be from 1 to 7",
            ),
            (
                Rule::Webhook(WebhookRule::TooLong(2_048)),
                "Must have at most 2048 bytes",
            ),
            (
                Rule::Webhook(WebhookRule::TooMany(100)),
                "There are 100 webhooks already, and no more are kept",
            ),
            (
                Rule::LongRecord(9),
                "With all that is shown of it, a record would be longer than 9 bytes",
            ),
        ] {
            assert_eq!(of(rule), sentence);
        }
    }

    #[test]
    fn a_face_has_words_of_its_own_for_what_it_names_otherwise() {
        let own: Words = |one| (one.why == Why::Taken).then(|| "Belongs to another".to_owned());
        let mut problems = Problems::default();
        problems.taken("email");
        problems.add("name", Why::Blank);
        let refused = problems.check().unwrap_err().in_words(own);
        let errors = refused.into_reply().errors();
        let said: Vec<_> = errors.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(said, ["Belongs to another", "Must not be blank"]);
        let other = Refusal::NotFound.in_words(own);
        assert_eq!(other.into_reply().status, StatusCode::NOT_FOUND);
    }
}
