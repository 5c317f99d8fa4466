//! Partners: consent, codes and refresh tokens.

use std::time::Duration;

use harvest_sandbox::{NewIntegration, Sandbox};

use crate::{REDIRECT, SCOPE, browse, dev_center, issued, list, refused};

fn partner(sandbox: &Sandbox) -> NewIntegration {
    let uris = [REDIRECT, "https://app.example.com/other?tenant=7"];
    let made = dev_center(sandbox)
        .create_partner_integration("Calendar sync", uris)
        .unwrap();
    dev_center(sandbox).permit_scopes(made.id, [SCOPE]).unwrap();
    made
}

fn code(sandbox: &Sandbox, partner: &NewIntegration) -> String {
    let id = &partner.credentials.client_id;
    dev_center(sandbox)
        .consent(id, REDIRECT, sandbox.user_id(), None)
        .unwrap()
}

fn exchange<'a>(code: &'a str, redirect_uri: &'a str) -> [(&'a str, &'a str); 3] {
    [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect_uri),
    ]
}

fn renew(token: &str) -> [(&str, &str); 2] {
    [("grant_type", "refresh_token"), ("refresh_token", token)]
}

#[tokio::test]
async fn a_code_works_once_for_its_partner_and_address() {
    let sandbox = Sandbox::start().await.unwrap();
    let partner = self::partner(&sandbox);
    let other = self::partner(&sandbox);
    let code = self::code(&sandbox, &partner);
    let grant = (400, "invalid_grant");
    refused(
        &sandbox,
        &other.credentials,
        &exchange(&code, REDIRECT),
        grant,
    )
    .await;
    let elsewhere = exchange(&code, "https://app.example.com/other?tenant=7");
    refused(&sandbox, &partner.credentials, &elsewhere, grant).await;
    refused(&sandbox, &partner.credentials, &renew(&code), grant).await;
    let issued = issued(&sandbox, &partner.credentials, &exchange(&code, REDIRECT)).await;
    let token = issued["access_token"].as_str().unwrap();
    assert_eq!(list(&sandbox, token).await.status, 200);
    // A second use ends what the first one gave.
    refused(
        &sandbox,
        &partner.credentials,
        &exchange(&code, REDIRECT),
        grant,
    )
    .await;
    assert_eq!(list(&sandbox, token).await.status, 401);
    let refresh = issued["refresh_token"].as_str().unwrap();
    refused(&sandbox, &partner.credentials, &renew(refresh), grant).await;
}

#[tokio::test]
async fn codes_and_refresh_tokens_expire_by_the_clock() {
    let sandbox = Sandbox::start().await.unwrap();
    let partner = self::partner(&sandbox);
    let clock = sandbox.clock();
    clock.freeze(clock.now()).unwrap();
    let late = code(&sandbox, &partner);
    clock.advance(Duration::from_secs(60)).unwrap();
    refused(
        &sandbox,
        &partner.credentials,
        &exchange(&late, REDIRECT),
        (400, "invalid_grant"),
    )
    .await;
    let code = self::code(&sandbox, &partner);
    let issued = issued(&sandbox, &partner.credentials, &exchange(&code, REDIRECT)).await;
    let refresh = issued["refresh_token"].as_str().unwrap();
    clock.advance(Duration::from_secs(24 * 60 * 60)).unwrap();
    refused(
        &sandbox,
        &partner.credentials,
        &renew(refresh),
        (400, "invalid_grant"),
    )
    .await;
}

#[tokio::test]
async fn refresh_tokens_rotate_and_reuse_ends_the_consent() {
    let sandbox = Sandbox::start().await.unwrap();
    let partner = self::partner(&sandbox);
    let client = &partner.credentials;
    let first = issued(
        &sandbox,
        client,
        &exchange(&code(&sandbox, &partner), REDIRECT),
    )
    .await;
    let first = first["refresh_token"].as_str().unwrap().to_owned();
    let second = issued(&sandbox, client, &renew(&first)).await;
    let token = second["access_token"].as_str().unwrap();
    assert_eq!(list(&sandbox, token).await.status, 200);
    assert_ne!(second["refresh_token"], first.as_str());
    refused(&sandbox, client, &renew(&first), (400, "invalid_grant")).await;
    assert_eq!(list(&sandbox, token).await.status, 401);
    let second = second["refresh_token"].as_str().unwrap();
    refused(&sandbox, client, &renew(second), (400, "invalid_grant")).await;
}

