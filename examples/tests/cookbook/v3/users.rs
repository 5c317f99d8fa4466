//! The list of users.

use serde_json::json;

use super::server::Server;
use super::{list_users, stderr, text};

async fn server() -> Server {
    let server = Server::start().await;
    server.put(
        "users",
        [
            json!({"id": 11, "name": "Tomas Okafor", "primary_email": "tomas.okafor@example.com",
                "site_admin": true}),
            json!({"id": 12, "name": "Ines Barroso", "site_admin": false, "deactivated": true}),
            json!({"id": 13, "name": "Mira Whitcombe", "site_admin": false, "deactivated": false}),
        ],
    );
    server.page_size(2);
    server
}

#[tokio::test]
async fn all_pages_are_printed_with_the_properties_that_were_asked_for() {
    let server = server().await;
    let mut out = Vec::new();
    list_users::run(&server.client(), &mut out).await.unwrap();
    assert_eq!(
        text(out),
        "13\tMira Whitcombe\tactive\n12\tInes Barroso\tdeactivated\n11\tTomas Okafor\tsite admin\n"
    );
    let sent = server.sent("list_users");
    let fields = ("fields", "id,name,site_admin,deactivated");
    let first: Vec<_> = sent[0]
        .query
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    assert_eq!(first, [fields, ("per_page", "500")]);
    assert_eq!(sent[1].query.len(), 1);
    assert_eq!(sent[1].query[0].0, "cursor");
    assert_eq!(server.tokens(), [None]);
    server.assert_scopes("list_users");
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let server = server().await;
    server.deny("harvest:users:list");
    let error = list_users::run(&server.client(), &mut Vec::new()).await;
    let error = stderr(&error.unwrap_err());
    assert!(error.contains("harvest:users:list"), "{error}");
    assert_eq!(server.sent("list_users").len(), 1);
}
