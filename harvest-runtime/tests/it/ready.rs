//! Records that are not ready when they are created.

use std::error::Error as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use harvest_runtime::{
    ActingUser, Created, Error, Method, Operation, PollOptions, Request, decode,
};
use tokio::time::Instant;

use crate::server::{CREATE_USER, LIST_USERS, Server, reply};

static GET_USER: Operation = Operation {
    id: "get_user",
    method: Method::Get,
    path: "/v1/users/{id}",
    acting_user: ActingUser::Optional,
    ..LIST_USERS
};

const MISSING: &str = r#"{"message":"Resource not found"}"#;

/// Has the record from so many reads on; before that it answers this.
async fn server(reads: usize, status: u16) -> Server {
    let asked = AtomicUsize::new(0);
    Server::start(move |request, _| match request.method.as_str() {
        "POST" => reply(201, "4711"),
        _ if asked.fetch_add(1, Ordering::Relaxed) < reads => reply(status, MISSING),
        _ => reply(200, "5"),
    })
    .await
}

/// As generated code does it.
async fn create(request: Request, poll: PollOptions) -> Result<Created<i64, i64>, Error> {
    let target = request.poll_target(&GET_USER, "id");
    let answer = request.send(decode::json::<i64>).await?;
    let id = *answer.value();
    let decode = decode::json::<i64>;
    Ok(target.poll(answer, id, decode, poll).await)
}

fn creation(server: &Server) -> Request {
    let mut request = server.client().request(&CREATE_USER);
    request.acting_user(77);
    request.json("body");
    request
}

#[tokio::test(start_paused = true)]
async fn every_thirty_seconds_until_it_is_there() {
    let server = server(3, 404).await;
    let begun = Instant::now();
    let created = create(creation(&server), PollOptions::new()).await.unwrap();
    assert_eq!(*created.answer().value(), 4711);
    assert_eq!(*created.ready().unwrap().value(), 5);
    assert_eq!(created.into_ready().unwrap().into_value(), 5);
    assert_eq!(begun.elapsed().as_secs(), 90);
    let asked = server.asked();
    assert_eq!(asked.len(), 5);
    assert_eq!(asked[0].header("on-behalf-of"), Some("77"));
    for read in &asked[1..] {
        assert_eq!(
            (read.method.as_str(), read.target.as_str()),
            ("GET", "/v1/users/4711")
        );
        assert_eq!(read.header("on-behalf-of"), None);
        assert!(read.body.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn not_for_ever() {
    let server = server(usize::MAX, 404).await;
    let begun = Instant::now();
    let created = create(creation(&server), PollOptions::new()).await.unwrap();
    assert_eq!(begun.elapsed().as_secs(), 570);
    assert_eq!(server.asked().len(), 21);
    // Who was created is still known.
    let (answer, ready) = created.into_parts();
    assert_eq!(answer.into_value(), 4711);
    let error = ready.unwrap_err();
    assert!(error.is_not_ready() && !error.is_not_found());
    assert_eq!(error.operation(), Some(&GET_USER));
    assert_eq!(
        error.to_string(),
        "get_user (GET /v1/users/{id}): not ready after 570 s, asked 20 times; it was created, so \
         keep its id and ask again later, or raise PollOptions::timeout"
    );
    assert!(!format!("{error:?}").contains("4711"));
    let last = error.source().unwrap().downcast_ref::<Error>().unwrap();
    assert!(last.is_not_found());
}

#[tokio::test(start_paused = true)]
async fn as_often_as_is_set() {
    let server = server(usize::MAX, 404).await;
    let poll = PollOptions::new()
        .interval(Duration::from_secs(2))
        .timeout(Duration::from_secs(5));
    let mut request = server.client().request(&GET_USER);
    request.path("id", &4711);
    let begun = Instant::now();
    let error = request
        .wait_until_ready(decode::json::<i64>, poll)
        .await
        .unwrap_err();
    assert!(error.is_not_ready());
    assert_eq!((begun.elapsed().as_secs(), server.asked().len()), (4, 3));
    // At once, or not at all.
    for interval in [Duration::from_secs(5), Duration::MAX] {
        let mut request = server.client().request(&GET_USER);
        request.path("id", &4711);
        let poll = PollOptions::new()
            .interval(interval)
            .timeout(Duration::from_secs(5));
        let error = request.wait_until_ready(decode::json::<i64>, poll).await;
        assert!(error.unwrap_err().to_string().contains("asked 1 times"));
    }
}

#[tokio::test(start_paused = true)]
async fn anything_but_not_found_ends_it() {
    for status in [401, 403, 422, 500] {
        let server = server(2, status).await;
        let created = create(creation(&server), PollOptions::new()).await.unwrap();
        let error = created.into_ready().unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(!error.is_not_ready());
        assert_eq!(server.asked().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_never_comes_does_not_hold_it_up() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let core = harvest_runtime::ClientBuilder::<crate::server::Harvest>::new()
        .credential("a-key")
        .base_url(url)
        .attempt_timeout(Duration::from_secs(3600))
        .build()
        .unwrap()
        .0;
    let mut request = core.request(&GET_USER);
    request.path("id", &4711);
    let begun = Instant::now();
    let error = request
        .wait_until_ready(decode::json::<i64>, PollOptions::new())
        .await
        .unwrap_err();
    assert!(error.is_not_ready() && error.source().is_none());
    assert_eq!(begun.elapsed().as_secs(), 600);
}

#[tokio::test]
async fn a_creation_that_fails_is_not_waited_for() {
    let server = Server::answering(422, MISSING).await;
    let error = create(creation(&server), PollOptions::new())
        .await
        .unwrap_err();
    assert!(error.is_validation());
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn an_answer_without_an_id_is_told() {
    let server = Server::answering(201, "0").await;
    let created = create(creation(&server), PollOptions::new()).await.unwrap();
    assert_eq!(created.answer().status().as_u16(), 201);
    let error = created.into_ready().unwrap_err();
    assert!(error.to_string().contains("has no id"), "{error}");
    assert_eq!(server.asked().len(), 1);
}