#[tokio::test]
async fn many_at_once_use_a_refresh_token_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let partner = self::partner(&sandbox);
    let client = &partner.credentials;
    let first = issued(
        &sandbox,
        client,
        &exchange(&code(&sandbox, &partner), REDIRECT),
    )
    .await;
    let first = first["refresh_token"].as_str().unwrap();
    let form = renew(first);
    let all = (0..8).map(|_| crate::ask(&sandbox, client, &form));
    let all = futures_util::future::join_all(all).await;
    assert_eq!(all.iter().filter(|it| it.status == 200).count(), 1);
}

#[tokio::test]
async fn a_scope_that_is_added_needs_a_new_consent() {
    let sandbox = Sandbox::start().await.unwrap();
    let partner = self::partner(&sandbox);
    let client = &partner.credentials;
    dev_center(&sandbox)
        .permit_scopes(partner.id, ["harvest:users:list"])
        .unwrap();
    let issued_first = issued(
        &sandbox,
        client,
        &exchange(&code(&sandbox, &partner), REDIRECT),
    )
    .await;
    dev_center(&sandbox)
        .permit_scopes(partner.id, ["harvest:users:list", SCOPE])
        .unwrap();
    let refresh = issued_first["refresh_token"].as_str().unwrap();
    let renewed = issued(&sandbox, client, &renew(refresh)).await;
    let token = renewed["access_token"].as_str().unwrap();
    assert_eq!(list(&sandbox, token).await.status, 403);
    let next = issued(
        &sandbox,
        client,
        &exchange(&code(&sandbox, &partner), REDIRECT),
    )
    .await;
    assert_eq!(
        list(&sandbox, next["access_token"].as_str().unwrap())
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_partner_gets_no_client_credentials() {
    let sandbox = Sandbox::start().await.unwrap();
    let partner = self::partner(&sandbox);
    let form = [("grant_type", "client_credentials")];
    refused(
        &sandbox,
        &partner.credentials,
        &form,
        (400, "unauthorized_client"),
    )
    .await;
}

#[tokio::test]
async fn browsers_are_sent_to_registered_addresses_only() {
    let sandbox = Sandbox::start().await.unwrap();
    let partner = self::partner(&sandbox);
    let id = &partner.credentials.client_id;
    let uri = "https%3A%2F%2Fapp.example.com%2Fcallback";
    let base = format!("/authorize?client_id={id}&redirect_uri={uri}&state=a%26b%0Ac");
    for (query, target) in [
        ("", "error=invalid_request"),
        ("&response_type=token", "error=unsupported_response_type"),
        (
            "&response_type=code&scope=harvest:offers:list",
            "error=invalid_scope",
        ),
    ] {
        let answer = browse(&sandbox, &format!("{base}{query}")).await;
        assert_eq!(answer.status, 302, "{}", answer.text);
        let state = "&state=a%26b%0Ac";
        assert_eq!(
            answer.header("location"),
            format!("{REDIRECT}?{target}{state}")
        );
    }
    let asked = browse(&sandbox, &format!("{base}&response_type=code")).await;
    assert_eq!(asked.status, 302);
    assert!(
        asked
            .header("location")
            .starts_with("/configure/authorize?")
    );
    let custom = &sandbox.v3_credentials().unwrap().client_id;
    for query in [
        String::new(),
        format!("client_id={id}"),
        format!("client_id={id}&redirect_uri=https://evil.example.com/&response_type=code"),
        format!("client_id={id}&redirect_uri={uri}%2F&response_type=code"),
        format!("client_id={id}&redirect_uri={uri}&redirect_uri=https://evil.example.com"),
        format!("client_id={custom}&redirect_uri={uri}&response_type=code"),
        format!("client_id=unknown&redirect_uri={uri}&response_type=code"),
    ] {
        let answer = browse(&sandbox, &format!("/authorize?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
        assert!(!answer.headers.contains_key("location"));
    }
}

#[tokio::test]
async fn partners_with_other_addresses_are_not_made() {
    let sandbox = Sandbox::start().await.unwrap();
    let dev_center = dev_center(&sandbox);
    for uris in [
        vec![],
        vec!["http://app.example.com/"],
        vec![REDIRECT, "javascript:x"],
    ] {
        assert!(dev_center.create_partner_integration("x", uris).is_err());
    }
    assert!(dev_center.create_custom_integration("").is_err());
    let partner = self::partner(&sandbox);
    assert!(
        dev_center
            .permit_scopes(partner.id, ["harvest:users:lists"])
            .is_err()
    );
    let id = &partner.credentials.client_id;
    assert!(dev_center.consent(id, REDIRECT, 0, None).is_err());
    assert!(
        dev_center
            .consent(id, "https://evil.example.com", 1, None)
            .is_err()
    );
}
