//! Refresh tokens: rotated once, stored before their access token is used, shared by processes, and lost.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use harvest_runtime::{Core, TokenPair, TokenStore as _, decode};
use serde_json::{Value, json};

use crate::refresh_server::{FIRST, Failing, Service, file, folder, stored};
use crate::server::{Server, reply};
use crate::token_file::restrict;
use crate::tokens::{LIST, builder, list, says_nothing_secret};

#[tokio::test]
async fn a_rotated_token_is_stored_before_its_access_token_is_used() {
    let folder = folder();
    let path = folder.path().join("tokens.json");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let server = Server::start(move |asked, _| {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        log.lock().unwrap().push((asked.target.clone(), text));
        match &*asked.target {
            "/token" => reply(200, Service::pair(1)),
            _ => reply(200, "[]"),
        }
    })
    .await;
    let core = builder(&server)
        .refresh_token(FIRST, file(&folder))
        .build()
        .unwrap()
        .0;
    list(&core).await.unwrap();
    let seen = seen.lock().unwrap().clone();
    assert_eq!(seen[0].0, "/token");
    assert!(
        seen[0].1.contains(r#""sent":true"#),
        "noted before it is sent: {}",
        seen[0].1
    );
    assert_eq!(seen[1].0, "/v3/users");
    assert!(seen[1].1.contains("made-up-refresh-1"), "{}", seen[1].1);
    assert!(!stored(&folder).to_json().contains(r#""sent":true"#));
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_with_one_store_rotate_once_between_them() {
    let service = Service::start(|_| None).await;
    let folder = folder();
    // Clients that share nothing but the file, as processes do.
    let clients: Vec<Core> = (0..4)
        .map(|_| {
            service
                .builder()
                .refresh_token(FIRST, file(&folder))
                .build()
                .unwrap()
                .0
        })
        .collect();
    let calls = clients
        .iter()
        .flat_map(|core| (0..10).map(move |_| list(core)));
    for result in futures_util::future::join_all(calls).await {
        result.unwrap();
    }
    assert_eq!(
        service.sent(),
        [FIRST],
        "one sent it, the others took over what it wrote"
    );

    // It is revoked: the API takes the next one alone. One renews it, and the others take over again.
    service.rotations.fetch_add(1, Ordering::SeqCst);
    let held = stored(&folder).to_json().replace("refresh-1", "refresh-2");
    std::fs::write(folder.path().join("tokens.json"), held).unwrap();
    let calls = clients
        .iter()
        .flat_map(|core| (0..10).map(move |_| list(core)));
    for result in futures_util::future::join_all(calls).await {
        result.unwrap();
    }
    assert_eq!(service.sent(), [FIRST, "made-up-refresh-2"]);
    assert_eq!(service.rotations(), 3);

    // The next process begins with what is stored, whatever first token it has.
    let late = service
        .builder()
        .refresh_token(FIRST, file(&folder))
        .build()
        .unwrap()
        .0;
    list(&late).await.unwrap();
    assert_eq!(service.sent().len(), 2);
}

#[tokio::test]
async fn a_store_that_cannot_be_written_keeps_the_token_from_being_sent() {
    let service = Service::start(|_| None).await;
    let store = Failing::holding(FIRST);
    store.then(&[false]);
    let core = service
        .builder()
        .token_store(store.clone())
        .build()
        .unwrap()
        .0;
    let error = list(&core).await.unwrap_err();
    assert!(error.is_token());
    let text = error.to_string();
    assert!(text.contains("was not sent and is still good"), "{text}");
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "the disk is full");
    assert!(service.sent().is_empty());
    list(&core).await.unwrap();
    assert_eq!(service.sent(), [FIRST]);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_cannot_be_stored_is_stored_with_the_next_call() {
    let service = Service::start(|_| None).await;
    let store = Failing::holding(FIRST);
    // The mark is written, and the next token is not, three times.
    store.then(&[true, false, false, false]);
    let core = service
        .builder()
        .token_store(store.clone())
        .build()
        .unwrap()
        .0;
    let error = list(&core).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("this process keeps it"), "{text}");
    assert!(error.is_transient());
    says_nothing_secret(&error, &["made-up-refresh", "made-up-access"]);
    let asked = service.server.asked();
    assert!(
        asked.iter().all(|asked| asked.target == "/token"),
        "its access token is not used"
    );

    list(&core).await.unwrap();
    assert_eq!(store.refresh_token().await, "made-up-refresh-1");
    assert_eq!(service.sent(), [FIRST], "it is not asked for a second time");
}

#[tokio::test(start_paused = true)]
async fn a_token_that_could_not_be_stored_gives_way_to_a_later_consent() {
    let service = Service::start(|_| None).await;
    let store = Failing::holding(FIRST);
    store.then(&[true, false, false, false]);
    let core = service
        .builder()
        .token_store(store.clone())
        .build()
        .unwrap()
        .0;
    list(&core).await.unwrap_err();
    // Meanwhile the user consented again, and another process has used that already.
    service.rotations.fetch_add(6, Ordering::SeqCst);
    *store.pair.lock().await = Some(TokenPair::new("made-up-refresh-7").to_json());
    list(&core).await.unwrap();
    assert_eq!(service.sent(), [FIRST, "made-up-refresh-7"]);
    assert_eq!(store.refresh_token().await, "made-up-refresh-8");
}

#[tokio::test]
async fn a_refused_token_needs_a_consent_and_is_not_sent_again() {
    let service = Service::start(|_| None).await;
    let folder = folder();
    let core = service
        .builder()
        .refresh_token("made-up-old", file(&folder))
        .build()
        .unwrap()
        .0;
    for _ in 0..3 {
        let error = list(&core).await.unwrap_err();
        let token_error = error.token_error().unwrap();
        assert!(token_error.needs_consent() && !error.is_transient());
        let text = error.to_string();
        assert!(text.contains("have the user consent again"), "{text}");
        assert!(!text.contains("without an answer"), "{text}");
        says_nothing_secret(&error, &["made-up-old"]);
    }
    assert_eq!(service.sent(), ["made-up-old"]);
    // A consent that is stored meanwhile is taken up by the same client.
    let mut store = file(&folder).lock().await.unwrap();
    store.write(&TokenPair::new(FIRST)).await.unwrap();
    drop(store);
    list(&core).await.unwrap();
    assert_eq!(service.sent(), ["made-up-old", FIRST]);
}

#[tokio::test]
async fn a_first_token_of_a_new_consent_counts_where_the_stored_one_is_refused() {
    let service = Service::start(|_| None).await;
    let folder = folder();
    let mut store = file(&folder).lock().await.unwrap();
    store.write(&TokenPair::new("made-up-old")).await.unwrap();
    drop(store);
    let core = service
        .builder()
        .refresh_token(FIRST, file(&folder))
        .build()
        .unwrap()
        .0;
    list(&core).await.unwrap();
    assert_eq!(service.sent(), ["made-up-old", FIRST]);
    assert_eq!(stored(&folder).refresh_token(), "made-up-refresh-1");
}

#[tokio::test]
async fn a_process_that_ended_before_it_stored_the_next_token_is_told_of() {
    let service = Service::start(|_| None).await;
    let folder = folder();
    // What a process leaves that is killed between the answer and the writing.
    let mark = json!({"refresh_token": "made-up-used-up", "sent": true}).to_string();
    std::fs::write(folder.path().join("tokens.json"), mark).unwrap();
    restrict(&folder.path().join("tokens.json"), 0o600);
    let core = service
        .builder()
        .token_store(file(&folder))
        .build()
        .unwrap()
        .0;
    let error = list(&core).await.unwrap_err();
    assert!(error.token_error().unwrap().needs_consent());
    let text = error.to_string();
    assert!(
        text.contains("an earlier request without an answer"),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_did_not_come_is_told_of_once_the_token_is_refused() {
    // The first answer is lost on the way: the service has rotated.
    let service = Service::start(|asked| match asked {
        0 => Some(reply(502, "")),
        _ => Some(reply(400, r#"{"error":"invalid_grant"}"#)),
    })
    .await;
    let core = service
        .builder()
        .refresh_token(FIRST, Failing::default())
        .build()
        .unwrap()
        .0;
    let error = list(&core).await.unwrap_err();
    assert!(error.token_error().unwrap().needs_consent());
    assert!(
        error
            .to_string()
            .contains("an earlier request without an answer"),
        "{error}"
    );
    assert_eq!(service.sent(), [FIRST, FIRST]);
}

#[tokio::test(start_paused = true)]
async fn a_token_service_that_is_down_leaves_the_token_as_it_is() {
    let service = Service::start(|asked| (asked < 3).then(|| reply(429, ""))).await;
    let store = Failing::holding(FIRST);
    let core = service
        .builder()
        .token_store(store.clone())
        .build()
        .unwrap()
        .0;
    let error = list(&core).await.unwrap_err();
    assert!(
        error.is_transient() && !error.token_error().unwrap().needs_consent(),
        "{error}"
    );
    let text = store.pair.lock().await.clone().unwrap();
    assert!(
        !text.contains(r#""sent":true"#),
        "nothing was acted on: {text}"
    );
    list(&core).await.unwrap();
}

#[tokio::test]
async fn a_consent_acts_for_its_own_user() {
    let service = Service::start(|_| None).await;
    let core = service
        .builder()
        .refresh_token(FIRST, Failing::default())
        .build()
        .unwrap()
        .0;
    let error = list(&core.with_acting_user(5)).await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert!(service.server.asked().is_empty());
}

#[tokio::test]
async fn a_service_that_does_not_rotate_keeps_the_token() {
    let server = Server::start(|asked, _| match &*asked.target {
        "/token" => reply(200, r#"{"access_token":"made-up-access"}"#),
        _ => reply(200, "[]"),
    })
    .await;
    let store = Failing::default();
    let core = builder(&server)
        .refresh_token(FIRST, store.clone())
        .build()
        .unwrap()
        .0;
    core.request(&LIST)
        .send(decode::json::<Value>)
        .await
        .unwrap();
    assert_eq!(store.refresh_token().await, FIRST);
}

#[tokio::test]
async fn an_empty_store_says_where_a_token_comes_from() {
    let service = Service::start(|_| None).await;
    let core = service
        .builder()
        .token_store(file(&folder()))
        .build()
        .unwrap()
        .0;
    let error = list(&core).await.unwrap_err();
    // The folder is gone again.
    assert!(error.is_token(), "{error}");
    let core = service
        .builder()
        .token_store(Failing::default())
        .build()
        .unwrap()
        .0;
    let error = list(&core).await.unwrap_err();
    assert!(error.token_error().unwrap().needs_consent());
    assert!(
        error.to_string().contains("ClientBuilder::refresh_token"),
        "{error}"
    );
}

/// What the body of a service says that is overloaded or broken is nothing about the token.
#[tokio::test(start_paused = true)]
async fn a_status_that_passes_refuses_no_refresh_token() {
    for status in [408, 425, 429, 500, 503, 522, 599] {
        for code in ["invalid_grant", "invalid_client"] {
            let body = json!({ "error": code }).to_string();
            let service =
                Service::start(move |asked| (asked < 3).then(|| reply(status, body.clone()))).await;
            let builder = service.builder().refresh_token(FIRST, Failing::default());
            let core = builder.build().unwrap().0;
            let error = list(&core).await.unwrap_err();
            let token = error.token_error().unwrap();
            assert!(token.is_transient() && !token.needs_consent(), "{error}");
            assert_eq!(token.code(), None);
            assert!(error.to_string().contains("try again later"), "{error}");
            list(&core).await.unwrap();
            assert_eq!(service.rotations(), 1);
        }
    }
}
