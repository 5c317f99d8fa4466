//! The client of v3 against the records and the token service of the sandbox.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use harvest_generated::v3::Client;
use harvest_generated::v3::types::CandidateTagCreate;
use harvest_runtime::{FileTokenStore, Limiter, StatusCode};
use harvest_sandbox::{ClientCredentials, Sandbox};

const SCOPE: &str = "harvest:candidate_tags:list";
const CALLBACK: &str = "https://app.example.com/callback";

macro_rules! builder {
    ($sandbox:expr, $credentials:expr) => {
        Client::builder()
            .client_credentials(
                $credentials.client_id.as_str(),
                $credentials.client_secret.as_str(),
            )
            .base_url($sandbox.url())
            .token_url($sandbox.token_url().unwrap())
            .authorization_url(format!("{}/authorize", $sandbox.url()))
            .limiter(Limiter::unlimited())
    };
}

fn demo(sandbox: &Sandbox) -> &ClientCredentials {
    sandbox.v3_credentials().unwrap()
}

fn named(name: &str) -> CandidateTagCreate {
    CandidateTagCreate::new(name)
}

#[tokio::test]
async fn a_token_is_fetched_once_and_acts_for_two_users() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = builder!(sandbox, demo(&sandbox)).build().unwrap();
    let tags = client.list_candidate_tags().send().await.unwrap();
    assert!(!tags.is_empty());
    client.list_candidate_tags().send().await.unwrap();
    let admin = client.with_acting_user(sandbox.user_id());
    admin
        .create_candidate_tag(&named("Diving licence"))
        .send()
        .await
        .unwrap();
    // A basic user may not.
    let basic = client.with_acting_user(4_020_124);
    let refused = basic
        .create_candidate_tag(&named("Field work"))
        .send()
        .await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.status(), Some(StatusCode::FORBIDDEN), "{refused}");
    let unknown = client.with_acting_user(7);
    let refused = unknown.create_candidate_tag(&named("Nights")).send().await;
    assert!(refused.unwrap_err().is_token());
    let requests = sandbox.requests().into_iter();
    let tokens = requests.filter(|it| it.operation.as_deref() == Some("create_token"));
    assert_eq!(tokens.count(), 4);
}

#[tokio::test]
async fn a_scope_that_is_taken_away_is_named_in_the_error() {
    let sandbox = Sandbox::start().await.unwrap();
    let dev_center = sandbox.dev_center().unwrap();
    let made = dev_center.create_custom_integration("Export").unwrap();
    dev_center.permit_scopes(made.id, [SCOPE]).unwrap();
    let client = builder!(sandbox, made.credentials).build().unwrap();
    client.list_candidate_tags().send().await.unwrap();
    dev_center.permit_scopes(made.id, []).unwrap();
    let error = client.list_candidate_tags().send().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FORBIDDEN));
    assert!(error.to_string().contains(SCOPE), "{error}");
    dev_center.revoke_integration(made.id).unwrap();
    let error = client.list_candidate_tags().send().await.unwrap_err();
    assert!(error.is_token(), "{error}");
}

#[tokio::test]
async fn a_token_that_has_ended_is_fetched_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = builder!(sandbox, demo(&sandbox)).build().unwrap();
    client.list_candidate_tags().send().await.unwrap();
    sandbox.reset().unwrap();
    client.list_candidate_tags().send().await.unwrap();
}

#[tokio::test]
async fn a_consent_is_renewed_by_rotating_refresh_tokens() {
    let sandbox = Sandbox::start().await.unwrap();
    let dev_center = sandbox.dev_center().unwrap();
    let partner = dev_center
        .create_partner_integration("Sync", [CALLBACK])
        .unwrap();
    dev_center.permit_scopes(partner.id, [SCOPE]).unwrap();
    let credentials = &partner.credentials;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tokens.json");

    let consent = builder!(sandbox, credentials)
        .authorization_code(CALLBACK)
        .unwrap();
    let request = consent.begin([SCOPE]).unwrap();
    assert!(
        request
            .url()
            .as_str()
            .starts_with(&format!("{}/authorize?", sandbox.url()))
    );
    let id = &credentials.client_id;
    let user = sandbox.user_id();
    let code = dev_center.consent(id, CALLBACK, user, Some(SCOPE)).unwrap();
    let callback = format!("{CALLBACK}?code={code}&state={}", request.state());
    let store = FileTokenStore::open(&file).unwrap();
    consent
        .finish(&callback, request.state(), &store)
        .await
        .unwrap();
    let copy = folder.path().join("copy.json");
    std::fs::copy(&file, &copy).unwrap();

    let client = builder!(sandbox, credentials)
        .token_store(store)
        .build()
        .unwrap();
    client.list_candidate_tags().send().await.unwrap();
    for hour in 1..=3 {
        sandbox
            .clock()
            .advance(std::time::Duration::from_secs(3_601))
            .unwrap();
        let listed = client.list_candidate_tags().send().await;
        listed.unwrap_or_else(|error| panic!("hour {hour}: {error}"));
    }
    assert_ne!(std::fs::read(&file).unwrap(), std::fs::read(&copy).unwrap());

    // A copy of the store from before holds a refresh token that was used.
    let store = FileTokenStore::open(&copy).unwrap();
    let client = builder!(sandbox, credentials)
        .token_store(store)
        .build()
        .unwrap();
    let error = client.list_candidate_tags().send().await.unwrap_err();
    assert!(error.token_error().unwrap().needs_consent(), "{error}");
}
