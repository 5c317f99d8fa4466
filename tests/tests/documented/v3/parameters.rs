//! The parameters of each operation, in both directions.

use serde_json::Value;

use super::compare::Comparison;
use super::facts::{Facts, Parameter};
use super::shape::Shape;
use crate::described::Described;
use crate::report::{Aspect, Place, Report};

pub fn compare(facts: &Facts, described: &Described, report: &mut Report) {
    for operation in &facts.operations {
        let name = operation.name();
        let Some(found) = described.operation(&operation.method, &operation.path) else {
            continue;
        };
        let mut comparison = Comparison {
            report,
            place: Place::Parameter,
            subject: &name,
        };
        for documented in &operation.parameters {
            let item = format!("{} {}", documented.place, documented.name);
            let parameter = found.parameter(&documented.place, &documented.name);
            comparison.present(&item, parameter.is_some(), true);
            let Some(parameter) = parameter else { continue };
            let required = parameter["required"] == true;
            comparison.equal(Aspect::Required, &item, &required, &documented.required);
            if documented.style.is_some() {
                let described = (parameter["style"].as_str(), parameter["explode"].as_bool());
                let style = (documented.style.as_deref(), documented.explode);
                comparison.equal(Aspect::Style, &item, &described, &style);
            }
            let schema = Shape::described(described, &parameter["schema"]);
            comparison.types(&item, &schema, &expected(documented));
        }
        for parameter in found.parameters() {
            let (place, name) = (&parameter["in"], &parameter["name"]);
            let known = operation
                .parameters
                .iter()
                .any(|of| *place == of.place.as_str() && *name == of.name.as_str());
            if !known {
                let item = format!("{} {}", text(place), text(name));
                comparison.present(&item, true, false);
            }
        }
    }
}

/// What a schema has to say. A default that is documented in prose only is described like others.
fn expected(documented: &Parameter) -> Shape {
    let mut shape = Shape::documented(&documented.schema);
    // All ranges are objects that refuse what is no comparison.
    for object in &mut shape.objects {
        object.closed = true;
    }
    if let (Some(items), Some(values)) = (&mut shape.items, &documented.items_enum) {
        let listed = serde_json::json!({"enum": values});
        items.values = Shape::documented(&listed).values;
    }
    shape
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
