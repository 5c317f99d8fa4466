//! The types of every version, beside the examples that are described of them.

use super::description::{Example, Operation};
use super::operation_row::Codec;
use super::{calls, v3};

/// One operation of some version.
pub struct Subject {
    pub id: &'static str,
    /// The bodies that it is sent, with the type; none if it sends one by itself.
    pub requests: Vec<(Option<Codec>, Example)>,
    /// Its successes, with the type.
    pub answers: Vec<(Codec, Example)>,
}

/// The operations of every version that has a client.
pub fn subjects() -> Vec<Subject> {
    let v1 = calls::rows();
    let v1 = v1
        .iter()
        .map(|(row, operation)| Subject::new(operation, row.request, |_| row.answer));
    let v3 = v3::rows();
    let v3 = v3
        .iter()
        .map(|(row, operation)| Subject::new(operation, row.request, |status| row.answer(status)));
    v1.chain(v3).collect()
}

impl Subject {
    fn new(operation: &Operation, request: Option<Codec>, of: impl Fn(u16) -> Codec) -> Self {
        let requests = operation.requests.iter();
        let mut answers = Vec::new();
        for answer in operation.answers.iter().filter(|of| of.is_success()) {
            let examples = answer.examples.iter();
            answers.extend(examples.map(|example| (of(answer.status), example.clone())));
        }
        Self {
            id: operation.id,
            requests: requests.map(|example| (request, example.clone())).collect(),
            answers,
        }
    }
}
