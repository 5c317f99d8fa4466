//! The calls, each as a whole.

use std::collections::BTreeSet;

use serde_json::Value;

use super::facts::{Call, Facts};
use crate::described::{Described, Operation};
use crate::report::{Aspect, Check, Place, Report};
use crate::v3::compare::Comparison;
use crate::v3::shape::Shape;

pub fn compare(facts: &Facts, described: &Described) -> Report {
    let mut report = Report::default();
    for documented in &facts.calls {
        let name = documented.name();
        let mut operations = described.operations();
        let found = operations.find_map(|(method, path)| {
            let operation = described.operation(method, path)?;
            (url(described, operation, method, path) == name).then_some(operation)
        });
        let result = found.map(|_| ()).ok_or("not described".to_owned());
        report.compare(Check::Operation, &name, "", result);
        if let Some(operation) = found {
            call(documented, described, operation, &mut report);
        }
    }
    // The other direction: nothing is described that is not documented.
    for (method, path) in described.operations() {
        let Some(operation) = described.operation(method, path) else {
            continue;
        };
        let url = url(described, operation, method, path);
        let mut known = facts.calls.iter().map(Call::name);
        let known = known.any(|known| known == url).then_some(());
        let known = known.ok_or("not documented".to_owned());
        report.compare(Check::Documented, &url, "", known);
    }
    report
}

/// Method and URL on the live service, which an operation may have of its own.
fn url(described: &Described, operation: Operation<'_>, method: &str, path: &str) -> String {
    let own = &operation.field("servers")[0]["url"];
    let server = own
        .as_str()
        .or(described.field("servers")[0]["url"].as_str());
    format!(
        "{} {}{path}",
        method.to_uppercase(),
        server.unwrap_or_default()
    )
}

fn call(documented: &Call, described: &Described, operation: Operation<'_>, report: &mut Report) {
    let name = documented.name();
    let deprecated = operation.field("deprecated") == true;
    report.equal(
        Check::Deprecated,
        &name,
        "",
        (&deprecated, &documented.deprecated),
    );
    if let Some(words) = &documented.auth {
        let is_basic = (
            &by_basic(described, operation),
            &words.starts_with("HTTP Basic"),
        );
        report.equal(Check::Authentication, &name, "", is_basic);
    }

    let responses = operation.field("responses").as_object();
    let statuses: BTreeSet<_> = responses.into_iter().flatten().map(|(of, _)| of).collect();
    let successes: Vec<_> = statuses.iter().filter(|of| of.starts_with('2')).collect();
    let success = documented.success.status.to_string();
    report.equal(Check::Status, &name, "", (&successes, &vec![&&success]));
    for status in documented.error_statuses.all() {
        let status = status.to_string();
        let found = statuses.contains(&status).then_some(());
        let found = found.ok_or("not described".to_owned());
        report.compare(Check::ErrorStatus, &name, &status, found);
    }

    request(documented, described, operation, report);
    if let Some(schema) = operation.answer(&success) {
        let mut comparison = Comparison {
            report,
            place: Place::Answer,
            subject: &name,
        };
        let shape = Shape::described(described, schema);
        comparison.types("", &shape, &documented.answer());
    }
}

fn request(
    documented: &Call,
    described: &Described,
    operation: Operation<'_>,
    report: &mut Report,
) {
    let name = documented.name();
    let body = described.resolve(operation.field("requestBody"));
    let mut comparison = Comparison {
        report,
        place: Place::Body,
        subject: &name,
    };
    let documented = documented.request_body.as_ref();
    comparison.present("", body.is_object(), documented.is_some());
    let Some(documented) = documented else { return };
    comparison.equal(
        Aspect::Required,
        "the body",
        &(body["required"] == true),
        &documented.required,
    );
    let schema = &body["content"][&documented.content_type]["schema"];
    comparison.present(&documented.content_type, schema.is_object(), true);
    let shape = Shape::described(described, schema);
    comparison.types("", &shape, &documented.shape());
}

/// Whether each way in is HTTP Basic.
fn by_basic(described: &Described, operation: Operation<'_>) -> bool {
    let own = operation.field("security");
    let security = if own.is_array() {
        own
    } else {
        described.field("security")
    };
    let names = security.as_array().into_iter().flatten();
    let mut names = names.filter_map(Value::as_object).flatten().peekable();
    names.peek().is_some()
        && names.all(|(name, _)| {
            let scheme = &described.field("components")["securitySchemes"][name];
            scheme["type"] == "http" && scheme["scheme"] == "basic"
        })
}
