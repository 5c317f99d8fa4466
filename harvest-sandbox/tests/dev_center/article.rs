//! The steps of the support article, word for word.

use crate::support::{operations, permissions as described_permissions};
use crate::visitor::{Page, Visitor, between};

const NEW: &str = "/configure/dev_center/credentials/new";

/// Create New API Key … until the key is shown.
async fn create_key(visitor: &Visitor, description: &str) -> Page {
    let form = visitor.open(NEW).await;
    let fields = [("api_type", "harvest"), ("description", description)];
    visitor.submit(&form, NEW, &fields).await
}

#[tokio::test]
async fn a_key_is_created_permitted_and_revoked() {
    let visitor = Visitor::start().await;

    // Click Configure, and select Dev Center on the left; then API Credential Management.
    let configure = visitor.open("/configure").await;
    let dev_center = visitor.open(configure.link("Dev Center")).await;
    let credentials = dev_center.html();
    assert!(credentials.contains("API Credential Management"));
    let credentials = visitor.open("/configure/dev_center/credentials").await;
    assert!(credentials.has("Demo key with all permissions"));
    assert!(!credentials.has(visitor.sandbox.key()));

    // Click Create New API Key, and select Harvest for the API type; click Manage Permissions.
    let form = visitor.open(credentials.link("Create New API Key")).await;
    assert!(form.has(">Harvest</option>") && form.has(">Manage Permissions</button>"));
    let fields = [("api_type", "harvest"), ("description", "Nightly export")];
    let shown = visitor.submit(&form, NEW, &fields).await;

    // Copy the key; it is shown once.
    let key = between(shown.html(), "id=\"key\" value=\"", "\"").to_owned();
    assert_eq!(shown.answer.header("cache-control"), "no-store");
    let again = visitor.open(&shown.path).await;
    assert!(again.has("was shown already") && !again.has(&key));

    // A new key may do nothing.
    assert_eq!(visitor.get_with_key(&key, "/v1/users").await, 403);

    // Click I have stored the API key; check endpoint permissions; Save.
    let path = shown.link("I have stored the API key").to_owned();
    let permissions = visitor.open(&path).await;
    let json = harvest_spec::document("v1").unwrap().json;
    let (count, endpoints) = (described_permissions(json).len(), operations(json).len());
    assert_eq!(
        permissions.html().matches("name=\"permission\"").count(),
        count
    );
    assert!(permissions.has(&format!(
        "0 of {count} permissions, for {endpoints} endpoints"
    )));
    assert!(permissions.has("GET: List Users") && permissions.has("GET /v1/users"));
    let fields = [
        ("permission", "GET: List Users"),
        ("permission", "GET: List Candidates"),
        // As the documentation calls it, and as Dev Center does.
        ("permission", "GET: List Jobs"),
        ("permission", "GET: List offers"),
        ("permission", "GET: Something that is not there"),
    ];
    let saved = visitor.submit(&permissions, &path, &fields).await;
    assert!(saved.has("Saved: Nightly export has 4 endpoint permissions."));
    assert!(saved.has(&format!("…{}", &key[key.len() - 4..])) && !saved.has(&key));
    assert_eq!(visitor.get_with_key(&key, "/v1/users").await, 200);
    assert_eq!(visitor.get_with_key(&key, "/v1/offices").await, 403);

    // What is unchecked is taken away.
    let permissions = visitor.open(&path).await;
    for name in ["GET: List Users", "GET: List jobs", "GET: List offers"] {
        assert!(permissions.has(&format!("value=\"{name}\" checked")));
    }
    assert!(permissions.has("in the documentation: GET: List Jobs"));
    let fields = [("permission", "GET: List Candidates")];
    visitor.submit(&permissions, &path, &fields).await;
    assert_eq!(visitor.get_with_key(&key, "/v1/users").await, 403);

    // Revoking asks first.
    let revoke = path.replace("permissions", "revoke");
    let question = visitor.open(&revoke).await;
    assert_eq!(visitor.get_with_key(&key, "/v1/users").await, 403);
    let revoked = visitor.submit(&question, &revoke, &[]).await;
    assert!(revoked.has("Revoked: Nightly export"));
    assert_eq!(visitor.get_with_key(&key, "/v1/users").await, 401);
    // … and is for good.
    let permissions = visitor.open(&path).await;
    let fields = [("permission", "GET: List Users")];
    let page = visitor.submit(&permissions, &path, &fields).await;
    assert!(page.has("was revoked"));
    assert_eq!(visitor.get_with_key(&key, "/v1/users").await, 401);
}

#[tokio::test]
async fn every_permission_can_be_checked() {
    let visitor = Visitor::start().await;
    let shown = create_key(&visitor, "All").await;
    let path = shown.link("I have stored the API key").to_owned();
    let permissions = visitor.open(&path).await;
    let names = permissions
        .html()
        .split("name=\"permission\" value=\"")
        .skip(1);
    let names = names.map(|rest| rest.split_once('"').unwrap().0.replace("&#39;", "'"));
    let names: Vec<_> = names.collect();
    let names: Vec<_> = names
        .iter()
        .map(|name| ("permission", name.as_str()))
        .collect();
    let saved = visitor.submit(&permissions, &path, &names).await;
    let count = described_permissions(harvest_spec::document("v1").unwrap().json).len();
    assert!(
        saved.has(&format!("Saved: All has {count} endpoint permissions.")),
        "{}",
        saved.answer.text
    );
}

#[tokio::test]
async fn a_key_needs_a_type_and_a_description() {
    let visitor = Visitor::start().await;
    let form = visitor.open(NEW).await;
    for (api_type, description, problem) in [
        ("harvest", "  ", "Say what the key is for"),
        ("", "Nightly", "Choose an API type"),
        ("harvest", &"x".repeat(201), "200 characters"),
    ] {
        let fields = [("api_type", api_type), ("description", description)];
        let page = visitor.submit(&form, NEW, &fields).await;
        assert_eq!(page.answer.status, 422);
        assert!(page.has(problem), "{problem}");
    }
    let credentials = visitor.open("/configure/dev_center/credentials").await;
    assert_eq!(
        credentials
            .html()
            .matches("<td data-label=\"Type\">Harvest</td>")
            .count(),
        1
    );
}
