//! The credential stays at the configured host.

use harvest_runtime::reqwest;
use harvest_runtime::{ClientBuilder, Core, decode};
use serde_json::Value;

use crate::server::{Harvest, KEY, LIST_USERS, Server, reply, reply_with};

/// A server that must not be asked at all.
async fn elsewhere() -> Server {
    Server::answering(200, "[2]").await
}

#[tokio::test]
async fn a_next_page_elsewhere_is_not_fetched() {
    let elsewhere = elsewhere().await;
    let port = elsewhere.address.port();
    for foreign in [
        // Another port, another name of the same machine, the port of the base with another scheme, a user name.
        format!("http://127.0.0.1:{port}/v1/users?page=2"),
        format!("//localhost:{port}/v1/users?page=2"),
        "https://harvest.greenhouse.io/v1/users?page=2".to_owned(),
        "ftp://127.0.0.1/".to_owned(),
        "data:text/plain,[2]".to_owned(),
        "user-name".to_owned(),
    ] {
        let server = Server::start(move |_, url| {
            let foreign = match foreign.as_str() {
                "user-name" => url.replace("http://", "http://user:secret@") + "/v1/users?page=2",
                foreign => foreign.to_owned(),
            };
            reply_with(
                200,
                &[("link", &format!(r#"<{foreign}>; rel="next""#))],
                "[1]",
            )
        })
        .await;
        let mut pages = server.client().request(&LIST_USERS).pages::<i64>();
        assert_eq!(*pages.next().await.unwrap().unwrap(), [1]);
        let error = pages.next().await.unwrap().unwrap_err();
        assert!(error.is_pagination());
        assert!(
            error.to_string().contains("base_url") && !error.to_string().contains("page=2"),
            "{error}"
        );
        assert!(!error.to_string().contains("secret"), "{error}");
        assert!(pages.next().await.is_none());
        assert_eq!(server.asked().len(), 1);
    }
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn the_error_names_both_hosts() {
    let server = Server::start(|_, _| {
        let link = r#"<https://harvest.greenhouse.io/v1/users?email=jane>; rel="next""#;
        reply_with(200, &[("link", link)], "[]")
    })
    .await;
    let mut pages = server.client().request(&LIST_USERS).pages::<i64>();
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "list_users (GET /v1/users): the list is incomplete: the next page is at \
             https://harvest.greenhouse.io, but base_url is at {}, and the credential is sent \
             nowhere else; if that host is the API, make it the base_url, and if base_url is a \
             proxy, let it rewrite the Link header",
            server.url()
        )
    );
}

async fn redirecting_to(target: String) -> Server {
    Server::start(move |asked, _| match asked.target.as_str() {
        "/landed" => reply(200, "[1]"),
        _ => reply_with(307, &[("location", &target)], ""),
    })
    .await
}

async fn list(core: &Core) -> Result<Vec<i64>, harvest_runtime::Error> {
    let mut request = core.request(&LIST_USERS);
    request.acting_user(12);
    request
        .send(decode::json::<Vec<i64>>)
        .await
        .map(harvest_runtime::Response::into_value)
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = elsewhere().await;
    let server = redirecting_to(elsewhere.url() + "/landed").await;
    let error = list(&server.client()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    assert!(elsewhere.asked().is_empty());

    let server = redirecting_to("/landed".to_owned()).await;
    assert_eq!(
        list(&server.client()).await.unwrap_err().status().unwrap(),
        307
    );
}

#[tokio::test]
async fn redirects_that_ones_own_client_follows() {
    let elsewhere = elsewhere().await;
    let server = redirecting_to(elsewhere.url() + "/landed").await;
    let core = server
        .builder()
        .http_client(reqwest::Client::new())
        .build()
        .unwrap()
        .0;
    let error = list(&core).await.unwrap_err();
    assert!(
        error.status().is_none() && error.to_string().contains("another host"),
        "{error}"
    );
    assert_eq!(elsewhere.only().header("authorization"), None);

    let server = redirecting_to("/landed".to_owned()).await;
    let core = server
        .builder()
        .http_client(reqwest::Client::new())
        .build()
        .unwrap()
        .0;
    assert_eq!(
        list(&core).await.unwrap(),
        [1],
        "the same host may redirect"
    );
}

#[test]
fn plain_http_to_another_machine_is_refused() {
    for base_url in [
        "http://harvest.example.com",
        "http://192.168.0.1:8080",
        "http://[2001:db8::1]",
    ] {
        let builder = ClientBuilder::<Harvest>::new()
            .credential(KEY)
            .base_url(base_url);
        // With a client of one's own as well.
        let error = builder
            .http_client(reqwest::Client::new())
            .build()
            .unwrap_err();
        assert!(error.to_string().contains("plain http"), "{error}");
    }
}

#[tokio::test]
async fn the_clients_of_one_process_do_not_mix() {
    let one = Server::answering(200, "{}").await;
    let two = Server::answering(200, "{}").await;
    let client = reqwest::Client::new();
    for (server, key) in [(&one, "key-one"), (&two, "key-two")] {
        let core = server
            .builder()
            .credential(key)
            .http_client(client.clone())
            .build()
            .unwrap()
            .0;
        core.request(&LIST_USERS)
            .send(decode::json::<Value>)
            .await
            .unwrap();
    }
    // base64 of "key-one:" and "key-two:"
    assert_eq!(
        one.only().header("authorization"),
        Some("Basic a2V5LW9uZTo=")
    );
    assert_eq!(
        two.only().header("authorization"),
        Some("Basic a2V5LXR3bzo=")
    );
}
