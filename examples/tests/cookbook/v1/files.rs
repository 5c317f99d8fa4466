//! Recipes about files.

use std::path::Path;
use std::time::Duration;

use harvest_generated::runtime::PollOptions;
use harvest_generated::runtime::attachment::Upload;
use harvest_generated::v1::types::JobId;
use serde_json::{Value, json};

use super::create_candidate::{self, Person};
use super::harness::Harness;
use super::{download_resumes, text};
use crate::folder::Folder;

/// A candidate to create.
pub fn ines() -> Person {
    Person {
        first_name: "Ines".to_owned(),
        last_name: "Barroso".to_owned(),
        email: "ines.barroso@example.com".to_owned(),
    }
}

async fn create(harness: &Harness) -> (anyhow::Result<()>, String) {
    let resume = Upload::from_bytes("resume.txt", "Ten years on the Douro.").unwrap();
    let poll = PollOptions::new().interval(Duration::from_millis(5));
    let mut out = Vec::new();
    let result =
        create_candidate::run(&harness.acting(), &ines(), JobId(7), resume, poll, &mut out).await;
    (result, text(out))
}

#[tokio::test]
async fn a_candidate_is_created_awaited_and_given_a_resume() {
    let harness = Harness::set().await;
    harness.answer("GET /v1/candidates", 200, &json!([]));
    // Before it is done: nothing but ids, and for a while not even that.
    harness.answer(
        "POST /v1/candidates",
        201,
        &json!({"id": 501, "application_ids": [601]}),
    );
    harness.answer(
        "GET /v1/candidates/501",
        404,
        &json!({"message": "Resource not found"}),
    );
    harness.answer(
        "GET /v1/candidates/501",
        200,
        &json!({"id": 501, "application_ids": [601]}),
    );
    let attach = "POST /v1/applications/601/attachments";
    harness.answer(
        attach,
        201,
        &json!({"filename": "resume.txt", "type": "resume"}),
    );

    let (result, out) = create(&harness).await;
    result.unwrap();

    assert_eq!(
        out,
        "candidate 501 is created\napplication 601 has a résumé\n"
    );
    let created = harness.sent_to("POST /v1/candidates");
    assert_eq!(created.len(), 1);
    assert_eq!(
        created[0].body,
        json!({
            "first_name": "Ines", "last_name": "Barroso",
            "email_addresses": [{"value": "ines.barroso@example.com", "type": "personal"}],
            "applications": [{"job_id": 7}],
        })
    );
    assert_eq!(harness.sent_to("GET /v1/candidates/501").len(), 2);
    let attached = harness.sent_to(attach);
    assert_eq!(attached.len(), 1);
    assert_eq!(
        attached[0].body,
        json!({
            "filename": "resume.txt", "type": "resume", "content_type": "text/plain",
            "content": "VGVuIHllYXJzIG9uIHRoZSBEb3Vyby4=",
        })
    );
    for sent in created.iter().chain(&attached) {
        assert_eq!(sent.acting_user, Some(harness.user_id()));
    }
}

#[tokio::test]
async fn somebody_who_is_there_is_not_created_again() {
    let harness = Harness::set().await;
    let known = json!([{"id": 5, "email_addresses": [{"value": "ines.barroso@example.com"}]}]);
    harness.answer("GET /v1/candidates", 200, &known);
    let (result, out) = create(&harness).await;
    let error = result.unwrap_err().to_string();
    assert!(
        error.starts_with("candidate 5 has this address already"),
        "{error}"
    );
    assert_eq!(out, "");
    assert_eq!(
        harness.sent_to("GET /v1/candidates")[0].query,
        "email=ines.barroso@example.com"
    );
    assert_eq!(harness.sent().len(), 1);
}

#[tokio::test]
async fn a_creation_that_fails_is_not_repeated() {
    let harness = Harness::set().await;
    harness.answer("GET /v1/candidates", 200, &json!([]));
    harness.answer("POST /v1/candidates", 502, &json!({}));
    let (result, out) = create(&harness).await;
    assert!(
        result
            .unwrap_err()
            .to_string()
            .contains("look before you send it again")
    );
    assert_eq!(out, "");
    assert_eq!(harness.sent_to("POST /v1/candidates").len(), 1);
}

fn application(id: i64, attachments: &Value) -> Value {
    json!({"id": id, "status": "active", "attachments": attachments})
}

async fn download(harness: &Harness, folder: &Path) -> (usize, String) {
    let mut out = Vec::new();
    let written = download_resumes::run(&harness.client(), JobId(7), folder, &mut out)
        .await
        .unwrap();
    (written, text(out))
}

#[tokio::test]
async fn all_resumes_of_a_job_end_up_in_the_folder() {
    let harness = Harness::set().await;
    let resume = |name: &str, url: &str| json!({"filename": name, "url": url, "type": "resume"});
    let letter = json!({"filename": "letter.pdf", "url": "https://files.example.com/no",
        "type": "cover_letter"});
    let good = harness.file("/files/good.pdf", 200, "good");
    let odd = harness.file("/files/odd.pdf", 200, "odd");
    let expired = harness.file("/files/expired.pdf", 403, "expired");
    let fresh = harness.file("/files/fresh.pdf", 200, "fresh");
    let gone = harness.file("/files/gone.pdf", 410, "gone");
    harness.answer(
        "GET /v1/applications",
        200,
        &json!([
            application(
                1,
                &json!([
                    letter,
                    resume("cv.pdf", &good),
                    resume("../../.cv.PDF", &odd)
                ])
            ),
            application(2, &json!([resume("cv.docx", &expired)])),
            application(3, &json!([resume("cv", &gone)])),
            application(4, &json!([])),
        ]),
    );
    harness.answer(
        "GET /v1/applications/2",
        200,
        &application(2, &json!([resume("cv.docx", &fresh)])),
    );
    harness.answer(
        "GET /v1/applications/3",
        200,
        &application(3, &json!([resume("cv", &gone)])),
    );

    let folder = Folder::new("resumes");
    let (written, out) = download(&harness, &folder.0).await;

    assert_eq!(written, 3, "{out}");
    let file = |name: &str, content: &str| (name.to_owned(), content.to_owned());
    let files = [
        file("1-0.pdf", "good"),
        file("1-1.pdf", "odd"),
        file("2-0.docx", "fresh"),
    ];
    assert_eq!(folder.files(), files);
    assert!(
        out.lines().any(|line| line.starts_with("application 3: ")),
        "{out}"
    );
    assert_eq!(
        harness.sent_to("GET /v1/applications")[0].query,
        "job_id=7&per_page=500"
    );
    // There is no key in the files.
    for sent in harness.sent() {
        assert_eq!(
            sent.has_credentials,
            !sent.path.starts_with("/files/"),
            "{}",
            sent.path
        );
    }

    // What is there is not fetched again.
    let (written, _) = download(&harness, &folder.0).await;
    assert_eq!(written, 0);
    assert_eq!(harness.sent_to("GET /files/good.pdf").len(), 1);
    assert_eq!(folder.files(), files);
}
