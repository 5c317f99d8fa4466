//! The résumés of a job.

use harvest_generated::v3::types::JobId;
use serde_json::{Value, json};

use super::server::Server;
use super::{download_resumes, stderr, text};
use crate::folder::Folder;

fn resume(id: i64, filename: &str, url: &str) -> Value {
    json!({"id": id, "application_id": 600 + id, "type": "resume", "filename": filename,
        "url": url})
}

/// 60 applications for the job, some with files.
async fn server() -> Server {
    let server = Server::start().await;
    for id in 601..=660 {
        server.put("applications", [json!({"id": id, "job_id": 1})]);
    }
    server.put("applications", [json!({"id": 661, "job_id": 2})]);
    let good = server.file("/files/good.pdf", 200, "good");
    let odd = server.file("/files/odd", 200, "odd");
    let expired = server.file("/files/expired.docx", 403, "expired");
    let gone = server.file("/files/gone.pdf", 410, "gone");
    server.put(
        "attachments",
        [
            resume(1, "Mira Whitcombe.PDF", &good),
            resume(2, "../../etc/passwd", &odd),
            resume(3, "cv.docx", &expired),
            resume(60, "cv.pdf", &gone),
            resume(61, "other job.pdf", &good),
            json!({"id": 62, "application_id": 601, "type": "cover_letter", "filename": "a.pdf",
                "url": good}),
        ],
    );
    let fresh = server.file("/files/fresh.docx", 200, "fresh");
    server.meanwhile(move |operation, _, records| {
        // Once the list has been read, its links are renewed.
        if operation == "list_attachments" {
            let page = records
                .page("attachments", &vec![], 100)
                .unwrap_or_else(|_| panic!());
            let read = page.records.iter().any(|file| file["seen"] == true);
            let file = records.get("attachments", 3).unwrap();
            if read {
                file["url"] = json!(fresh);
            }
            file["seen"] = json!(true);
        }
        None
    });
    server
}

#[tokio::test]
async fn each_file_is_fetched_once_and_one_that_is_gone_stops_no_other() {
    let server = server().await;
    let folder = Folder::new("v3-resumes");
    let mut out = Vec::new();
    let written = download_resumes::run(&server.client(), JobId(1), &folder.0, &mut out).await;
    assert_eq!(written.unwrap(), 3);
    let files = [
        ("601-1.pdf", "good"),
        ("602-2", "odd"),
        ("603-3.docx", "fresh"),
    ];
    assert_eq!(
        folder.files(),
        files.map(|(name, content)| (name.to_owned(), content.to_owned()))
    );
    let out = text(out);
    assert!(out.contains("attachment 60: "), "{out}");

    let again = &mut Vec::new();
    let written = download_resumes::run(&server.client(), JobId(1), &folder.0, again).await;
    assert_eq!(written.unwrap(), 0);
    server.assert_scopes("download_resumes");
}

#[tokio::test]
async fn a_missing_scope_is_named_before_a_file_is_written() {
    let server = server().await;
    server.deny("harvest:attachments:list");
    let folder = Folder::new("v3-resumes-denied");
    let result =
        download_resumes::run(&server.client(), JobId(1), &folder.0, &mut Vec::new()).await;
    let error = stderr(&result.unwrap_err());
    assert!(error.contains("harvest:attachments:list"), "{error}");
    assert_eq!(folder.files(), []);
}
