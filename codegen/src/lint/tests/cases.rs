//! The ways to break the good description, one for each thing that the linter can find.

mod answers;
mod bodies;
mod conventions;
mod deliveries;
mod documents;
mod examples;
mod extensions;
mod hostile;
mod lost;
mod operations;
mod parameters;
mod properties;
mod schemas;

use serde_json::Value;

/// One way to break the good description, and what the linter says.
pub(super) struct Case {
    pub base: Base,
    pub rule: &'static str,
    pub operation: Option<&'static str>,
    pub pointer: &'static str,
    pub changes: Vec<Change>,
}

/// The description that is broken.
pub(super) enum Base {
    Good,
    Tokens,
    Deliveries,
}

impl Case {
    /// The same in the description of an API with tokens.
    fn with_tokens(self) -> Self {
        Self {
            base: Base::Tokens,
            ..self
        }
    }
}

/// A change to the good description.
pub(super) enum Change {
    Set(&'static str, Value),
    Remove(&'static str),
}
use Change::{Remove, Set};

const LIST: &str = "/paths/~1books/get";
const CREATE: &str = "/paths/~1books/post";

fn case(
    rule: &'static str,
    operation: impl Into<Option<&'static str>>,
    pointer: &'static str,
    changes: impl Into<Vec<Change>>,
) -> Case {
    Case {
        base: Base::Good,
        rule,
        operation: operation.into(),
        pointer,
        changes: changes.into(),
    }
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = documents::document_cases();
    cases.extend(operations::operation_cases());
    cases.extend(parameters::parameter_cases());
    cases.extend(bodies::body_cases());
    cases.extend(answers::answer_cases());
    cases.extend(answers::template_cases());
    cases.extend(schemas::schema_cases());
    cases.extend(schemas::type_cases());
    cases.extend(properties::property_cases());
    cases.extend(properties::role_cases());
    cases.extend(extensions::extension_cases());
    cases.extend(examples::fit_cases());
    cases.extend(hostile::hostile_cases());
    cases.extend(lost::lost_cases());
    cases.extend(conventions::convention_cases());
    cases.extend(deliveries::delivery_cases());
    cases
}
