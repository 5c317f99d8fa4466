//! Documented facts about an operation as a whole.

use std::collections::BTreeSet;

use super::facts::Facts;
use crate::described::{Described, unified};
use crate::report::{Check, Report};

pub fn compare(facts: &Facts, described: &Described, report: &mut Report) {
    for documented in &facts.operations {
        let name = documented.name();
        let operation = described.operation(&documented.method, &documented.path);
        let found = operation.map(|_| ()).ok_or("not described".to_owned());
        report.compare(Check::Operation, &name, "", found);
        let Some(operation) = operation else { continue };

        let marks = [
            (Check::Deprecated, "deprecated", documented.deprecated),
            (Check::Internal, "x-harvest-internal", documented.internal),
            (
                Check::PartnerOnly,
                "x-harvest-partner-only",
                documented.partner_only,
            ),
        ];
        for (check, key, documented) in marks {
            let described = operation.field(key) == true;
            report.equal(check, &name, "", (&described, &documented));
        }
        // What is not said is not known.
        if let Some(documented) = documented.site_admin_required {
            let described = operation.field("x-harvest-site-admin") == true;
            report.equal(Check::SiteAdmin, &name, "", (&described, &documented));
        }

        let security = operation.field("security").as_array();
        let mut described: Vec<String> = Vec::new();
        for scheme in security.into_iter().flatten() {
            for (scheme, scopes) in scheme.as_object().into_iter().flatten() {
                described.push(format!("{scheme} {scopes}"));
            }
        }
        let scope = documented.oauth_scope.as_deref().unwrap_or_default();
        let documented_security = [format!("oauth2 [{scope:?}]"), "bearer []".to_owned()];
        report.equal(
            Check::Scope,
            &name,
            "",
            (&described, &documented_security.to_vec()),
        );

        let pagination = match documented.success.pagination.as_deref() {
            Some("cursor via Link rel=next") => "cursor",
            None => "none",
            Some(other) => panic!("{name}: what is the pagination `{other}`?"),
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

        let responses = operation.field("responses").as_object();
        let described: BTreeSet<_> = responses
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
            .collect();
        let successes: BTreeSet<_> = described.iter().filter(|of| of.starts_with('2')).collect();
        let documented_successes: BTreeSet<_> = documented
            .responses
            .iter()
            .map(|response| response.status.to_string())
            .collect();
        report.equal(
            Check::Status,
            &name,
            "",
            (
                &successes.into_iter().map(|of| (*of).clone()).collect(),
                &documented_successes,
            ),
        );
        for status in documented.error_statuses.all() {
            let status = status.to_string();
            let found = described.contains(&status).then_some(());
            let found = found.ok_or("not described".to_owned());
            report.compare(Check::ErrorStatus, &name, &status, found);
        }
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
