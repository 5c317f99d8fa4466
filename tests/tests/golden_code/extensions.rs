//! Code of extensions: files, polling, and lists of ids that are split.

use std::time::Duration;

use harvest_runtime::PollOptions;
use harvest_runtime::attachment::{SignedFile as _, Upload};

use crate::calls::{body, client, line};
use crate::server::Server;
use crate::{files, ready, split};

#[test]
fn a_file_fills_the_properties_that_play_its_parts() {
    use files::types::{CoverCreate, CoverKind, CoverType};
    let upload = Upload::from_bytes("cover.png", "picture").expect("a file");
    let cover = CoverCreate::from_upload(upload, CoverKind::Front)
        .expect("a cover")
        .caption("A sea");
    assert_eq!(
        serde_json::to_string(&cover).expect("JSON"),
        concat!(
            r#"{"kind":"front","filename":"cover.png","bytes":"cGljdHVyZQ==","type":"image/png","#,
            r#""caption":"A sea"}"#
        )
    );
    assert_eq!(cover.type_, Some(CoverType::ImagePng));

    let by_url = Upload::from_url("cover", "https://pictures.example/1");
    let cover = CoverCreate::from_upload(by_url, "back").expect("a cover");
    assert_eq!(
        serde_json::to_string(&cover).expect("JSON"),
        r#"{"kind":"back","filename":"cover","link":"https://pictures.example/1"}"#
    );

    let text = Upload::from_bytes("cover.txt", "picture").expect("a file");
    let error = CoverCreate::from_upload(text, CoverKind::Front).expect_err("refused");
    assert!(error.is_upload());
    assert!(
        error.to_string().contains("image/png, image/jpeg"),
        "{error}"
    );
}

#[tokio::test]
async fn a_file_is_fetched_from_where_the_record_says() {
    let cover: files::types::Cover = serde_json::from_str("{}").expect("a cover");
    assert_eq!((cover.url(), cover.filename()), (None, None));
    let server = Server::new(&[(200, "", "picture")]);
    let json = format!(
        r#"{{"title":"cover.png","link":"{}/1?signature=s"}}"#,
        server.url
    );
    let cover: files::types::Cover = serde_json::from_str(&json).expect("a cover");
    assert_eq!(cover.filename(), Some("cover.png"));
    let client: files::Client = client(&server);
    let picture = client.download(&cover).bytes().await.expect("a file");
    assert_eq!(picture, "picture");
    let request = server.requests().remove(0);
    assert_eq!(line(&request), "GET /1?signature=s HTTP/1.1");
    assert!(!request.to_lowercase().contains("authorization"));
}

#[tokio::test]
async fn what_was_created_is_read_when_it_is_ready() {
    let server = Server::new(&[
        (201, "", r#"{"id":7}"#),
        (404, "", "{}"),
        (404, "", "{}"),
        (200, "", r#"{"id":7,"title":"Sample"}"#),
    ]);
    let client: ready::Client = client(&server);
    let poll = PollOptions::new().interval(Duration::from_millis(1));
    let new = ready::types::BookCreate::new("Sample");
    let created = client
        .create_book(&new)
        .send_and_wait(poll)
        .await
        .expect("a book");
    assert_eq!(created.answer().id, 7.into());
    let book = created.into_ready().expect("ready");
    assert_eq!(book.title.as_deref(), Some("Sample"));
    let requests = server.requests();
    let lines: Vec<_> = requests.iter().map(|request| line(request)).collect();
    assert_eq!(lines[0], "POST /books HTTP/1.1");
    assert_eq!(lines[1..], ["GET /books/7 HTTP/1.1"; 3]);
    assert_eq!(body(&requests[1]), "");
}

#[tokio::test]
async fn a_record_can_be_waited_for_later() {
    let server = Server::new(&[(404, "", "{}"), (200, "", r#"{"id":7}"#)]);
    let client: ready::Client = client(&server);
    let poll = PollOptions::new().interval(Duration::from_millis(1));
    let book = client
        .get_book(7)
        .wait_until_ready(poll)
        .await
        .expect("a book");
    assert_eq!(book.id, 7.into());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_list_that_is_too_long_for_one_request_is_several() {
    let server = Server::new(&[
        (200, "", r#"[{"id":1},{"id":2},{"id":3}]"#),
        (200, "", r#"[{"id":4}]"#),
    ]);
    let client: split::Client = client(&server);
    let ids = [1, 2, 2, 3, 4].map(split::types::BookId);
    let mut books = client.list_books().ids(ids).items();
    let mut read = Vec::new();
    while let Some(book) = books.next().await {
        read.push(i64::from(book.expect("a book").id));
    }
    assert_eq!(read, [1, 2, 3, 4]);
    let error = client
        .list_books()
        .ids(ids)
        .send()
        .await
        .expect_err("too many");
    assert!(error.is_invalid_request());
    let requests = server.requests();
    assert_eq!(line(&requests[0]), "GET /books?ids=1%2C2%2C3 HTTP/1.1");
    assert_eq!(line(&requests[1]), "GET /books?ids=4 HTTP/1.1");
}
