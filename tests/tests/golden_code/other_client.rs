//! The client of a description that has nothing in common with the one that the generator was written for.

use crate::other;
use crate::server::Server;

#[tokio::test]
async fn its_client_works() {
    let token =
        |name| format!(r#"{{"access_token":"{name}","token_type":"Bearer","expires_in":3600}}"#);
    let (own, of_user) = (token("own"), token("of-7"));
    let server = Server::new(&[
        (200, "", &own),
        (201, "", r#"{"text":"Hello.","from":null}"#),
        (202, "", r#"{"ticket":"t-1"}"#),
        (
            200,
            "link: <{url}/api/rooms?cursor=bmV4dA>; rel=\"next\"\r\n",
            r#"[{"name":"lobby","kind":"secret"}]"#,
        ),
        (200, "", r#"[{"name":"attic"}]"#),
        (200, "", &of_user),
        (202, "", ""),
        (204, "", ""),
    ]);
    let client = other::Client::builder()
        .client_credentials("made-up-id", "made-up-secret")
        .token_url(format!("{}/new", server.url))
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
    // A token for each acting user, and no more than one.
    let acting = client.with_acting_user(7);
    for status in [202, 204] {
        let closed = acting.close_room("lobby").send().await.expect("an answer");
        assert_eq!(closed.status(), status);
    }
    let requests = server.requests();
    assert!(requests[0].starts_with("POST /new HTTP/1.1\r\n"));
    assert!(requests[1].starts_with("POST /api/rooms/lobby/messages HTTP/1.1\r\n"));
    assert!(requests[1].ends_with(r#"{"text":"Hello.","reply_to":null}"#));
    assert!(requests[1].contains("\r\nauthorization: Bearer own\r\n"));
    assert!(requests[4].starts_with("GET /api/rooms?cursor=bmV4dA HTTP/1.1\r\n"));
    assert!(requests[5].starts_with("POST /new HTTP/1.1\r\n"));
    for closing in &requests[6..] {
        assert!(closing.starts_with("DELETE /api/rooms/lobby HTTP/1.1\r\n"));
        assert!(closing.contains("\r\nauthorization: Bearer of-7\r\n"));
    }
}
