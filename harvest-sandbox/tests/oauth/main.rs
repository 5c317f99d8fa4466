//! OAuth credentials of v3: the token service, and what tokens open.

#[path = "../support/mod.rs"]
mod support;

mod grants;
mod limits;
mod partner;
mod revocation;
mod secrets;

use harvest_sandbox::{ClientCredentials, DevCenter, Sandbox};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use support::{Answer, send};

/// A list that each token with its scope of a site admin opens.
const LIST: &str = "/v3/candidate_tags";
/// The scope of that list.
const SCOPE: &str = "harvest:candidate_tags:list";
/// An address of a partner.
const REDIRECT: &str = "https://app.example.com/callback";

/// Dev Center of a sandbox that keeps records.
fn dev_center(sandbox: &Sandbox) -> DevCenter<'_> {
    sandbox.dev_center().unwrap()
}

/// The credential that it begins with.
fn demo(sandbox: &Sandbox) -> &ClientCredentials {
    sandbox.v3_credentials().unwrap()
}

/// A request to the token service with the secret.
fn request(sandbox: &Sandbox, client: &ClientCredentials, path: &str) -> RequestBuilder {
    let request = Client::new().post(format!("{}{path}", sandbox.url()));
    request.basic_auth(&client.client_id, Some(&client.client_secret))
}

/// Asks for a token.
async fn ask(sandbox: &Sandbox, client: &ClientCredentials, form: &[(&str, &str)]) -> Answer {
    send(request(sandbox, client, "/token").form(form)).await
}

/// A token that is issued, with all that comes with it.
async fn issued(sandbox: &Sandbox, client: &ClientCredentials, form: &[(&str, &str)]) -> Value {
    let answer = ask(sandbox, client, form).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

/// An access token of the service user.
async fn token(sandbox: &Sandbox, client: &ClientCredentials) -> String {
    let issued = issued(sandbox, client, &[("grant_type", "client_credentials")]).await;
    issued["access_token"].as_str().unwrap().to_owned()
}

/// Asks for a token, and is refused with this status and error.
async fn refused(
    sandbox: &Sandbox,
    client: &ClientCredentials,
    form: &[(&str, &str)],
    (status, error): (u16, &str),
) {
    let answer = ask(sandbox, client, form).await;
    assert_eq!(answer.status, status, "{form:?}: {}", answer.text);
    assert_eq!(answer.json()["error"], error, "{form:?}");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(
        answer.headers.contains_key("www-authenticate"),
        status == 401
    );
}

/// A list of v3, read with a token.
async fn list(sandbox: &Sandbox, token: &str) -> Answer {
    let request = Client::new().get(format!("{}{LIST}", sandbox.url()));
    send(request.bearer_auth(token)).await
}

/// A request of a browser that follows no redirect.
async fn browse(sandbox: &Sandbox, path: &str) -> Answer {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    send(client.get(format!("{}{path}", sandbox.url()))).await
}
