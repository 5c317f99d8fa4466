//! Every bulk job of v3 by the generated client on the records of the sandbox: each row's result, bodies that are split, and
//! as many jobs as may be active.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

#[allow(dead_code, reason = "it has more than these tests use")]
#[path = "../../harvest-sandbox/tests/v3/both.rs"]
mod both;
#[path = "bulk/rows.rs"]
mod rows;
#[path = "../../harvest-sandbox/tests/state/schema_conformance.rs"]
mod schema_conformance;
#[path = "../../harvest-sandbox/tests/support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::pin::Pin;
use std::time::Duration;

use futures_util::future::join_all;
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{
    BlockedSpamSourceBulkCreate, BlockedSpamSourceBulkDelete, BlockedSpamSourceBulkUpdate,
    CandidateBulkCreate, CustomFieldOptionBulkCreate, CustomFieldOptionBulkDelete,
    CustomFieldOptionBulkUpdate, DepartmentBulkUpdate, JobBulkCreate, JobOpeningBulkCreate,
    JobOpeningBulkDelete, JobOpeningBulkUpdate, OfficeBulkUpdate, UserBulkCreate, UserBulkIds,
    UserBulkUpdate,
};
use harvest_runtime::{BulkJob, BulkOutcome, Error, Limiter, PollOptions, RowOutcome};
use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use both::Both;
use rows::{Rows, rows};

/// `Send`, so that a task of a runtime with several threads can be given it.
type Outcome = Pin<Box<dyn Future<Output = Result<BulkOutcome, Error>> + Send>>;

/// A bulk job by the name of its operation, and the call that runs it.
struct Job {
    id: &'static str,
    run: fn(Client, Value) -> Outcome,
}

macro_rules! jobs {
    ($($id:ident: $body:ty),+ $(,)?) => {
        [$(Job {
            id: stringify!($id),
            run: |client, body| Box::pin(async move {
                let body: $body = serde_json::from_value(body).unwrap();
                let poll = PollOptions::new().interval(Duration::from_millis(100));
                client.$id(&body).send_and_wait(poll).await
            }),
        }),+]
    };
}

/// All of them, in an order in which what is there serves the next.
const JOBS: [Job; 18] = jobs![
    bulk_create_blocked_spam_sources: BlockedSpamSourceBulkCreate,
    bulk_update_blocked_spam_sources: BlockedSpamSourceBulkUpdate,
    bulk_delete_blocked_spam_sources: BlockedSpamSourceBulkDelete,
    bulk_create_candidates: CandidateBulkCreate,
    bulk_create_custom_field_options: CustomFieldOptionBulkCreate,
    bulk_update_custom_field_options: CustomFieldOptionBulkUpdate,
    bulk_delete_custom_field_options: CustomFieldOptionBulkDelete,
    bulk_update_departments: DepartmentBulkUpdate,
    bulk_create_jobs: JobBulkCreate,
    bulk_update_offices: OfficeBulkUpdate,
    bulk_create_job_openings: JobOpeningBulkCreate,
    bulk_update_job_openings: JobOpeningBulkUpdate,
    bulk_delete_job_openings: JobOpeningBulkDelete,
    bulk_create_users: UserBulkCreate,
    bulk_update_users: UserBulkUpdate,
    bulk_disable_users: UserBulkIds,
    bulk_enable_users: UserBulkIds,
    bulk_revoke_user_permissions: UserBulkIds,
];

fn job(id: &str) -> &'static Job {
    JOBS.iter().find(|job| job.id == id).unwrap()
}

/// A client of the sandbox's own integration, with a limit of its own.
fn client(sandbox: &Sandbox) -> Client {
    let credentials = sandbox.v3_credentials().unwrap();
    Client::builder()
        .client_credentials(
            credentials.client_id.as_str(),
            credentials.client_secret.as_str(),
        )
        .base_url(sandbox.url())
        .token_url(sandbox.token_url().unwrap())
        .limiter(Limiter::unlimited())
        .build()
        .unwrap()
        .with_acting_user(sandbox.user_id())
}

