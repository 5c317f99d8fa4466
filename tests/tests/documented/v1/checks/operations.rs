//! Comparison of operations as a whole.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::described::{Described, unified};
use crate::report::{Check, Report};
use crate::v1::facts::Facts;

pub fn operations(facts: &Facts, described: &Described, report: &mut Report) {
    for documented in &facts.operations {
        let name = documented.name();
        let operation = described.operation(&documented.method, &documented.path);
        let found = operation.map(|_| ()).ok_or("not described".to_owned());
        report.compare(Check::Operation, &name, "", found);
        let Some(operation) = operation else { continue };

        let deprecated = operation.field("deprecated") == &Value::Bool(true);
        report.equal(
            Check::Deprecated,
            &name,
            "",
            (&deprecated, &documented.deprecated),
        );

        // One heading begins with `Delete:` in place of `DELETE:`.
        let documented_permission = operation.field("x-harvest-documented-permission").as_str();
        let permission = documented_permission.or(operation.field("x-harvest-permission").as_str());
        report.equal(
            Check::Permission,
            &name,
            "",
            (
                &permission.unwrap_or_default().to_lowercase(),
                &documented.heading.to_lowercase(),
            ),
        );

        let url = operation.field("externalDocs")["url"].as_str();
        let anchor = url
            .and_then(|url| url.split_once('#'))
            .map_or("", |(_, of)| of);
        report.equal(
            Check::Anchor,
            &name,
            "",
            (&anchor, &documented.anchor.as_str()),
        );

        let pagination = match documented.pagination.style.as_str() {
            "page+per_page+skip_count" => "offset",
            "next-only" | "paginated-unlisted" | "array-undocumented" => "next-only",
            "none" => "none",
            other => panic!("{name}: what is the pagination `{other}`?"),
        };
        report.equal(
            Check::Pagination,
            &name,
            "",
            (
                &operation.field("x-harvest-pagination").as_str(),
                &Some(pagination),
            ),
        );

        let acting_user = operation.parameter("header", "On-Behalf-Of");
        report.equal(
            Check::ActingUser,
            &name,
            "",
            (
                &acting_user.is_some_and(|parameter| parameter["required"] == true),
                &documented.on_behalf_of_required,
            ),
        );

        for status in &documented.documented_success_statuses {
            let status = status.to_string();
            let found = operation.field("responses").get(&status);
            let found = found.map(|_| ()).ok_or("not described".to_owned());
            report.compare(Check::Status, &name, &status, found);
        }
    }
    // What Dev Center shows was seen by others, for some of the operations.
    let permissions: BTreeSet<_> = described
        .operations()
        .filter_map(|(method, path)| described.operation(method, path))
        .filter_map(|operation| operation.field("x-harvest-permission").as_str())
        .collect();
    for name in &facts.permission_names {
        let found = permissions.contains(name.as_str()).then_some(());
        let found = found.ok_or("no operation needs it".to_owned());
        report.compare(Check::PermissionName, name, "", found);
    }
    // The other direction: nothing is described that is not documented.
    for (method, path) in described.operations() {
        let known = facts.operations.iter().any(|documented| {
            documented.method.eq_ignore_ascii_case(method)
                && unified(&documented.path) == unified(path)
        });
        let known = known.then_some(()).ok_or("not documented".to_owned());
        report.compare(Check::Documented, &format!("{method} {path}"), "", known);
    }
}
