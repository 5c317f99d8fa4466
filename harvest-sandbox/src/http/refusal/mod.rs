//! Refusals as answers.

mod rules;

use std::collections::HashMap;

use axum::http::StatusCode;

use crate::bounds::{ANSWER_BYTES, LISTED_ERRORS};
use crate::http::reply::{FieldError, Reply};
use crate::refusal::{FULL, Invalid, Problems, Refusal, State, Why};

/// The result of a stage or a handler: what it gives, or else why the request goes no further.
pub(crate) type Outcome<T = Reply> = crate::refusal::Outcome<T>;

impl Refusal {
    /// 403 with a sentence about what is missing.
    pub(crate) fn forbidden(message: &str) -> Self {
        Reply::message(StatusCode::FORBIDDEN, message).into()
    }

    /// What is wrong with each field of a form; under an empty name, what is wrong with no field in particular.
    pub(crate) fn by_field(&self) -> HashMap<String, String> {
        let Self::Invalid(problems) = self else {
            return HashMap::new();
        };
        errors(problems)
            .into_iter()
            .map(|error| (error.field.unwrap_or_default(), error.message))
            .collect()
    }

    /// The answer that says it, in words that were observed or documented as far as there are any.
    pub(crate) fn into_reply(self) -> Reply {
        match self {
            Self::NotFound => Reply::not_found(),
            Self::Denied(_) => {
                Reply::message(StatusCode::FORBIDDEN, "The acting user may not do this")
            }
            Self::Invalid(problems) => Reply::invalid_body(&errors(&problems)),
            Self::AnswerTooLong => {
                let message = format!(
                    "The answer would be longer than {ANSWER_BYTES} bytes: ask for less at once, with a smaller per_page"
                );
                Reply::invalid_request(&[FieldError::whole(message)])
            }
            Self::Full => Reply::message(StatusCode::INSUFFICIENT_STORAGE, FULL),
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
        Self {
            message: words(one.at.as_deref().unwrap_or_default(), &one.why),
            field: one.at.clone(),
        }
    }
}

/// The sentence that says which rule is broken, as observed where that was possible.
fn words(at: &str, why: &Why) -> String {
    match why {
        Why::Unknown(what) => format!("{what} with this id does not exist."),
        Why::Taken => "Is already taken".to_owned(),
        Why::Excludes(other) => format!("Send {at} or {other}, not both"),
        Why::Blank => "Must not be blank".to_owned(),
        Why::TooLong(most) => format!("Must be at most {most} characters long"),
        Why::Closed(what) => format!("This {what} is closed"),
        Why::NotOf(what, whole) => format!("Is no {what} of {whole}"),
        Why::Unchanged(what) => format!("Is {what}"),
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
pub(crate) fn errors(problems: &Problems) -> Vec<FieldError> {
    let listed = problems.listed().iter();
    let mut errors: Vec<FieldError> = listed.map(FieldError::from).collect();
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
}
