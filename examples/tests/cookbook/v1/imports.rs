//! Recipes about candidates who come more than once.

use std::fs;

use serde_json::json;

use super::harness::Harness;
use super::import_candidates::{self, Outcome, Row};
use super::organization::Organization;
use super::{find_duplicates, text};
use crate::folder::Folder;

fn row(key: &str, email: &str) -> Row {
    Row {
        key: key.to_owned(),
        first_name: "Ines".to_owned(),
        last_name: "Barroso".to_owned(),
        email: email.to_owned(),
    }
}

#[tokio::test]
async fn each_row_is_created_once_however_often_the_import_runs() {
    let organization = Organization::start().await;
    let (client, job) = (organization.acting(), organization.job().await);
    let folder = Folder::new("import");
    fs::create_dir_all(&folder.0).unwrap();
    let journal = folder.0.join("journal.jsonl");
    let before = organization.candidates().await.len();
    let rows = [
        row("r1", "ines.barroso@example.com"),
        row("r2", "not an address"),
        row("r3", "ines.barroso@example.com"),
    ];

    let first = import_candidates::run(&client, job, &rows, &journal)
        .await
        .unwrap();
    let Outcome::Created(id) = first[0].1 else {
        panic!("{first:?}")
    };
    assert!(matches!(first[1].1, Outcome::Refused(_)), "{first:?}");
    assert_eq!(first[2], ("r3".to_owned(), Outcome::Known(id)));
    assert_eq!(organization.candidates().await.len(), before + 1);

    // Stopped amid a line, and started again.
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, &text[..text.len() - 9]).unwrap();
    let sent = organization.sandbox.requests().len();
    let second = import_candidates::run(&client, job, &rows, &journal)
        .await
        .unwrap();
    assert_eq!((&second[0], &second[2]), (&first[0], &first[2]));
    assert!(matches!(second[1].1, Outcome::Refused(_)), "{second:?}");
    assert_eq!(organization.candidates().await.len(), before + 1);
    assert!(
        organization.sandbox.requests().len() > sent,
        "the rows that are not done are tried again"
    );
}

#[tokio::test]
async fn what_no_answer_came_to_is_asked_for_before_it_is_sent_again() {
    let harness = Harness::set().await;
    let journal = Folder::new("unknown");
    fs::create_dir_all(&journal.0).unwrap();
    let journal = journal.0.join("journal.jsonl");
    harness.answer("GET /v1/candidates", 200, &json!([]));
    harness.answer("GET /v1/candidates", 200, &json!([{"id": 12}]));
    harness.answer("POST /v1/candidates", 500, &json!({}));
    let rows = [row("r1", "ines.barroso@example.com")];
    let run = || async {
        let client = harness.acting();
        import_candidates::run(&client, 7.into(), &rows, &journal)
            .await
            .unwrap()
    };
    assert_eq!(run().await[0].1, Outcome::Unknown);
    assert_eq!(run().await[0].1, Outcome::Known(12.into()));
    assert_eq!(harness.sent_to("POST /v1/candidates").len(), 1);
    assert_eq!(harness.sent_to("GET /v1/candidates").len(), 2);
}

#[tokio::test]
async fn what_all_rows_would_meet_ends_the_import() {
    let harness = Harness::set().await;
    let journal = Folder::new("denied");
    fs::create_dir_all(&journal.0).unwrap();
    let refusal = json!({"message": "This API Key does not have permission for this endpoint"});
    harness.answer("GET /v1/candidates", 403, &refusal);
    let rows = [row("r1", "a@example.com"), row("r2", "b@example.com")];
    let error = import_candidates::run(
        &harness.acting(),
        7.into(),
        &rows,
        &journal.0.join("journal"),
    )
    .await
    .unwrap_err();
    assert!(
        error.to_string().contains("GET: List Candidates"),
        "{error}"
    );
    assert_eq!(harness.sent().len(), 1);
}

#[tokio::test]
async fn groups_are_joined_by_any_address_in_any_case() {
    let harness = Harness::set().await;
    let candidate = |id: i64, addresses: &[&str]| {
        let addresses: Vec<_> = addresses
            .iter()
            .map(|value| json!({"value": value, "type": "personal"}))
            .collect();
        json!({"id": id, "email_addresses": addresses})
    };
    harness.answer(
        "GET /v1/candidates",
        200,
        &json!([
            candidate(9, &["Mira@example.com"]),
            candidate(4, &["tomas@example.com"]),
            candidate(2, &["mira@example.com ", "m.w@example.com"]),
            candidate(7, &["m.w@example.com", "m.w@example.com"]),
            candidate(1, &[]),
            {"id": 3, "email_addresses": [null, {"value": null}]},
        ]),
    );
    let mut out = Vec::new();
    find_duplicates::run(&harness.client(), &mut out)
        .await
        .unwrap();
    assert_eq!(text(out), "2 7 9\n1 groups\n");
}
