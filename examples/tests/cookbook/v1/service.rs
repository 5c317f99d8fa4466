//! The recipe of a web service.

use harvest_generated::v1::Client;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::harness::Harness;
use super::job_service;

async fn serve(client: Client) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(job_service::run(client, listener));
    url
}

async fn read(url: String) -> Value {
    let answer = reqwest::get(url).await.unwrap();
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

#[tokio::test]
async fn open_jobs_are_shown_and_others_are_not() {
    let harness = Harness::set().await;
    let job = |id: i64, status: &str, confidential: bool| {
        json!({
            "id": id, "name": "River warden", "status": status, "confidential": confidential,
            "notes": "private",
        })
    };
    let (open, secret) = (job(7, "open", false), job(8, "open", true));
    harness.answer("GET /v1/jobs", 200, &json!([open, secret]));
    harness.answer("GET /v1/jobs/7", 200, &open);
    harness.answer("GET /v1/jobs/8", 200, &secret);
    harness.answer("GET /v1/jobs/9", 200, &job(9, "closed", false));
    let url = serve(harness.client()).await;

    let shown = json!({"id": 7, "name": "River warden"});
    assert_eq!(read(format!("{url}/jobs")).await, json!([shown]));
    assert_eq!(read(format!("{url}/jobs/7")).await, shown);
    for hidden in [8, 9] {
        let answer = reqwest::get(format!("{url}/jobs/{hidden}")).await.unwrap();
        assert_eq!(answer.status(), 404);
        assert_eq!(answer.text().await.unwrap(), "");
    }
}

#[tokio::test]
async fn errors_become_what_callers_should_see() {
    let harness = Harness::set().await;
    for (id, status, body) in [
        (404, 404, json!({"message": "Resource not found"})),
        (
            403,
            403,
            json!({"message": "This API Key does not have permission for this endpoint"}),
        ),
        (
            401,
            401,
            json!({"message": "Invalid Basic Auth credentials"}),
        ),
        (422, 422, json!({"errors": [{"message": "Invalid"}]})),
        (501, 501, json!({})),
    ] {
        harness.answer(&format!("GET /v1/jobs/{id}"), status, &body);
    }
    let url = serve(harness.client()).await;
    for (id, expected) in [(404, 404), (403, 500), (401, 500), (422, 422), (501, 502)] {
        let answer = reqwest::get(format!("{url}/jobs/{id}")).await.unwrap();
        assert_eq!(answer.status(), expected, "{id}");
        assert_eq!(answer.text().await.unwrap(), "", "{id}");
    }
}
