//! The documented objects: their attributes, the values that these take, and their examples.

use serde_json::{Value, json};

use super::covered;
use super::examples::survives;
use crate::described::Described;
use crate::folder::text;
use crate::report::{Check, Report};
use crate::v1::decode::OBJECTS;
use crate::v1::facts::{Facts, Numbers};

pub fn objects(facts: &Facts, described: &Described, report: &mut Report) {
    for documented in &facts.objects {
        let models = OBJECTS
            .iter()
            .filter(|object| object.name == documented.name);
        let models: Vec<_> = models.collect();
        assert!(
            !models.is_empty(),
            "add a row to decode.rs for the object {}",
            documented.name
        );
        for object in models {
            let subject = format!("{} ({})", object.name, object.model);
            let schema = described
                .model(object.model)
                .unwrap_or_else(|| panic!("there is no model {}", object.model));

            for attribute in &documented.attributes {
                let Some(path) = &attribute.json_path else {
                    continue;
                };
                let found = !described.at(schema, path).is_empty();
                let found = found.then_some(()).ok_or("not described".to_owned());
                report.compare(Check::Attribute, &subject, path, found);

                let Some(values) = &attribute.values else {
                    continue;
                };
                let values: Vec<_> = values.iter().filter_map(Value::as_str).collect();
                // The place of the values is given where it is another; some forget the brackets of a list.
                let elsewhere = attribute.enum_field.as_ref();
                let path = elsewhere
                    .filter(|path| !described.at(schema, path).is_empty())
                    .unwrap_or(path);
                let found = described.values(&described.at(schema, path));
                report.compare(
                    Check::AttributeValues,
                    &subject,
                    path,
                    covered(found.as_deref(), &values),
                );
            }

            let mut numbers = Numbers::default();
            for file in facts.examples_of(object.name) {
                let example = text(&file);
                // The object of an opening is shown as the only item of a list, and that of educations as three lists.
                let read: Value = serde_json::from_str(&example).unwrap();
                let items = match read {
                    Value::Array(items) => items,
                    object => vec![object],
                };
                for item in items {
                    let number = format!("example {}", numbers.next(""));
                    let result = survives(
                        described,
                        Some(&json!({"$ref": format!("#/components/schemas/{}", object.model)})),
                        Some(object.decode),
                        &item.to_string(),
                    );
                    report.compare(Check::ObjectExample, &subject, &number, result);
                }
            }
        }
    }
}
