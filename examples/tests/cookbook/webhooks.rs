//! The recipes of webhooks, which are delivered to here.

use std::fs;

use harvest_generated::runtime::webhook::{Secrets, Verifier};
use harvest_generated::webhooks::PROTOCOL;
use serde_json::{Value, json};
use tokio::net::TcpListener;

#[path = "../../webhooks/receive_events.rs"]
mod receive_events;

use crate::folder::Folder;

const PING: &str = r#"{"action":"ping","payload":{"name":"Caf\u00e9 \u003cp\u003e"}}"#;

#[tokio::test]
async fn events_are_stored_once_and_what_is_not_signed_is_refused() {
    let folder = Folder::new("receive-events");
    fs::create_dir_all(&folder.0).unwrap();
    let path = folder.0.join("events.jsonl");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let verifier = |secrets: &[&str]| Verifier::new(PROTOCOL, Secrets::new(secrets).unwrap());
    let file = fs::File::create(&path).unwrap();
    let receiving = receive_events::run(listener, verifier(&["new", "former"]), file);
    let server = tokio::spawn(receiving);
    let client = reqwest::Client::new();
    let send = async |secret: &str, id: &str, body: &'static str| {
        let signature = verifier(&[secret]).signature(body.as_bytes());
        let request = client.post(&url).header("Signature", signature);
        let request = request.header("Greenhouse-Event-ID", id).body(body);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(send("new", "1", PING).await, 200);
    assert_eq!(send("former", "1", PING).await, 200);
    let other = r#"{"action":"hiring_team_updated","payload":{"amount":1.10}}"#;
    assert_eq!(send("former", "2", other).await, 200);
    assert_eq!(send("stranger", "3", PING).await, 401);
    // It is signed and no JSON: the service tries again, and the log says why.
    assert_eq!(send("new", "4", "no JSON").await, 500);
    assert_eq!(
        client.post(&url).body(PING).send().await.unwrap().status(),
        401
    );
    server.abort();
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let expected = [
        json!({
            "key": "id 1", "action": "ping", "note": "the webhook was saved",
            "event": {"action": "ping", "payload": {"name": "Café <p>"}},
        }),
        json!({
            "key": "id 2", "action": "hiring_team_updated", "note": "not described yet",
            "event": {"action": "hiring_team_updated", "payload": {"amount": 1.1}},
        }),
    ];
    assert_eq!(lines, expected);
}