/// The operations that start jobs, as the description says.
fn described() -> BTreeSet<String> {
    let document = harvest_spec::document("v3").unwrap().json;
    let document: Value = serde_json::from_str(document).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|item| item.as_object().unwrap().values());
    let jobs = operations.filter(|it| {
        let accepted = &it["responses"]["202"]["content"]["application/json"]["schema"];
        accepted["$ref"] == "#/components/schemas/BulkRequestAccepted"
    });
    jobs.map(|it| it["operationId"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn every_bulk_job_has_a_result_for_each_row() {
    let known: BTreeSet<String> = JOBS.iter().map(|job| job.id.to_owned()).collect();
    assert_eq!(known, described(), "each has an entry in JOBS");

    let both = Both::start().await;
    let client = client(&both.sandbox);
    for Job { id, run } in JOBS {
        let Rows { good, bad } = rows(&both, id).await;
        // Of both sorts, of which none is recognized by its place.
        let mixed = vec![
            bad[0].clone(),
            good[0].clone(),
            bad[1].clone(),
            good[1].clone(),
        ];
        // Nothing but rows that are done, or refused: one file of results is missing.
        let kinds = [
            (mixed, &[false, true, false, true][..]),
            (good[2..].to_vec(), &[true]),
            (bad, &[false, false]),
        ];
        let jobs = kinds
            .iter()
            .map(|(rows, _)| run(client.clone(), json!({"data": rows})));
        let outcomes = join_all(jobs).await;
        for ((rows, expected), outcome) in kinds.iter().zip(outcomes) {
            let outcome = outcome.unwrap();
            check(id, &outcome, rows, expected);
            assert_eq!(outcome.is_complete(), !expected.contains(&false));
        }
    }
    let started = both.list("/v3/bulk_requests?per_page=500").await;
    assert_eq!(started.len(), 3 * JOBS.len());
}

/// One job, and of each row what should have become of it.
fn check(id: &str, outcome: &BulkOutcome, rows: &[Value], expected: &[bool]) {
    assert!(outcome.error().is_none(), "{id}: {:?}", outcome.error());
    assert_eq!(outcome.rows().len(), expected.len(), "{id}");
    for (row, is_done) in outcome.rows().iter().zip(expected) {
        let at = row.index();
        match row.outcome() {
            RowOutcome::Done { id: Some(record) } if *is_done => {
                // That of the record that the row names, or of one that was made.
                let named = rows[at].as_i64().or(rows[at]["id"].as_i64());
                assert!(named.is_none_or(|it| it == *record), "{id}: row {at}");
                assert!(*record > 9, "{id}: row {at}");
            }
            RowOutcome::Failed(failure) if !is_done => {
                let message = failure.message().unwrap_or_default();
                assert!(!message.is_empty(), "{id}: row {at}");
            }
            RowOutcome::Failed(failure) => panic!("{id}: row {at}: {:?}", failure.message()),
            other => panic!("{id}: row {at}: {other:?}"),
        }
    }
    let [job] = outcome.jobs() else {
        panic!("{id}: {} jobs", outcome.jobs().len());
    };
    let done = expected.iter().filter(|is_done| **is_done).count() as u64;
    let failed = expected.len() as u64 - done;
    let counts = (job.succeeded_count(), job.failed_count());
    assert_eq!(
        (job.state(), counts),
        (Some("completed"), (Some(done), Some(failed))),
        "{id}"
    );
    assert_eq!(
        (job.succeeded().is_some(), job.failed().is_some()),
        (done > 0, failed > 0),
        "{id}"
    );
}

#[tokio::test]
async fn more_than_ten_megabytes_are_several_jobs_of_whole_rows() {
    let both = Both::start().await;
    // A text without a bound in the description, as long as the sandbox takes one.
    let company = "marsh ".repeat(10_900);
    let rows: Vec<Value> = (0..180)
        .map(|at| {
            let mut row =
                json!({"first_name": "Reed", "last_name": format!("No. {at}"), "company": company});
            // One is refused, in the second job.
            if at == 175 {
                row["application"] = json!({"job_id": 9});
            }
            row
        })
        .collect();
    let body = json!({"data": rows});
    assert!(body.to_string().len() > 11 << 20);
    let run = job("bulk_create_candidates").run;
    let outcome = run(client(&both.sandbox), body).await.unwrap();
    assert!(outcome.error().is_none(), "{:?}", outcome.error());
    let parts: Vec<_> = outcome.jobs().iter().map(BulkJob::rows).collect();
    assert_eq!(parts.len(), 2);
    assert_eq!(
        (parts[0].start, parts[0].end, parts[1].end),
        (0, parts[1].start, 180)
    );
    let refused: Vec<_> = outcome.failed().map(|(at, _)| at).collect();
    assert_eq!(refused, [175]);
    for row in outcome.rows().iter().filter(|row| row.index() % 25 == 24) {
        let RowOutcome::Done { id: Some(id) } = row.outcome() else {
            panic!("row {}: {:?}", row.index(), row.outcome());
        };
        let path = format!("/v3/candidates?ids={id}&fields=last_name");
        let made = both.list(&path).await;
        assert_eq!(made[0]["last_name"], format!("No. {}", row.index()));
    }
}

#[tokio::test]
async fn of_one_client_no_more_jobs_are_active_than_may_be() {
    let both = Both::start().await;
    let client = client(&both.sandbox);
    let outcomes = eight_at_once(|| client.clone()).await;
    assert!(outcomes.iter().all(BulkOutcome::is_complete));
    assert_eq!(refused(&both), 0);
    assert_eq!(both.list("/v3/bulk_requests").await.len(), 8);
}

/// The service limits jobs by credential, and a client knows only of its own.
#[tokio::test]
async fn a_job_that_is_one_too_many_is_started_later_and_once() {
    let both = Both::start().await;
    let outcomes = eight_at_once(|| client(&both.sandbox)).await;
    assert!(outcomes.iter().all(BulkOutcome::is_complete));
    assert!(refused(&both) > 0);
    assert_eq!(both.list("/v3/bulk_requests").await.len(), 8);
}

/// Eight jobs at the same time.
async fn eight_at_once(client: impl Fn() -> Client) -> Vec<BulkOutcome> {
    let run = job("bulk_create_candidates").run;
    let jobs = (0..8).map(|at| {
        let row = json!({"first_name": "Sedge", "last_name": format!("No. {at}")});
        run(client(), json!({"data": [row]}))
    });
    let outcomes = join_all(jobs).await;
    outcomes.into_iter().map(Result::unwrap).collect()
}

/// How many starts of jobs were refused because there were too many.
fn refused(both: &Both) -> usize {
    let all = both.sandbox.requests();
    let refused = all.iter().filter(|it| it.status == Some(429));
    refused
        .inspect(|it| assert_eq!(it.operation.as_deref(), Some("bulk_create_candidates")))
        .count()
}
