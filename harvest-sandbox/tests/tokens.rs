//! The token service of a sandbox that answers v3 from examples.

mod support;

use harvest_sandbox::{Fault, Sandbox};
use reqwest::{Client, RequestBuilder};
use support::{Answer, send};

const FORM: &str = "application/x-www-form-urlencoded";

async fn sandbox() -> Sandbox {
    let builder = Sandbox::builder().version("v3").examples();
    builder.start().await.unwrap()
}

/// A request for a token.
fn ask(sandbox: &Sandbox, secret: &str, form: &str) -> RequestBuilder {
    Client::new()
        .post(sandbox.token_url().unwrap())
        .basic_auth("any-client", Some(secret))
        .header("content-type", FORM)
        .body(form.to_owned())
}

async fn asked(sandbox: &Sandbox, secret: &str, form: &str) -> Answer {
    send(ask(sandbox, secret, form)).await
}

#[tokio::test]
async fn a_token_opens_what_wants_one() {
    let sandbox = sandbox().await;
    let user = format!("grant_type=client_credentials&sub={}", sandbox.user_id());
    for form in ["grant_type=client_credentials", &user] {
        let answer = asked(&sandbox, sandbox.key(), form).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.header("cache-control"), "no-store");
        let token = answer.json();
        assert_eq!(token["token_type"], "Bearer");
        let ends = token["expires_at"].as_str().unwrap();
        assert!(ends.len() == 20 && ends.ends_with('Z'), "{ends}");
        let url = format!("{}/v3/jobs", sandbox.url());
        let request = Client::new().get(url);
        let token = token["access_token"].as_str().unwrap();
        assert_eq!(send(request.bearer_auth(token)).await.status, 200);
    }
    let requests = sandbox.requests();
    let operations: Vec<_> = requests.iter().map(|of| of.operation.as_deref()).collect();
    assert_eq!(operations[..2], [Some("create_token"), Some("list_jobs")]);
}

#[tokio::test]
async fn what_is_no_request_for_a_token_is_refused() {
    let sandbox = sandbox().await;
    let key = sandbox.key();
    for (secret, form, status, error) in [
        (
            "other",
            "grant_type=client_credentials",
            401,
            "invalid_client",
        ),
        ("", "grant_type=client_credentials", 401, "invalid_client"),
        (key, "", 400, "invalid_request"),
        (key, "grant_type=password", 400, "unsupported_grant_type"),
        (
            key,
            "grant_type=refresh_token&refresh_token=x",
            400,
            "unsupported_grant_type",
        ),
        (
            key,
            "grant_type=client_credentials&sub=x",
            400,
            "invalid_grant",
        ),
        (
            key,
            "grant_type=client_credentials&sub=9",
            400,
            "invalid_grant",
        ),
    ] {
        let answer = asked(&sandbox, secret, form).await;
        assert_eq!(answer.status, status, "{form}: {}", answer.text);
        assert_eq!(answer.json()["error"], error, "{form}");
        assert!(!answer.text.contains(key), "{form}");
        let challenge = answer.header("www-authenticate").starts_with("Basic");
        assert_eq!(challenge, status == 401, "{form}");
    }
    let url = sandbox.token_url().unwrap();
    assert_eq!(send(Client::new().get(url)).await.status, 405);
    let json = ask(&sandbox, key, "{}").header("content-type", "application/json");
    assert_eq!(send(json).await.status, 400);
    let long = "x=".to_owned() + &"y".repeat(1 << 20);
    assert_eq!(asked(&sandbox, key, &long).await.status, 413);
    // HTTP Basic is no way into v3.
    let basic = Client::new().get(format!("{}/v3/jobs", sandbox.url()));
    assert_eq!(send(basic.basic_auth(key, Some(""))).await.status, 401);
}

#[tokio::test]
async fn faults_hit_the_token_service_by_name() {
    let sandbox = sandbox().await;
    let fault = Fault::status(503).on("create_token").first(1);
    sandbox.faults().add(fault).unwrap();
    let form = "grant_type=client_credentials";
    assert_eq!(asked(&sandbox, sandbox.key(), form).await.status, 503);
    assert_eq!(asked(&sandbox, sandbox.key(), form).await.status, 200);
}

#[tokio::test]
async fn examples_of_v1_have_no_token_service() {
    let v1 = Sandbox::builder().examples().start().await.unwrap();
    assert_eq!(v1.token_url(), None);
    let url = format!("{}/token", v1.url());
    assert_eq!(send(Client::new().post(url)).await.status, 404);
}
