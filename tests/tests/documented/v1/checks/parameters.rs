//! Comparison of inputs: parameters, the fields of a body, and the values that they take.

use serde_json::Value;

use super::covered;
use crate::described::{Described, Operation};
use crate::report::{Check, Report};
use crate::v1::facts::{Facts, Listing, QueryParameter};

pub fn parameters(facts: &Facts, described: &Described, report: &mut Report) {
    for documented in &facts.operations {
        let name = documented.name();
        let Some(operation) = described.operation(&documented.method, &documented.path) else {
            continue;
        };

        for parameter in &documented.path_params {
            let found = operation.parameter("path", &parameter.name);
            let found = found.map(|_| ()).ok_or("not described".to_owned());
            report.compare(Check::PathParameter, &name, &parameter.name, found);
        }
        // Some are listed in a table of query parameters by mistake.
        for parameter in &documented.path_params_listed_as_query {
            let places = ["path", "query"];
            let places = places.map(|place| operation.parameter(place, &parameter.name).is_some());
            let item = format!("{} listed as query parameter", parameter.name);
            report.equal(
                Check::PathParameter,
                &name,
                &item,
                (&places, &[true, false]),
            );
        }
        for parameter in &documented.query_params {
            query_parameter(described, operation, parameter, &name, report);
        }
        for field in &documented.body_params {
            // `office_ids(s)`: the documentation writes some names so.
            let path = field.path.replace("(s)", "");
            let found = operation
                .request()
                .is_some_and(|schema| !described.at(schema, &path).is_empty());
            let found = found.then_some(()).ok_or("not described".to_owned());
            report.compare(Check::BodyField, &name, &field.path, found);
        }
        for listing in &documented.enums {
            let values: Vec<_> = listing.values.iter().map(String::as_str).collect();
            let found = described.values(&listed(described, operation, listing));
            let item = format!("{} {}", listing.place, listing.field);
            report.compare(
                Check::Values,
                &name,
                &item,
                covered(found.as_deref(), &values),
            );
        }
    }
}

fn query_parameter(
    described: &Described,
    operation: Operation<'_>,
    documented: &QueryParameter,
    name: &str,
    report: &mut Report,
) {
    let item = documented.name.as_str();
    let Some(parameter) = operation.parameter("query", item) else {
        report.compare(
            Check::QueryParameter,
            name,
            item,
            Err("not described".to_owned()),
        );
        return;
    };
    let required = parameter["required"] == true;
    report.equal(
        Check::QueryParameter,
        name,
        item,
        (&required, &documented.required_documented),
    );

    let forms = described.forms(&parameter["schema"]);
    let keyword = |keyword: &str| forms.iter().find_map(|form| form.get(keyword)).cloned();
    if let Some(format @ ("date" | "date-time")) = documented.inferred_format.as_deref() {
        report.equal(
            Check::QueryParameterFormat,
            name,
            item,
            (&keyword("format"), &Some(Value::from(format))),
        );
    }
    if let Some(default) = &documented.default {
        report.equal(
            Check::QueryParameterDefault,
            name,
            item,
            (&keyword("default"), &Some(default.clone())),
        );
    }
    let bounds = [
        ("minimum", &documented.minimum),
        ("maximum", &documented.maximum),
        ("maxItems", &documented.max_items),
    ];
    for (key, bound) in bounds {
        if bound.is_some() {
            let item = format!("{item} {key}");
            report.equal(
                Check::QueryParameterBound,
                name,
                &item,
                (&keyword(key), bound),
            );
        }
    }
}

/// The schemas that a listing of values is about.
fn listed<'a>(
    described: &'a Described,
    operation: Operation<'a>,
    listing: &Listing,
) -> Vec<&'a Value> {
    let inside = |schema: Option<&'a Value>| {
        let mut roots = schema.map_or_else(Vec::new, |schema| described.forms(schema));
        // A list is documented by what one of its items has.
        roots.extend(roots.clone().iter().filter_map(|root| root.get("items")));
        roots
            .iter()
            .flat_map(|root| described.at(root, &listing.field))
            .collect()
    };
    match listing.place.as_str() {
        "body" => inside(operation.request()),
        "response" => inside(operation.answer("2")),
        place => operation
            .parameter(place, &listing.field)
            .map_or_else(Vec::new, |parameter| vec![&parameter["schema"]]),
    }
}
