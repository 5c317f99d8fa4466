//! Harvest v1 and v2: what each operation does. `README.md` beside this file says how to add a resource.

mod activity_feed;
mod applications;
mod approvals;
mod attachments;
mod candidates;
mod close_reasons;
mod custom_fields;
mod demographics;
mod denied;
mod departments;
mod differences;
mod education;
mod eeoc;
mod email_templates;
mod job_openings;
mod job_posts;
mod job_stages;
mod jobs;
mod offers;
mod offices;
mod plain;
mod prospect_pools;
mod rejection_reasons;
mod scheduled_interviews;
mod scorecards;
mod sources;
mod summary;
mod tags;
mod tracking_links;
mod tree;
#[cfg(any(feature = "dev-center", test))]
mod trials;
mod user_permissions;
mod user_roles;
mod users;
mod words;

use std::time::Duration;

use crate::faces::{Face, Resource, Unhandled};
use crate::http::limit::Rule;
use crate::store::StoredText;

pub(crate) static FACE: Face = Face {
    name: "v1",
    // How far an interview is depends on the time.
    stored_in: StoredText::InAllBut("document", &["scheduled_interview"]),
    denied: denied::denied,
    words: words::words,
    lenient: true,
    // As it is documented.
    limit: Rule {
        requests: 50,
        window: Duration::from_secs(10),
        aligned: false,
    },
    unhandled: Unhandled::FromExample,
    form: |_, reply| reply,
    resources: RESOURCES,
    differences: differences::DIFFERENCES,
    #[cfg(any(feature = "dev-center", test))]
    trials: &trials::TRIALS,
};

/// Every resource that has operations.
static RESOURCES: &[&Resource] = &[
    &departments::RESOURCE,
    &offices::RESOURCE,
    &custom_fields::RESOURCE,
    &users::RESOURCE,
    &user_roles::RESOURCE,
    &sources::RESOURCE,
    &rejection_reasons::RESOURCE,
    &tags::RESOURCE,
    &education::RESOURCE,
    &prospect_pools::RESOURCE,
    &close_reasons::RESOURCE,
    &jobs::RESOURCE,
    &job_openings::RESOURCE,
    &job_stages::RESOURCE,
    &job_posts::RESOURCE,
    &user_permissions::RESOURCE,
    &email_templates::RESOURCE,
    &activity_feed::RESOURCE,
    &applications::RESOURCE,
    &candidates::RESOURCE,
    &demographics::RESOURCE,
    &eeoc::RESOURCE,
    &offers::RESOURCE,
    &approvals::RESOURCE,
    &tracking_links::RESOURCE,
    &scheduled_interviews::RESOURCE,
    &scorecards::RESOURCE,
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::RESOURCES;
    use super::differences::DIFFERENCES;
    use crate::domain;
    use crate::domain::access::Actor;
    use crate::domain::migrations::MIGRATIONS;
    use crate::openapi::document::Document;

    #[test]
    fn each_handler_is_for_one_operation_of_the_description() {
        let described = harvest_spec::document("v1").unwrap();
        let document = Document::parse(described.json).unwrap();
        let known: HashSet<&str> = document
            .operations
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        let mut seen = HashSet::new();
        for (operation, _) in RESOURCES.iter().flat_map(|resource| resource.operations) {
            assert!(known.contains(operation), "{operation} is not described");
            assert!(seen.insert(*operation), "{operation} has two handlers");
        }
    }

    #[test]
    fn whether_a_user_sees_a_record_is_not_asked_of_all_records() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        for migration in MIGRATIONS {
            connection.execute_batch(migration.sql).unwrap();
        }
        for site_admin in [true, false] {
            let user = Actor { id: 1, site_admin };
            for kind in domain::RESOURCES.iter().flat_map(|resource| resource.kinds) {
                for sql in user.asked_by_record(kind) {
                    let explain = format!("EXPLAIN QUERY PLAN {sql}");
                    let mut plan = connection.prepare(&explain).unwrap();
                    let steps = plan.query_map((1, 2), |row| row.get(3)).unwrap();
                    for step in steps.map(Result::<String, _>::unwrap) {
                        // Confidential jobs are few, and have an index.
                        let of_few = step.contains("job_confidential");
                        let is_scan = step.starts_with("SCAN") && !of_few;
                        let by_job = step.contains("application_job USING PRIMARY KEY (job_id");
                        let is_cheap = !by_job && (!is_scan || step == "SCAN CONSTANT ROW");
                        assert!(is_cheap, "{}: {step}: {sql}", kind.table);
                    }
                }
            }
        }
    }

    #[test]
    fn what_a_list_leaves_out_is_found_without_looking_at_all_records() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        for migration in MIGRATIONS {
            connection.execute_batch(migration.sql).unwrap();
        }
        let (id, site_admin) = (1, true);
        let user = Actor { id, site_admin };
        let mut sets = 0;
        for kind in domain::RESOURCES.iter().flat_map(|resource| resource.kinds) {
            let Some(sql) = user.asked_by_list(kind) else {
                continue;
            };
            sets += 1;
            let explain = format!("EXPLAIN QUERY PLAN {sql}");
            let mut plan = connection.prepare(&explain).unwrap();
            let steps = plan.query_map([1], |row| row.get(3)).unwrap();
            for step in steps.map(Result::<String, _>::unwrap) {
                // Both are few, and have an index.
                let of_few = ["job_confidential", "candidate_private"];
                let is_scan =
                    step.starts_with("SCAN") && !of_few.iter().any(|it| step.contains(it));
                assert!(!is_scan, "{}: {step}: {sql}", kind.table);
            }
        }
        assert!(sets > 30, "{sets} kinds");
    }

    #[test]
    fn each_difference_is_of_an_operation_of_the_description() {
        let described = harvest_spec::document("v1").unwrap();
        let document = Document::parse(described.json).unwrap();
        for (operation, _) in DIFFERENCES {
            let known = document.operations.iter().any(|it| it.id == *operation);
            assert!(known, "{operation} is not described");
        }
    }

    #[test]
    fn kinds_have_tables_and_ids_of_their_own() {
        let mut tables = HashSet::new();
        let mut ids = HashSet::new();
        for kind in domain::RESOURCES.iter().flat_map(|resource| resource.kinds) {
            assert!(tables.insert(kind.table), "{}", kind.table);
            assert!(ids.insert(kind.first_id), "{}", kind.table);
        }
        let mut presented = HashSet::new();
        for it in RESOURCES.iter().flat_map(|resource| resource.presentations) {
            let table = it.kind.table;
            assert!(presented.insert(table), "{table} has two presentations");
            for embeds in it.embeds {
                let embedded = embeds.table;
                assert!(tables.contains(embedded), "{table} embeds {embedded}");
            }
        }
        // What v1 shows inside of other records alone has no presentation of its own.
        assert!(presented.is_subset(&tables), "{presented:?}");
    }
}
