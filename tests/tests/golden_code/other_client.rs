//! The client of a description that has nothing in common with the one that the generator was written for.

use crate::other;
use crate::server::Server;

#[tokio::test]
async fn its_client_works() {
    let server = Server::new(&[
        (201, "", r#"{"text":"Hello.","from":null}"#),
        (202, "", r#"{"ticket":"t-1"}"#),
        (
            200,
            "link: <{url}/api/rooms?cursor=bmV4dA>; rel=\"next\"\r\n",
            r#"[{"name":"lobby","kind":"secret"}]"#,
        ),
        (200, "", r#"[{"name":"attic"}]"#),
    ]);
    let client = other::Client::builder()
        .credential("secret")
        .base_url(format!("{}/api", server.url))
        .build()
        .expect("a client");
    let message = other::types::MessageCreate::new("Hello.").clear_reply_to();
    let said = client
        .send_message("lobby", &message)
        .send()
        .await
        .expect("an answer");
    assert!(matches!(said.value(), other::SendMessageAnswer::Message(m) if m.text == "Hello."));
    let later = client
        .send_message("lobby", &message)
        .send()
        .await
        .expect("an answer");
    assert!(matches!(later.value(), other::SendMessageAnswer::Receipt(r) if r.ticket == "t-1"));
    let mut rooms = client.list_rooms().items();
    let mut names = Vec::new();
    while let Some(room) = rooms.next().await {
        names.push(room.expect("a room").name);
    }
    assert_eq!(names, ["lobby", "attic"]);
    let requests = server.requests();
    assert!(requests[0].starts_with("POST /api/rooms/lobby/messages HTTP/1.1\r\n"));
    assert!(requests[0].ends_with(r#"{"text":"Hello.","reply_to":null}"#));
    assert!(requests[0].contains("\r\nauthorization: Bearer secret\r\n"));
    assert!(requests[3].starts_with("GET /api/rooms?cursor=bmV4dA HTTP/1.1\r\n"));
}
