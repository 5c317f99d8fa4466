//! Revocation, which takes effect immediately.

use harvest_sandbox::Sandbox;
use reqwest::Client;

use crate::support::{request as v1, send, with_body};
use crate::{REDIRECT, SCOPE, ask, dev_center, issued, list, refused, token};

#[tokio::test]
async fn a_scope_that_is_taken_away_is_missing_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = dev_center(&sandbox)
        .create_custom_integration("Export")
        .unwrap();
    let before = token(&sandbox, &made.credentials).await;
    assert_eq!(list(&sandbox, &before).await.status, 403);
    dev_center(&sandbox)
        .permit_scopes(made.id, [SCOPE])
        .unwrap();
    // What was added belongs to tokens from then on.
    assert_eq!(list(&sandbox, &before).await.status, 403);
    let with = token(&sandbox, &made.credentials).await;
    assert_eq!(list(&sandbox, &with).await.status, 200);
    dev_center(&sandbox).permit_scopes(made.id, []).unwrap();
    let refused = list(&sandbox, &with).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text.contains(SCOPE));
    dev_center(&sandbox)
        .permit_scopes(made.id, [SCOPE])
        .unwrap();
    assert_eq!(list(&sandbox, &with).await.status, 403);
}

#[tokio::test]
async fn a_revoked_integration_opens_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = dev_center(&sandbox)
        .create_custom_integration("Export")
        .unwrap();
    dev_center(&sandbox)
        .permit_scopes(made.id, [SCOPE])
        .unwrap();
    let token = token(&sandbox, &made.credentials).await;
    let admin = sandbox.user_id().to_string();
    let form = [
        ("grant_type", "client_credentials"),
        ("sub", admin.as_str()),
    ];
    let acting = issued(&sandbox, &made.credentials, &form).await;
    dev_center(&sandbox).revoke_integration(made.id).unwrap();
    assert_eq!(list(&sandbox, &token).await.status, 401);
    assert_eq!(
        list(&sandbox, acting["access_token"].as_str().unwrap())
            .await
            .status,
        401
    );
    refused(&sandbox, &made.credentials, &form, (401, "invalid_client")).await;
    // Others go on.
    let demo = sandbox.access_token(None).unwrap();
    assert_eq!(list(&sandbox, &demo).await.status, 200);
}

#[tokio::test]
async fn tokens_end_with_their_user() {
    let sandbox = Sandbox::start().await.unwrap();
    let user = 4_020_118;
    let partner = dev_center(&sandbox)
        .create_partner_integration("Sync", [REDIRECT])
        .unwrap();
    dev_center(&sandbox)
        .permit_scopes(partner.id, [SCOPE])
        .unwrap();
    let id = &partner.credentials.client_id;
    let code = dev_center(&sandbox)
        .consent(id, REDIRECT, user, None)
        .unwrap();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
    ];
    let consented = issued(&sandbox, &partner.credentials, &form).await;
    let token = sandbox.access_token(Some(user)).unwrap();
    assert_eq!(list(&sandbox, &token).await.status, 200);
    let disable = v1(&Client::new(), &sandbox, "PATCH", "/v2/users/disable");
    let disable = disable.header("On-Behalf-Of", sandbox.user_id().to_string());
    let body = format!(r#"{{"user": {{"user_id": {user}}}}}"#);
    assert_eq!(send(with_body(disable, body)).await.status, 200);
    assert_eq!(list(&sandbox, &token).await.status, 401);
    let refresh = consented["refresh_token"].as_str().unwrap();
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    refused(
        &sandbox,
        &partner.credentials,
        &form,
        (400, "invalid_grant"),
    )
    .await;
}

#[tokio::test]
async fn a_reset_ends_tokens_and_keeps_the_first_credential() {
    let sandbox = Sandbox::start().await.unwrap();
    let demo = sandbox.v3_credentials().unwrap();
    let before = token(&sandbox, demo).await;
    let made = dev_center(&sandbox)
        .create_custom_integration("Export")
        .unwrap();
    sandbox.reset().unwrap();
    assert_eq!(list(&sandbox, &before).await.status, 401);
    let grant = [("grant_type", "client_credentials")];
    assert_eq!(ask(&sandbox, &made.credentials, &grant).await.status, 401);
    let after = token(&sandbox, demo).await;
    assert_eq!(list(&sandbox, &after).await.status, 200);
}
