//! OAuth credentials of v3: the same steps as for keys, and consent.

use harvest_sandbox::Sandbox;
use reqwest::Client;

use crate::support::{Answer, send};
use crate::visitor::{PASSWORD, Page, Visitor, between};

const NEW: &str = "/configure/dev_center/credentials/new";
const CALLBACK: &str = "https://app.example.com/callback";
const SCOPE: &str = "harvest:candidate_tags:list";

/// Fills in the form until the secret is shown; the id of the integration, its client id and its secret.
async fn create(visitor: &Visitor, fields: &[(&str, &str)]) -> (String, String, String) {
    let form = visitor.open(NEW).await;
    let shown = visitor.submit(&form, NEW, fields).await;
    let id = between(&shown.path, "/integrations/", "/secret").to_owned();
    let client_id = between(shown.html(), "id=\"client_id\" value=\"", "\"").to_owned();
    let secret = between(shown.html(), "id=\"secret\" value=\"", "\"").to_owned();
    (id, client_id, secret)
}

async fn permit(visitor: &Visitor, id: &str, scopes: &[&str]) -> Page {
    let path = format!("/configure/dev_center/integrations/{id}/scopes");
    let page = visitor.open(&path).await;
    let fields: Vec<_> = scopes.iter().map(|scope| ("scope", *scope)).collect();
    visitor.submit(&page, &path, &fields).await
}

async fn ask(visitor: &Visitor, (id, secret): (&str, &str), form: &[(&str, &str)]) -> Answer {
    let url = visitor.sandbox.token_url().unwrap();
    send(
        Client::new()
            .post(url)
            .basic_auth(id, Some(secret))
            .form(form),
    )
    .await
}

async fn list(visitor: &Visitor, token: &str) -> u16 {
    let url = format!("{}/v3/candidate_tags", visitor.sandbox.url());
    send(Client::new().get(url).bearer_auth(token)).await.status
}

#[tokio::test]
async fn credentials_are_created_given_scopes_and_revoked() {
    let visitor = Visitor::start().await;
    let fields = [
        ("api_type", "harvest_v3_custom"),
        ("description", "Nightly <export>"),
    ];
    let (id, client_id, secret) = create(&visitor, &fields).await;
    let again = visitor
        .open(&format!("/configure/dev_center/integrations/{id}/secret"))
        .await;
    assert!(again.has("was shown already") && !again.has(&secret));
    assert_eq!(again.answer.header("cache-control"), "no-store");

    let scopes = visitor
        .open(&format!("/configure/dev_center/integrations/{id}/scopes"))
        .await;
    let known = scopes.html().matches("name=\"scope\"").count();
    assert_eq!(known, 161);
    assert!(scopes.has(&format!("0 of {known} scopes, for 184 endpoints")));
    let saved = permit(&visitor, &id, &[SCOPE, "harvest:everything"]).await;
    assert!(saved.has("has 1 scope.") && saved.has(&client_id) && !saved.has(&secret));
    assert!(!saved.has("<export>"));

    let grant = [("grant_type", "client_credentials")];
    let token = ask(&visitor, (&client_id, &secret), &grant).await.json();
    let token = token["access_token"].as_str().unwrap();
    assert_eq!(list(&visitor, token).await, 200);
    permit(&visitor, &id, &[]).await;
    assert_eq!(list(&visitor, token).await, 403);

    let path = format!("/configure/dev_center/integrations/{id}/revoke");
    let revoke = visitor.open(&path).await;
    let revoked = visitor.submit(&revoke, &path, &[]).await;
    assert!(revoked.has("opens nothing any more"));
    assert_eq!(list(&visitor, token).await, 401);
    assert_eq!(
        ask(&visitor, (&client_id, &secret), &grant).await.status,
        401
    );
    assert!(
        permit(&visitor, &id, &[SCOPE])
            .await
            .has("stay as they were")
    );
}

#[tokio::test]
async fn what_cannot_be_a_partner_is_refused() {
    let visitor = Visitor::start().await;
    for (api_type, description, uris, problem) in [
        ("harvest_v3_partner", "Sync", "", "needs a redirect URI"),
        (
            "harvest_v3_partner",
            "Sync",
            "http://app.example.com/",
            "https://",
        ),
        (
            "harvest_v3_partner",
            "Sync",
            "https://a.example/\njavascript:x",
            "https://",
        ),
        ("harvest_v3_custom", "Sync", CALLBACK, "Only a partner"),
        (
            "harvest_v3_custom",
            "",
            "",
            "Say what the credential is for",
        ),
        ("harvest_v4", "Sync", "", "Choose an API type"),
    ] {
        let form = visitor.open(NEW).await;
        let fields = [
            ("api_type", api_type),
            ("description", description),
            ("redirect_uris", uris),
        ];
        let page = visitor.submit(&form, NEW, &fields).await;
        assert_eq!(page.answer.status, 422, "{problem}");
        assert!(page.has(problem), "{problem}: {}", page.html());
    }
}

/// A visitor of a sandbox with a partner, and the way to the consent page.
async fn partner(visitor: &Visitor) -> (String, String, String) {
    let fields = [
        ("api_type", "harvest_v3_partner"),
        ("description", "Calendar sync"),
        ("redirect_uris", CALLBACK),
    ];
    let (id, client_id, secret) = create(visitor, &fields).await;
    permit(visitor, &id, &[SCOPE]).await;
    let asked = format!(
        "/authorize?response_type=code&client_id={client_id}&redirect_uri={CALLBACK}&state=7%2B7"
    );
    let sent = visitor.send(visitor.request("GET", &asked)).await;
    assert_eq!(sent.status, 302);
    (client_id, secret, sent.header("location").to_owned())
}

