//! Clients that record writes instead of sending them.

use std::time::Duration;

use harvest_runtime::{
    CallOptions, Core, DryRun, Error, Limiter, Method, Operation, PollOptions, RawRequest,
    RecordedCall, Response, decode,
};
use serde_json::{Value, json};

use crate::server::{CREATE_USER, GET_TAG, LIST_USERS, Server, reply};

static REMOVE_TAG: Operation = Operation {
    id: "remove_tag",
    method: Method::Delete,
    ..GET_TAG
};

async fn server() -> Server {
    Server::start(|asked, _| {
        assert!(
            ["GET", "HEAD", "OPTIONS"].contains(&&*asked.method),
            "{}",
            asked.method
        );
        reply(200, "[]")
    })
    .await
}

fn dry(server: &Server) -> (Core, DryRun) {
    let recorder = DryRun::new();
    let builder = server.builder().dry_run(&recorder).acting_user(11_i64);
    (builder.build().unwrap().0, recorder)
}

async fn create(core: &Core, body: &Value) -> Result<Response<()>, Error> {
    let mut request = core.request(&CREATE_USER);
    request.query("notify", "Mira Whitcombe");
    request.json(body);
    request.send(decode::empty).await
}

#[tokio::test]
async fn writes_are_recorded_and_reads_are_sent() {
    let server = server().await;
    let (core, recorder) = dry(&server);
    core.request(&LIST_USERS).send(decode::empty).await.unwrap();
    let error = create(&core, &json!({"pay": 1})).await.unwrap_err();
    assert!(error.is_dry_run() && error.attempts() == 0 && error.status().is_none());
    assert!(!error.is_transient() && !error.is_invalid_request() && !error.is_timeout());
    assert_eq!(
        error.to_string(),
        "create_user (POST /v1/users): not sent: the client makes a dry run, and the call was \
         recorded"
    );
    let mut request = core.request(&REMOVE_TAG);
    request.path("id", &4_711_i64);
    request.path("tag", "a/b");
    assert!(
        DryRun::skip(request.send(decode::empty).await)
            .unwrap()
            .is_none()
    );

    let calls = recorder.calls();
    let [made, removed] = &calls[..] else {
        panic!("{calls:?}");
    };
    assert_eq!(made.operation(), &CREATE_USER);
    assert_eq!((made.method(), made.path()), (Method::Post, "/v1/users"));
    assert_eq!(
        made.query(),
        [("notify".to_owned(), "Mira Whitcombe".to_owned())]
    );
    assert_eq!(made.acting_user(), Some(11));
    assert_eq!(made.body().unwrap().text(), r#"{"pay":1}"#);
    assert_eq!(
        serde_json::to_value(removed).unwrap(),
        json!({
            "operation": "remove_tag", "method": "DELETE", "path": "/v1/users/4711/tags/a%2Fb",
            "query": [], "acting_user": null, "body": null,
        })
    );
    assert_eq!(recorder.take().len(), 2);
    assert!(recorder.calls().is_empty());
    assert_eq!(server.targets(), ["/v1/users"]);
}

#[tokio::test]
async fn whatever_the_method_of_a_call_that_is_not_described() {
    let server = server().await;
    let (core, recorder) = dry(&server);
    for method in [
        Method::Get,
        Method::Head,
        Method::Options,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
    ] {
        let call = RawRequest::new(&core, method, "/v1/labels");
        let is_read = matches!(method, Method::Get | Method::Head | Method::Options);
        let sent = DryRun::skip(call.send().await).unwrap();
        assert_eq!(sent.is_some(), is_read, "{method}");
    }
    let methods: Vec<_> = recorder.calls().iter().map(RecordedCall::method).collect();
    assert_eq!(
        methods,
        [Method::Post, Method::Put, Method::Patch, Method::Delete]
    );
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn mistakes_are_found_as_ever() {
    let server = server().await;
    let (core, recorder) = dry(&server);
    let mut request = core.request(&REMOVE_TAG);
    request.path("id", "");
    let error = request.send(decode::empty).await.unwrap_err();
    assert!(error.is_invalid_request() && !error.is_dry_run());
    assert!(DryRun::skip(Err::<(), _>(error)).is_err());
    assert!(recorder.calls().is_empty());
}

#[tokio::test]
async fn writes_take_no_turn() {
    let server = server().await;
    let recorder = DryRun::new();
    let limiter = Limiter::starting_with(1, Duration::from_secs(3600));
    let builder = server
        .builder()
        .limiter(limiter.clone())
        .acting_user(11_i64);
    let core = builder.dry_run(&recorder).build().unwrap().0;
    for _ in 0..100 {
        create(&core, &json!({})).await.unwrap_err();
    }
    assert_eq!(
        (recorder.calls().len(), limiter.snapshot().remaining),
        (100, 1)
    );
    core.request(&LIST_USERS).send(decode::empty).await.unwrap();
    assert_eq!(limiter.snapshot().remaining, 0);
}

#[tokio::test]
async fn options_turn_it_on_for_a_copy_and_never_off() {
    let server = Server::answering(201, "{}").await;
    let recorder = DryRun::new();
    let core = server.client().with_acting_user(11);
    let dry = core.with_options(CallOptions::new().dry_run(&recorder));
    let still = dry.with_options(CallOptions::new().timeout(Duration::from_secs(5)));
    for core in [&dry, &still, &still.with_acting_user(7)] {
        assert!(create(core, &json!({})).await.unwrap_err().is_dry_run());
    }
    create(&core, &json!({})).await.unwrap();
    let users: Vec<_> = recorder
        .calls()
        .iter()
        .map(RecordedCall::acting_user)
        .collect();
    assert_eq!(users, [Some(11), Some(11), Some(7)]);
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn a_creation_that_would_be_waited_for_ends_at_once() {
    let server = server().await;
    let (core, recorder) = dry(&server);
    let request = core.request(&CREATE_USER);
    let ended = request
        .wait_until_ready(decode::empty, PollOptions::new())
        .await;
    assert!(ended.unwrap_err().is_dry_run());
    assert_eq!((recorder.calls().len(), server.asked().len()), (1, 0));
}

#[tokio::test]
async fn what_was_filled_in_is_not_printed() {
    let server = server().await;
    let (core, recorder) = dry(&server);
    let error = create(&core, &json!({"name": "Mira Whitcombe"}))
        .await
        .unwrap_err();
    let calls = recorder.calls();
    let options = CallOptions::new().dry_run(&recorder);
    let text = format!(
        "{error} {error:?} {recorder:?} {calls:?} {} {options:?}",
        calls[0]
    );
    for private in ["Mira", "Whitcombe", "a-key", "11", "127.0.0.1"] {
        assert!(!text.contains(private), "{private}: {text}");
    }
    let written = serde_json::to_string(&calls[0]).unwrap();
    assert!(
        written.contains("Mira") && !written.contains("a-key"),
        "{written}"
    );
}

#[cfg(feature = "blocking")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_block_are_recorded_too() {
    let server = server().await;
    let (core, recorder) = dry(&server);
    let calls = std::thread::spawn(move || {
        core.request(&LIST_USERS)
            .send_blocking(decode::empty)
            .unwrap();
        let request = core.request(&CREATE_USER);
        request.send_blocking(decode::empty)
    });
    assert!(calls.join().unwrap().unwrap_err().is_dry_run());
    assert_eq!((recorder.calls().len(), server.asked().len()), (1, 1));
}
