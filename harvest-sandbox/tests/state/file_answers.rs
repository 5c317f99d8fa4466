//! Headers of answers to requests for files.

use harvest_sandbox::Fault;
use reqwest::Client;
use serde_json::json;

use crate::organization::Organization;
use crate::support::{self, Answer};

fn is_contained(answer: &Answer) {
    let policy = answer.header("content-security-policy");
    assert_eq!(policy, "sandbox; default-src 'none'");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    let disposition = answer.header("content-disposition");
    assert!(disposition.starts_with("attachment"), "{disposition}");
    assert_eq!(
        answer.headers.get_all("content-disposition").iter().count(),
        1
    );
}

/// A candidate with a file, and the link to it.
async fn attached(organization: &Organization, name: &str, content_type: &str) -> String {
    let body = json!({"first_name": "Iva", "last_name": "Sol"});
    let person = organization.write("POST", "/v1/prospects", body, 201).await;
    let file = json!({"filename": name, "type": "resume", "content": "SGVsbG8=",
        "content_type": content_type});
    let path = format!("/v1/candidates/{}/attachments", person["id"]);
    let added = organization.write("POST", &path, file, 201).await;
    added["url"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn files_are_saved_under_their_names_and_run_nothing() {
    let organization = Organization::start().await;
    for content_type in ["text/html", "application/xml", "text/javascript"] {
        let link = attached(&organization, "r\u{e9}sum\u{e9} \"1\".html", content_type).await;
        let answer = support::send(Client::new().get(&link)).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, "Hello"));
        is_contained(&answer);
        assert_eq!(answer.header("content-type"), content_type);
        assert_eq!(
            answer.header("content-disposition"),
            "attachment; filename=\"r_sum_ _1_.html\"; \
             filename*=UTF-8''r%C3%A9sum%C3%A9%20%221%22.html"
        );
    }
}

#[tokio::test]
async fn whatever_is_answered_in_the_place_of_a_file_is_contained() {
    let organization = Organization::start().await;
    let client = Client::new();
    let link = attached(&organization, "cv.html", "text/html").await;
    let bare = link.split('?').next().unwrap();
    let made_up = link.replace("signature=", "signature=00");
    let requests = [
        (client.get(bare), 403),
        (client.get(made_up), 403),
        (
            client.get(format!("{}/_files/", organization.sandbox.url())),
            403,
        ),
        (client.get(&link).basic_auth("k", Some("")), 400),
    ];
    for (request, status) in requests {
        let answer = support::send(request).await;
        assert_eq!(answer.status, status);
        is_contained(&answer);
    }
    is_contained(&support::send(client.post(&link).body("x")).await);
    is_contained(&support::send(client.head(&link)).await);
    // Of a fault, too, and of a link that has run out.
    let faults = organization.sandbox.faults();
    faults.add(Fault::html(503).first(1)).unwrap();
    let answer = support::send(client.get(&link)).await;
    assert_eq!(answer.status, 503);
    is_contained(&answer);
    let week = std::time::Duration::from_secs(7 * 24 * 3600);
    organization.sandbox.clock().advance(week).unwrap();
    let answer = support::send(client.get(&link)).await;
    assert_eq!(answer.status, 403);
    is_contained(&answer);
}
