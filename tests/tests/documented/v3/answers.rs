//! The objects that are answered, attribute by attribute.

use std::collections::BTreeSet;

use super::compare::Comparison;
use super::facts::Facts;
use super::shape::Shape;
use crate::described::Described;
use crate::report::{Check, Place, Report};

pub fn compare(facts: &Facts, described: &Described, report: &mut Report) {
    // Several operations answer with one object; it is compared once with each schema that stands for it.
    let mut compared = BTreeSet::new();
    for operation in &facts.operations {
        let name = operation.name();
        let Some(found) = described.operation(&operation.method, &operation.path) else {
            continue;
        };
        for documented in &operation.responses {
            let status = documented.status.to_string();
            let schema = found.answer(&status);
            let is_list = schema.is_some_and(|schema| schema["type"] == "array");
            let shape = match schema {
                None => "empty",
                Some(_) if is_list => "array",
                Some(_) => "object",
            };
            report.equal(
                Check::Answer,
                &name,
                &status,
                (&shape, &documented.shape.as_str()),
            );
            let (Some(schema), Some(object)) = (schema, &documented.object) else {
                continue;
            };
            let schema = if is_list { &schema["items"] } else { schema };
            if !compared.insert((object, schema.to_string())) {
                continue;
            }
            let fact = facts
                .objects
                .get(object)
                .unwrap_or_else(|| panic!("the facts have no object {object}"));
            Comparison {
                report,
                place: Place::Answer,
                subject: object,
            }
            .types("", &Shape::described(described, schema), fact);
        }
    }
    // An object that no operation answers would be compared with nothing.
    let answered: BTreeSet<_> = facts
        .operations
        .iter()
        .flat_map(|operation| &operation.responses)
        .filter_map(|response| response.object.as_deref())
        .collect();
    for object in facts.objects.keys() {
        // Those of the token service, which is another document.
        let is_token = object.starts_with("token_");
        let is_answered = answered.contains(object.as_str());
        assert!(is_answered || is_token, "no operation answers {object}");
    }
}
