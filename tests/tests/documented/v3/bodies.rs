//! The bodies of requests, property by property.

use super::compare::Comparison;
use super::facts::Facts;
use super::shape::Shape;
use crate::described::Described;
use crate::report::{Place, Report};

pub fn compare(facts: &Facts, described: &Described, report: &mut Report) {
    for operation in &facts.operations {
        let name = operation.name();
        let Some(found) = described.operation(&operation.method, &operation.path) else {
            continue;
        };
        let mut comparison = Comparison {
            report,
            place: Place::Body,
            subject: &name,
        };
        let documented = facts.bodies.get(&name);
        assert_eq!(
            operation.request_body.is_some(),
            documented.is_some(),
            "the facts disagree on whether {name} has a body"
        );
        let request = found.request();
        comparison.present("", request.is_some(), documented.is_some());
        if let (Some(request), Some(documented)) = (request, documented) {
            let shape = Shape::described(described, request);
            comparison.types("", &shape, documented);
        }
    }
}