fn fields(client_id: &str) -> Vec<(&str, &str)> {
    vec![
        ("client_id", client_id),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("state", "7+7"),
    ]
}

#[tokio::test]
async fn a_user_consents_or_does_not() {
    let visitor = Visitor::start().await;
    let (client_id, secret, path) = partner(&visitor).await;
    let page = visitor.open(&path).await;
    assert!(page.has("Allow Calendar sync?") && page.has(SCOPE) && page.has(CALLBACK));
    let policy = page.answer.header("content-security-policy");
    assert!(
        policy.contains("form-action 'self' https://app.example.com;"),
        "{policy}"
    );
    let user = visitor.sandbox.user_id().to_string();
    for (name, value) in fields(&client_id) {
        assert!(
            page.has(&format!("name=\"{name}\" value=\"{value}\"")),
            "{name}"
        );
    }

    let decide = |decision| {
        let mut fields = fields(&client_id);
        fields.extend([("decision", decision), ("user_id", user.as_str())]);
        fields
    };
    let form = "/configure/authorize";
    let denied = visitor.answer(&page, form, &decide("deny")).await;
    assert_eq!(denied.status, 303);
    let state = "state=7%2B7";
    assert_eq!(
        denied.header("location"),
        format!("{CALLBACK}?error=access_denied&{state}")
    );
    let allowed = visitor.answer(&page, form, &decide("allow")).await;
    let location = allowed.header("location");
    assert!(location.starts_with(&format!("{CALLBACK}?code=")) && location.ends_with(state));
    let code = between(location, "code=", "&");
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
    ];
    let issued = ask(&visitor, (&client_id, &secret), &form).await.json();
    assert_eq!(
        list(&visitor, issued["access_token"].as_str().unwrap()).await,
        200
    );
}

#[tokio::test]
async fn a_consent_needs_a_form_of_ours_and_a_registered_address() {
    let visitor = Visitor::start().await;
    let (client_id, _, path) = partner(&visitor).await;
    let page = visitor.open(&path).await;
    let mut all = fields(&client_id);
    let user = visitor.sandbox.user_id().to_string();
    all.extend([("decision", "allow"), ("user_id", user.as_str())]);
    let form = "/configure/authorize";
    let forged = visitor.send(visitor.request("POST", form).form(&all)).await;
    assert_eq!(forged.status, 403);
    for (place, value) in [(0, "unknown"), (1, "https://evil.example.com/"), (5, "0")] {
        let mut changed = all.clone();
        changed[place].1 = value;
        let refused = visitor.answer(&page, form, &changed).await;
        assert!(refused.status >= 400, "{value}: {}", refused.status);
        assert!(!refused.headers.contains_key("location"));
    }
    let elsewhere = path.replace("app.example.com", "evil.example.com");
    assert_eq!(visitor.open(&elsewhere).await.answer.status, 400);
}

#[tokio::test]
async fn a_visitor_signs_in_before_a_consent() {
    let folder = std::env::temp_dir().join(format!("harvest-consent-{}", std::process::id()));
    let visitor = Visitor::signed_in(Sandbox::builder().candidates(0).data(&folder)).await;
    let (_, _, path) = partner(&visitor).await;
    let other = visitor.another();
    let sign_in = other.open(&path).await;
    assert!(
        sign_in.path.starts_with("/configure/sign_in?"),
        "{}",
        sign_in.path
    );
    assert!(!sign_in.has(SCOPE));
    let action = between(sign_in.html(), "method=\"post\" action=\"", "\"").to_owned();
    let token = between(sign_in.html(), "name=\"csrf_token\" value=\"", "\"");
    let sent = [("csrf_token", token), ("password", PASSWORD)];
    let address = action.replace("&#38;", "&").replace("&amp;", "&");
    let signed = other
        .send(other.request("POST", &address).form(&sent))
        .await;
    assert_eq!(signed.status, 303);
    let consent = other.open(signed.header("location")).await;
    assert!(consent.has("Allow Calendar sync?"), "{}", consent.html());
    let _ = std::fs::remove_dir_all(&folder);
}

#[tokio::test]
async fn the_request_log_keeps_no_secret_of_the_token_service() {
    let visitor = Visitor::start().await;
    let log = "/configure/dev_center/requests";
    let page = visitor.open(log).await;
    visitor.submit(&page, log, &[("content", "keep")]).await;
    let (client_id, secret, _) = partner(&visitor).await;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", "made-up-refresh-token"),
    ];
    assert_eq!(
        ask(&visitor, (&client_id, &secret), &form).await.status,
        400
    );
    let demo = visitor.sandbox.v3_credentials().unwrap();
    let grant = [("grant_type", "client_credentials")];
    let issued = ask(&visitor, (&demo.client_id, &demo.client_secret), &grant)
        .await
        .json();
    let token = issued["access_token"].as_str().unwrap();
    list(&visitor, token).await;
    let page = visitor.open(log).await;
    assert!(page.has("Calendar sync") && page.has("Demo credential with all scopes"));
    let links = page
        .html()
        .matches("/configure/dev_center/requests/")
        .count();
    for number in 1..=links {
        let page = visitor.open(&format!("{log}/{number}")).await;
        assert_eq!(page.answer.status, 200, "{number}");
        for secret in [
            "made-up-refresh-token",
            token,
            &secret,
            &demo.client_secret,
            "7%2B7",
        ] {
            assert!(!page.has(secret), "{}", page.html());
        }
    }
}
